using VoiceGrains.Calls;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Silo.Engines.Scripted;
using static VoiceGrains.Tests.Unit.Grains.SpeakerAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Another activation finishes what the one before had begun, and goes on with what was being said.</summary>
public sealed class SpeakerAfterALoss
{
    readonly SpeakerAtWork _work = new();
    readonly ToldRecognizer _recognizer = new();

    [Fact]
    public Task An_open_segment_goes_on_with_its_number_and_its_words() =>
        _work.Resume(_recognizer, Kept.Checkpoint(Kept.Open(3, ["Good morning."], "How", Kept.Lane(["Buenos días."], 1))), async speaker =>
        {
            Say(speaker, 1, new byte[640 * 10]);
            _recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
            _recognizer.Sessions[0].Tell("are you?", until: 0.1);
            _recognizer.Sessions[0].Tell(new TurnEnded(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.1)));
            await _work.Until("it is recorded", () => speaker.Marks.Recorded == 10);

            var segment = Assert.Single(await _work.Store.Read(Call, 0, 10, default));
            Assert.Equal((3, "Good morning. How are you?"), (segment.Number, segment.Text));
            Assert.Equal("Buenos días. How·es are·es you·es?", Assert.Single(segment.Translations).Text);
            Assert.Equal(TimeSpan.FromSeconds(1.2), segment.Duration);
        });

    [Fact]
    public Task A_last_caption_that_may_not_have_arrived_comes_again()
    {
        var done = Kept.Lane(["Buenos días."], 1) with { IsFinal = true };
        return _work.Resume(_recognizer, Kept.Checkpoint(Kept.Ended(3, ["Good morning."], done) with { IsRecorded = true }), async speaker =>
        {
            await _work.Until("the last caption", () => _work.Gateway.Arrived.OfType<CaptionDelivery>().Any(static caption =>
                caption is { Segment: 3, IsFinal: true, Committed: "Buenos días." } && caption.Language == Sent.Spanish));
            Assert.True(speaker.IsAtRest);
        });
    }

    [Fact]
    public Task Who_has_stopped_speaking_has_the_open_segment_ended_by_silence() =>
        _work.Resume(_recognizer, Kept.Checkpoint(Kept.Open(3, ["Good morning."], "", Kept.Lane(["Buenos días."], 1))), async speaker =>
        {
            Say(speaker, 1, new byte[640 * 30]);
            _recognizer.Sessions[0].Tell(new SilenceHeard(TimeSpan.FromSeconds(0.3)));
            _recognizer.Sessions[0].Tell(new SilenceHeard(TimeSpan.FromSeconds(0.5)));
            await _work.Until("it is recorded", () => speaker.Recent.Find(3)!.IsRecorded);

            Assert.Equal("Good morning.", Assert.Single(await _work.Store.Read(Call, 0, 10, default)).Text);
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task The_frame_in_which_the_next_word_begins_comes_again_when_this_is_lost_too(bool isToldBySilence) =>
        _work.Resume(_recognizer, Kept.Checkpoint(Kept.Open(3, ["Good morning."], "", Kept.Lane(["Buenos días."], 1))), async speaker =>
        {
            // Frames of 20 ms; the word begins in the middle of the 26th.
            Say(speaker, 1, new byte[640 * 40]);
            var begins = TimeSpan.FromSeconds(0.51);
            _recognizer.Sessions[0].Tell(isToldBySilence ? new SilenceHeard(begins) : new SpeechStarted(begins));
            await _work.Until("the segment before is recorded", () => speaker.Recent.Find(3)!.IsRecorded && speaker.Marks.Recorded > 0);

            Assert.Equal(25, speaker.Marks.Recorded);
            Assert.Equal(26, speaker.Ledger.ResumeFrom);
        });

    [Fact]
    public Task Who_says_nothing_more_and_leaves_has_the_open_segment_recorded() =>
        _work.Resume(_recognizer, Kept.Checkpoint(Kept.Open(3, ["Good morning."], "How are you", Kept.Lane(["Buenos días."], 1))), async speaker =>
        {
            var finished = speaker.Finish(TimeSpan.FromSeconds(15));
            await _work.Until("all is finished", () => finished.IsCompleted);

            var segment = Assert.Single(await _work.Store.Read(Call, 0, 10, default));
            Assert.Equal((3, "Good morning. How are you"), (segment.Number, segment.Text));
        });

    [Fact]
    public Task A_segment_that_had_ended_is_recorded_with_its_frames() => _work.Resume(
        _recognizer,
        Kept.Checkpoint(
            new LedgerCheckpoint(8, 0, 0, 0, 0, 0, 0, 0, [new SortedNumbers(1, 6, 3)]), 7, Kept.Ended(3, ["Good morning."], Kept.Lane(["Buenos días."], 1))),
        async speaker =>
        {
            Assert.Equal(7, speaker.Ledger.Next);
            await _work.Until("it is recorded", () => speaker.Marks.Recorded == 6);

            var segment = Assert.Single(await _work.Store.Read(Call, 0, 10, default));
            Assert.Equal((3, 6, "Buenos días."), (segment.Number, segment.Frames, Assert.Single(segment.Translations).Text));
            Assert.Equal(new LedgerFigures(8, 6, 0, 0, 0, 2, 0), speaker.Ledger.Figures);
        });

    [Fact]
    public Task Another_text_in_the_transcript_counts_and_ends_only_an_activation_that_made_its_own() =>
        _work.Resume(_recognizer, Kept.Checkpoint(Kept.Ended(3, ["Good morning."])), async speaker =>
        {
            var outruns = 0;
            speaker.Outrun += () => outruns++;
            await Store(3, "Good mourning.");
            await Store(4, "Good evening.");
            await _work.Until("it is recorded", () => speaker.Recent.Find(3)!.IsRecorded);
            Assert.Equal(0, outruns);

            Take(speaker, new SpokenText(1, "Good night."));

            await _work.Until("another activation is ahead", () => outruns == 1);
        });

    [Fact]
    public Task Typed_text_is_finished_beside_what_is_spoken() => _work.Resume(
        _recognizer,
        Kept.Checkpoint(
            Kept.Open(3, [], "I am"), Kept.Ended(4, ["One.", "Two."], Kept.Lane(["Uno."], 1)) with { Origin = SegmentOrigin.Typed }),
        async speaker =>
        {
            await _work.Until("the text is recorded", () => speaker.Recent.Find(4)!.IsRecorded);

            var typed = Assert.Single(await _work.Store.Read(Call, 0, 10, default));
            Assert.Equal((4, "One. Two.", "Uno. Two·es."), (typed.Number, typed.Text, Assert.Single(typed.Translations).Text));
            Assert.Equal(4, speaker.LastSegment);
            Assert.Equal(("I am", null), (speaker.Recent.Find(3)!.Text, speaker.Recent.Find(3)!.EndedAt));
        });

    [Fact]
    public Task What_is_recorded_but_not_heard_does_not_hold_up_the_end()
    {
        var lane = Kept.Lane(["Buenos días."], 1) with { IsFinal = true, IsHeard = true };
        return _work.Resume(_recognizer, Kept.Checkpoint(Kept.Ended(3, ["Good morning."], lane) with { IsRecorded = true }), async speaker =>
        {
            await _work.Until("the clause is spoken", () => speaker.Figures.Syntheses == 1);
            var began = _work.Time.GetUtcNow();
            var finished = speaker.Finish(TimeSpan.FromSeconds(15));
            await _work.Until("all is finished", () => finished.IsCompleted);

            Assert.InRange((_work.Time.GetUtcNow() - began).TotalSeconds, 0, 5);
            Assert.Empty(await _work.Store.Read(Call, 0, 10, default));
        });
    }

    [Fact]
    public Task Captions_after_a_loss_have_revisions_above_all_before_and_their_text_only_grows() =>
        _work.Run(new ScriptedRecognizer(), Kept.Checkpoint(Kept.Open(3, ["Good morning."], "How", Kept.Lane(["Buenos días."], 1))), new Fence(2, 5), async speaker =>
        {
            Say(speaker, 1, [.. ScriptedAudio.Encode("are you?"), .. ScriptedAudio.Silence(TimeSpan.FromSeconds(1))]);
            var finished = speaker.Finish(TimeSpan.FromSeconds(15));
            await _work.Until("all is finished", () => finished.IsCompleted);

            var captions = _work.Gateway.Arrived.OfType<CaptionDelivery>().Where(static caption => caption.Segment == 3).ToList();
            Assert.All(captions, static caption => Assert.True(caption.Revision > 2_000));
            Assert.All(captions, static caption => Assert.StartsWith("Buenos días.", caption.Committed, StringComparison.Ordinal));
            Assert.Equal(captions.Select(static caption => caption.Committed.Length).Order(), captions.Select(static caption => caption.Committed.Length));
            Assert.Equal("Buenos días. How·es are·es you·es?", Assert.Single(captions, static caption => caption.IsFinal).Committed);
        });

    [Fact]
    public Task A_wish_to_have_audio_again_is_repeated_until_it_is_kept() => _work.Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, new byte[640 * 10]);
        await _work.Until("all is kept", () => (speaker.Commits is { IsEmpty: true, IsAbsent: false }));
        _work.Gateway.CommitAnswers.Enqueue(CommitOutcome.NotYet);
        _recognizer.Sessions[0].Fail();

        await _work.Until("the wish is kept", () => (speaker.Commits is { IsEmpty: true, IsAbsent: false }) && _work.Gateway.Commits.Exists(static commit => commit.IsRewound));
        speaker.Commits.Changed();
        await _work.Until("all is kept", () => (speaker.Commits is { IsEmpty: true, IsAbsent: false }));

        Assert.Equal([true, true, false], _work.Gateway.Commits.SkipWhile(static commit => !commit.IsRewound).Select(static commit => commit.IsRewound).Take(3));
        Assert.Equal(1, speaker.Ledger.Next);
    });

    Task Store(int number, string text) => _work.Store.Append(
        Call, new RecordedSegment(Ana, "Ana", number, Sent.English, text, SegmentOrigin.Spoken, Kept.Start, TimeSpan.Zero, 1, []), default);
}
