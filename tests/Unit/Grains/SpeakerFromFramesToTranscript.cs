using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Silo.Engines.Scripted;
using static VoiceGrains.Tests.Unit.Grains.SpeakerAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What one participant says, from numbered frames to captions and the transcript, with nothing lost and nothing twice.</summary>
public sealed class SpeakerFromFramesToTranscript
{
    readonly SpeakerAtWork _work = new();

    [Fact]
    public Task A_spoken_sentence_is_recorded_with_its_translation_and_every_frame_is_accounted_for() => _work.Run(new ScriptedRecognizer(), async speaker =>
    {
        Say(speaker, 1, [.. ScriptedAudio.Encode("Good morning."), .. ScriptedAudio.Silence(TimeSpan.FromSeconds(1))]);
        var finished = speaker.Finish(TimeSpan.FromHours(1));
        await _work.Until("all is finished", () => finished.IsCompleted);

        var segment = Assert.Single(await _work.Store.Read(SpeakerAtWork.Call, 0, 10, default));
        Assert.Equal(("Good morning.", "Good·es morning·es."), (segment.Text, Assert.Single(segment.Translations).Text));
        Assert.Equal((60, 60, 0), (speaker.Ledger.Highest, speaker.Marks.Recorded, speaker.Ledger.Figures.Pending));
        Assert.Equal((segment.Frames, 60 - segment.Frames), ((int)speaker.Ledger.Figures.Recognized, (int)speaker.Ledger.Figures.Silence));
    });

    [Fact]
    public Task Typed_text_is_recorded_and_an_empty_one_uses_up_its_number() => _work.Run(new ScriptedRecognizer(), async speaker =>
    {
        Take(speaker, new SpokenText(1, "Hello. How are you?"));
        Take(speaker, new SpokenText(2, ""));
        await _work.Until("all is recorded", () => speaker.Marks.Recorded == 2);

        var segment = Assert.Single(await _work.Store.Read(SpeakerAtWork.Call, 0, 10, default));
        Assert.Equal((SegmentOrigin.Typed, "Hello·es. How·es are·es you·es?"), (segment.Origin, Assert.Single(segment.Translations).Text));
        Assert.Equal(new LedgerFigures(2, 1, 0, 1, 0, 0, 0), speaker.Ledger.Figures);
    });

    [Fact]
    public Task A_language_that_cannot_be_recognized_can_be_typed() => _work.Run(new ToldRecognizer(), async speaker =>
    {
        Assert.False(speaker.Speak(ToldRecognizer.Klingon));

        Say(speaker, 1, new byte[6_400]);
        Take(speaker, new SpokenText(11, "Qapla'"));
        await _work.Until("all is recorded", () => speaker.Marks.Recorded == 11);

        Assert.Equal(new LedgerFigures(11, 1, 10, 0, 0, 0, 0), speaker.Ledger.Figures);
    });

    [Fact]
    public Task Audio_of_a_lost_recognizer_is_asked_for_again_and_admitted_words_stand()
    {
        var recognizer = new ToldRecognizer();
        return _work.Run(recognizer, async speaker =>
        {
            Say(speaker, 1, new byte[640 * 10]);
            recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
            recognizer.Sessions[0].Tell("Good morning.", until: 0.1);
            recognizer.Sessions[0].Fail();
            await _work.Until("audio is asked for again", () => _work.Gateway.Commits.Exists(static commit => commit.IsRewound));

            Assert.Equal(6, Assert.Single(_work.Gateway.Commits, static commit => commit.IsRewound).Checkpoint.ResumeFrom);
            await _work.Until("the words are recorded", () => speaker.Marks.Recorded == 5);
            Assert.Equal(new LedgerFigures(10, 5, 0, 0, 0, 5, 0), speaker.Ledger.Figures);
            Assert.Equal("Good morning.", Assert.Single(await _work.Store.Read(SpeakerAtWork.Call, 0, 10, default)).Text);
        });
    }

    [Fact]
    public Task Speech_that_is_not_understood_is_told_and_not_recorded()
    {
        var recognizer = new ToldRecognizer();
        return _work.Run(recognizer, async speaker =>
        {
            Say(speaker, 1, new byte[640 * 10]);
            recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.FromSeconds(0.1)));
            recognizer.Sessions[0].Tell(new TurnEnded(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.15)));
            await _work.Until("all is accounted for", () => speaker.Marks.Recorded == 10);

            Assert.Equal(new LedgerFigures(10, 0, 5, 5, 0, 0, 0), speaker.Ledger.Figures);
            Assert.Empty(await _work.Store.Read(SpeakerAtWork.Call, 0, 10, default));
            await _work.Outlets.Drained();
            Assert.Contains(_work.Gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.NotUnderstood, ToSpeaker: true });
        });
    }
}
