using Microsoft.Extensions.Logging.Abstractions;
using VoiceGrains.Calls;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;
using VoiceGrains.Transcripts;
using VoiceGrains.Voices;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What one participant says, from numbered frames to captions and the transcript, with nothing lost and nothing twice.</summary>
public sealed class SpeakerFromFramesToTranscript
{
    static readonly CallId Call = new("local-k3v9x2m4q7ab");

    readonly ManualTime _time = new();
    readonly Gateway _gateway = new();
    readonly MemoryTranscriptStore _store = new();
    Outlets _outlets = null!;

    [Fact]
    public Task A_spoken_sentence_is_recorded_with_its_translation_and_every_frame_is_accounted_for() => WithSpeaker(new ScriptedRecognizer(), async speaker =>
    {
        Say(speaker, 1, [.. ScriptedAudio.Encode("Good morning."), .. ScriptedAudio.Silence(TimeSpan.FromSeconds(1))]);
        var finished = speaker.Finish(TimeSpan.FromHours(1));
        await Until.True("all is finished", () => Passed(TimeSpan.FromMilliseconds(20)) && finished.IsCompleted);

        var segment = Assert.Single(await _store.Read(Call, 0, 10, default));
        Assert.Equal(("Good morning.", "Good·es morning·es."), (segment.Text, Assert.Single(segment.Translations).Text));
        Assert.Equal((60, 60, 0), (speaker.Ledger.Highest, speaker.Marks.Recorded, speaker.Ledger.Figures.Pending));
        Assert.Equal((segment.Frames, 60 - segment.Frames), ((int)speaker.Ledger.Figures.Recognized, (int)speaker.Ledger.Figures.Silence));
    });

    [Fact]
    public Task Typed_text_is_recorded_and_an_empty_one_uses_up_its_number() => WithSpeaker(new ScriptedRecognizer(), async speaker =>
    {
        Take(speaker, new SpokenText(1, "Hello. How are you?"));
        Take(speaker, new SpokenText(2, ""));
        await Until.True("all is recorded", () => Passed(TimeSpan.FromMilliseconds(20)) && speaker.Marks.Recorded == 2);

        var segment = Assert.Single(await _store.Read(Call, 0, 10, default));
        Assert.Equal((SegmentOrigin.Typed, "Hello·es. How·es are·es you·es?"), (segment.Origin, Assert.Single(segment.Translations).Text));
        Assert.Equal(new LedgerFigures(2, 1, 0, 1, 0, 0, 0), speaker.Ledger.Figures);
    });

    [Fact]
    public Task A_language_that_cannot_be_recognized_can_be_typed() => WithSpeaker(new ToldRecognizer(), async speaker =>
    {
        Assert.False(speaker.Speak(ToldRecognizer.Klingon));

        Say(speaker, 1, new byte[6_400]);
        Take(speaker, new SpokenText(11, "Qapla'"));
        await Until.True("all is recorded", () => Passed(TimeSpan.FromMilliseconds(20)) && speaker.Marks.Recorded == 11);

        Assert.Equal(new LedgerFigures(11, 1, 10, 0, 0, 0, 0), speaker.Ledger.Figures);
        await _outlets.Drained();
        Assert.Contains(_gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.NoRecognizer, ToSpeaker: true });
    });

    [Fact]
    public Task Audio_of_a_lost_recognizer_is_asked_for_again_and_admitted_words_stand()
    {
        var recognizer = new ToldRecognizer();
        return WithSpeaker(recognizer, async speaker =>
        {
            Say(speaker, 1, new byte[640 * 10]);
            recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
            recognizer.Sessions[0].Tell("Good morning.", until: 0.1);
            recognizer.Sessions[0].Fail();
            await Until.True("audio is asked for again", () => _gateway.Commits.Exists(static commit => commit.IsRewound));

            Assert.Equal(6, Assert.Single(_gateway.Commits, static commit => commit.IsRewound).Checkpoint.ResumeFrom);
            await Until.True("the words are recorded", () => Passed(TimeSpan.FromMilliseconds(20)) && speaker.Marks.Recorded == 5);
            Assert.Equal(new LedgerFigures(10, 5, 0, 0, 0, 5, 0), speaker.Ledger.Figures);
            Assert.Equal("Good morning.", Assert.Single(await _store.Read(Call, 0, 10, default)).Text);
        });
    }

    [Fact]
    public Task Speech_that_is_not_understood_is_told_and_not_recorded()
    {
        var recognizer = new ToldRecognizer();
        return WithSpeaker(recognizer, async speaker =>
        {
            Say(speaker, 1, new byte[640 * 10]);
            recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.FromSeconds(0.1)));
            recognizer.Sessions[0].Tell(new TurnEnded(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.15)));
            await Until.True("all is accounted for", () => Passed(TimeSpan.FromMilliseconds(20)) && speaker.Marks.Recorded == 10);

            Assert.Equal(new LedgerFigures(10, 0, 5, 5, 0, 0, 0), speaker.Ledger.Figures);
            Assert.Empty(await _store.Read(Call, 0, 10, default));
            await _outlets.Drained();
            Assert.Contains(_gateway.Arrived, static delivery => delivery is NoticeDelivery { Kind: NoticeKind.NotUnderstood, ToSpeaker: true });
        });
    }

    static void Say(Speaker speaker, long first, byte[] audio)
    {
        foreach (var (at, frame) in audio.Chunk(640).Index())
            Take(speaker, new SpokenFrame(first + at, TimeSpan.FromMilliseconds(20 * at), frame));
    }

    static void Take(Speaker speaker, Spoken spoken)
    {
        Assert.Equal(Arrival.Fresh, speaker.Ledger.Judge(spoken.Number));
        Assert.True(speaker.TryTake(spoken));
    }

    bool Passed(TimeSpan time)
    {
        _time.Advance(time);
        return true;
    }

    Task WithSpeaker(IRecognizer recognizer, Func<Speaker, Task> test) => Turns.Run(async () =>
    {
        await using var outlets = _outlets = new Outlets(new ParticipantId("ana"), _time);
        outlets.SetOwn(new GatewayId("east"), _gateway);
        outlets.Apply(new Audience(
            new AudienceVersion(1, 1), IsPartial: false, [new Hearing(Spanish, new GatewayId("east"), _gateway, Wants.Captions, null)], []));
        var services = new SpeakerServices(
            "silo-1",
            Call,
            new ParticipantId("ana"),
            new EngineSet([recognizer], [new ScriptedTranslator()], [new ScriptedSynthesizer()]),
            _store,
            static language => Task.FromResult<Voice?>(new Voice("stock-female", Gender.Female, language)),
            _time,
            NullLogger.Instance);
        await using var speaker = new Speaker(services, outlets, new FrameLedger(), lastSegment: 0) { Name = "Ana" };
        speaker.Commits.Attach(_gateway, new Fence(1, 0));
        speaker.Speak(English);
        await test(speaker);
    });
}
