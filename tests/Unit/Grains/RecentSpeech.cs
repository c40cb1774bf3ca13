using System.Text.Json;
using VoiceGrains.Checkpoints;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What is not finished is remembered, and what is finished for ten seconds; a checkpoint of it has a size.</summary>
public sealed class RecentSpeech
{
    readonly ManualTime _time = new();
    readonly RecentSegments _recent;

    public RecentSpeech() => _recent = new RecentSegments(_time);

    [Fact]
    public void A_finished_segment_is_forgotten_ten_seconds_after_its_end()
    {
        Ended(1, isRecorded: true);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(_recent.Checkpoint());

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Empty(_recent.Checkpoint());
        Assert.Null(_recent.Find(1));
    }

    [Fact]
    public void What_is_not_recorded_translated_or_heard_to_its_end_is_remembered_for_ever()
    {
        Ended(1, isRecorded: false);
        Ended(2, isRecorded: true).Lanes[Spanish] = new RecentLane(Spanish, isHeard: false);
        Ended(3, isRecorded: true).Lanes[Spanish] = Spoken(hasArrived: false);
        Ended(4, isRecorded: true).Lanes[Spanish] = Spoken(hasArrived: true);
        _recent.Add(5, English, SegmentOrigin.Spoken);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal([1, 2, 3, 5], _recent.Checkpoint().Select(static segment => segment.Number));
    }

    [Fact]
    public void The_audio_of_a_clause_goes_after_eight_seconds_and_its_text_stays()
    {
        var clause = Speaking(1);
        _time.Advance(TimeSpan.FromSeconds(8.1));
        _recent.Checkpoint();
        Assert.Single(clause.Chunks);

        (clause.End, clause.HasArrived) = (new SpeechEndDelivery(Spanish, 1, 1, TimeSpan.FromSeconds(1), IsWhole: true), true);
        _recent.Checkpoint();

        Assert.Empty(clause.Chunks);
        Assert.Equal("Hola.", clause.Text);
    }

    [Theory]
    [InlineData("word")]
    [InlineData("слово")]
    [InlineData("言葉")]
    [InlineData("\"<&'>\\")]
    [InlineData("👋🏽")]
    public void In_any_script_a_checkpoint_stays_within_its_size_and_keeps_the_newest(string word)
    {
        for (var number = 1; number <= 200; number++)
        {
            var segment = Ended(number, isRecorded: false);
            segment.Sentences.Add(string.Join(' ', Enumerable.Repeat(word, 20)));
            segment.Lanes[Spanish] = Spoken(hasArrived: true);
        }

        var kept = _recent.Checkpoint();

        Assert.InRange(SizeOf([.. kept]), Checkpoint.MostBytes / 2, Checkpoint.MostBytes);
        Assert.Equal(Enumerable.Range(201 - kept.Length, kept.Length), kept.Select(static segment => segment.Number));
    }

    [Fact]
    public void What_is_being_spoken_is_kept_however_long_a_text_typed_behind_it_is()
    {
        _recent.Add(1, English, SegmentOrigin.Spoken).Sentences.Add("I am");
        Ended(2, isRecorded: false).Sentences.Add(new string('x', Checkpoint.MostBytes));

        Assert.Equal(1, Assert.Single(_recent.Checkpoint()).Number);
    }

    [Fact]
    public void A_checkpoint_is_restored_as_it_was()
    {
        Ended(1, isRecorded: true).Lanes[Spanish] = Spoken(hasArrived: false);
        var open = _recent.Add(2, English, SegmentOrigin.Spoken);
        open.Sentences.Add("Good morning.");
        open.Unsent = "How are";
        var kept = _recent.Checkpoint();

        var next = new RecentSegments(_time);
        next.Restore(Kept.Checkpoint(kept), new Fence(1, 1));

        Assert.Equal(JsonSerializer.Serialize(kept, CheckpointJson.Default.Options), JsonSerializer.Serialize(next.Checkpoint(), CheckpointJson.Default.Options));
        Assert.Equal("Good morning. How are", next.Find(2)!.Text);
    }

    [Fact]
    public void Revisions_of_a_later_claim_are_above_those_of_all_before()
    {
        Fence[] claims = [new(1, 0), new(1, 1), new(1, 1_900), new(1, 1_901), new(2, 0), new(2, 1), new(40, 3), new(40, 60_000), new(100_000, 0), new(100_000, 1)];

        var revisions = claims.Select(FirstRevision).ToList();

        Assert.Equal(revisions.Order(), revisions);
        // An hour of one segment with ten revisions a second.
        Assert.All(revisions.Zip(revisions.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= 36_000, $"{pair.First} and {pair.Second}"));
        Assert.True(FirstRevision(new Fence(int.MaxValue, int.MaxValue)) < 1L << 53);
    }

    long FirstRevision(Fence fence)
    {
        var recent = new RecentSegments(_time);
        recent.Restore(Kept.Checkpoint(), fence);
        return recent.FirstRevision;
    }

    RecentSegment Ended(int number, bool isRecorded)
    {
        var segment = _recent.Add(number, English, SegmentOrigin.Spoken);
        (segment.EndedAt, segment.IsRecorded) = (_time.GetUtcNow(), isRecorded);
        return segment;
    }

    RecentClause Speaking(int number)
    {
        var lane = Ended(number, isRecorded: true).Lanes[Spanish] = Spoken(hasArrived: false);
        var clause = lane.Clauses[0];
        clause.BegunAt = _time.GetUtcNow();
        clause.Chunks.Add(Chunk(1));
        return clause;
    }

    static RecentLane Spoken(bool hasArrived)
    {
        var lane = new RecentLane(Spanish, isHeard: true) { IsFinal = true };
        lane.Clauses.Add(new RecentClause("Hola.") { HasArrived = hasArrived });
        return lane;
    }

    static int SizeOf(IReadOnlyList<SegmentCheckpoint> segments) =>
        JsonSerializer.SerializeToUtf8Bytes(Kept.Checkpoint([.. segments]), CheckpointJson.Default.Checkpoint).Length;
}
