using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Context;
using VoiceGrains.Media;
using VoiceGrains.Tests.Support;
using VoiceGrains.Tests.Unit.Grains;

namespace VoiceGrains.Tests.Unit.Context;

/// <summary>What was said before a segment: the transcript, and what the speaker said that does not stand there yet; nobody waits for it.</summary>
public sealed class DialogueBeforeASegment
{
    static readonly ParticipantId Ana = new("ana");

    readonly ManualTime _time = new();
    readonly ToldTranscripts _transcripts = new();
    readonly RecentSegments _recent;

    public DialogueBeforeASegment() => _recent = new RecentSegments(_time);

    [Fact]
    public Task Others_and_the_speakers_own_unrecorded_segments_are_told_in_order() => With(dialogue =>
    {
        _transcripts.Last = [Recorded("ana", 1, "One."), Recorded("ben", 1, "Two.")];
        Own(2, "Three.");
        Own(3, "Four.");

        dialogue.Look(isTranslated: true);

        Assert.Equal("S1 One. S2 Two. S1 Three.", Before(dialogue, 3));
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_segment_that_is_recorded_meanwhile_is_told_once() => With(dialogue =>
    {
        Own(1, "One.");
        _transcripts.Last = [Recorded("ana", 1, "One.")];
        Own(2, "Two.");

        dialogue.Look(isTranslated: true);

        Assert.Equal("S1 One.", Before(dialogue, 2));
        return Task.CompletedTask;
    });

    [Fact]
    public Task Neither_the_segment_itself_nor_what_was_said_after_it_is_told() => With(dialogue =>
    {
        Own(4, "Mine.");
        _transcripts.Last = [Recorded("ben", 1, "Later."), Recorded("ana", 4, "Mine."), Recorded("ana", 5, "Later, mine.")];
        Own(6, "Last.");

        dialogue.Look(isTranslated: true);

        Assert.Equal("", Before(dialogue, 4));
        Assert.Equal("S1 Mine. S2 Later. S1 Later, mine.", Before(dialogue, 6));
        Assert.Equal("", Before(dialogue, 7));
        return Task.CompletedTask;
    });

    [Fact]
    public Task Nothing_is_read_for_what_is_not_translated_and_one_read_is_under_way_at_a_time() => With(async dialogue =>
    {
        dialogue.Look(isTranslated: false);
        Assert.Equal(0, _transcripts.Asked);
        var slow = _transcripts.Hold();

        dialogue.Look(isTranslated: true);
        dialogue.Look(isTranslated: true);
        Assert.Equal(1, _transcripts.Asked);
        slow.SetResult();
        await Until.True("the first read is over", () =>
        {
            dialogue.Look(isTranslated: true);
            return _transcripts.Asked == 2;
        });
    });

    [Fact]
    public Task While_the_store_is_away_or_hangs_own_words_and_what_was_read_before_are_told() => With(async dialogue =>
    {
        _transcripts.Last = [Recorded("ben", 1, "Before.")];
        dialogue.Look(isTranslated: true);
        Own(1, "Mine.");
        Own(2, "Now.");

        _transcripts.Failures = 1;
        dialogue.Look(isTranslated: true);
        _transcripts.Hold();
        dialogue.Look(isTranslated: true);
        Assert.Equal((3, "S1 Before. S2 Mine."), (_transcripts.Asked, Before(dialogue, 2)));

        _time.Advance(TimeSpan.FromSeconds(2));
        _transcripts.Release();
        await Until.True("the hanging read is given up", () =>
        {
            dialogue.Look(isTranslated: true);
            return _transcripts.Asked == 4;
        });
    });

    static string Before(CallDialogue dialogue, int segment) => string.Join(' ', dialogue.Before(segment).Select(static line => $"{line.Speaker} {line.Text}"));

    Task With(Func<CallDialogue, Task> test) => Turns.Run(async () =>
    {
        await using var dialogue = new CallDialogue(SpeakerAtWork.Call, Ana, _transcripts, _recent, _time);
        await test(dialogue);
    });

    void Own(int number, string text)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var segment = _recent.Add(number, Sent.English, SegmentOrigin.Spoken);
        segment.Sentences.Add(text);
        segment.StartedAt = _time.GetUtcNow();
    }

    RecordedSegment Recorded(string speaker, int number, string text)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return new(new ParticipantId(speaker), "A name", number, Sent.English, text, SegmentOrigin.Spoken, _time.GetUtcNow(), TimeSpan.Zero, 1, []);
    }
}
