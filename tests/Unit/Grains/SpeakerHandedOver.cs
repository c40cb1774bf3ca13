using VoiceGrains.Engines;
using VoiceGrains.Participants;
using static VoiceGrains.Tests.Unit.Grains.SpeakerAtWork;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A silo that is drained commits what it has heard, and leaves to the next what it heard half.</summary>
public sealed class SpeakerHandedOver
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    readonly SpeakerAtWork _work = new();
    readonly ToldRecognizer _recognizer = new();

    [Fact]
    public Task A_word_that_may_be_cut_off_is_left_to_the_next_activation() => _work.Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, new byte[640 * 50]);
        _recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
        await _work.Until("somebody speaks", () => speaker.LastSegment == 1);
        var handed = HandOver(speaker);
        _recognizer.Sessions[0].Tell(new FinalWords(At(1), [Word("Good", 0.3), Word("morning.", 0.6), Word("Ho", 0.9)]));
        _recognizer.Sessions[0].End();
        await _work.Until("it is handed over", () => handed.IsCompleted);

        var kept = speaker.Commits.Kept!;
        Assert.Equal((31, "Good morning."), (kept.ResumeFrom, Assert.Single(Assert.Single(kept.Segments).Sentences)));
        Assert.Null(kept.Segments[0].EndedAt);
        Assert.Equal("Good·es morning·es.", Assert.Single(Assert.Single(kept.Segments[0].Lanes).Clauses));
        Assert.Equal((50, 0, 20), (kept.Ledger.Highest, kept.Ledger.Recorded, 50 - kept.Ledger.Sorted.Sum(static row => row.Last - row.First + 1)));
    });

    [Fact]
    public Task What_no_final_words_came_for_is_left_to_the_next_activation_whole() => _work.Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, new byte[640 * 50]);
        _recognizer.Sessions[0].Tell(new SilenceHeard(At(0.2)));
        _recognizer.Sessions[0].Tell(new SpeechStarted(At(0.2)));
        _recognizer.Sessions[0].Tell(new InterimWords(At(0.8), [Word("Good", 0.5)]));
        await _work.Until("somebody speaks", () => speaker.LastSegment == 1);

        var handed = HandOver(speaker);
        await _work.Until("it is handed over", () => handed.IsCompleted);

        Assert.True(_recognizer.Sessions[0].IsAskedForWords);
        Assert.Equal(11, speaker.Commits.Kept!.ResumeFrom);
        Assert.Empty(await _work.Store.Read(Call, 0, 10, default));
    });

    [Fact]
    public Task A_recognizer_that_hangs_holds_nothing_up_for_long() => _work.Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, new byte[640 * 50]);
        _recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
        await _work.Until("somebody speaks", () => !speaker.IsAtRest);
        var began = _work.Time.GetUtcNow();

        var handed = HandOver(speaker);
        await _work.Until("it is handed over", () => handed.IsCompleted);

        Assert.InRange((_work.Time.GetUtcNow() - began).TotalSeconds, 1, 1.2);
        Assert.Equal(1, speaker.Commits.Kept!.ResumeFrom);
    });

    [Fact]
    public Task In_a_pause_no_recognizer_is_waited_for() => _work.Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, new byte[640 * 50]);
        var began = _work.Time.GetUtcNow();

        var handed = HandOver(speaker);
        await _work.Until("it is handed over", () => handed.IsCompleted);

        Assert.InRange((_work.Time.GetUtcNow() - began).TotalSeconds, 0, 0.5);
        Assert.Equal(1, speaker.Commits.Kept!.ResumeFrom);
    });

    [Fact]
    public Task The_next_activation_hears_the_half_heard_word_and_ends_the_segment_with_it() => _work.Run(_recognizer, async speaker =>
    {
        Say(speaker, 1, new byte[640 * 50]);
        _recognizer.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
        await _work.Until("somebody speaks", () => speaker.LastSegment == 1);
        var handed = HandOver(speaker);
        _recognizer.Sessions[0].Tell(new FinalWords(At(1), [Word("Good", 0.3), Word("mor", 0.95)]));
        _recognizer.Sessions[0].End();
        await _work.Until("it is handed over", () => handed.IsCompleted);
        var (kept, next) = (speaker.Commits.Kept!, new ToldRecognizer());

        await _work.Resume(next, kept, async other =>
        {
            Assert.Equal(16, other.Ledger.Next);
            Say(other, 16, new byte[640 * 50]);
            next.Sessions[0].Tell(new SpeechStarted(TimeSpan.Zero));
            next.Sessions[0].Tell(new FinalWords(At(0.8), [Word("morning.", 0.6)]));
            next.Sessions[0].Tell(new TurnEnded(At(1), At(0.6)));
            await _work.Until("it is recorded", () => other.Marks.Recorded == 65);

            Assert.Equal("Good morning.", Assert.Single(await _work.Store.Read(Call, 0, 10, default)).Text);
            Assert.Equal(new LedgerFigures(65, 65, 0, 0, 0, 0, 0), other.Ledger.Figures);
        });
    });

    static Task HandOver(Speaker speaker) => speaker.HandOver(Limit, Limit, Limit);

    static Word Word(string text, double end) => new(text, At(end - 0.2), At(end), 1);

    static TimeSpan At(double second) => TimeSpan.FromSeconds(second);
}
