using VoiceGrains.Calls;
using VoiceGrains.Media;
using VoiceGrains.Transcripts;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>The transcript store without a database keeps what the one with a database keeps.</summary>
public sealed class TranscriptsInMemory
{
    static readonly CallId Call = new("local-k3v9x2m4q7ab");

    readonly MemoryTranscriptStore _store = new(mostCalls: 2);

    [Fact]
    public async Task Segments_are_read_in_the_order_they_were_stored()
    {
        await Append("ana", 1, "one");
        await Append("bob", 1, "two");
        await Append("ana", 2, "three");

        Assert.Equal("one two three", await Read(0, 10));
        Assert.Equal("two", await Read(1, 1));
        Assert.Equal("", await Read(3, 10));
    }

    [Fact]
    public async Task The_last_segments_are_read_oldest_first()
    {
        await Append("ana", 1, "one");
        await Append("bob", 1, "two");
        await Append("ana", 2, "three");

        Assert.Equal(["two", "three"], (await _store.ReadLast(Call, 2, default)).Select(static segment => segment.Text));
        Assert.Equal(3, (await _store.ReadLast(Call, 6, default)).Count);
        Assert.Empty(await _store.ReadLast(new CallId("local-other2345"), 6, default));
    }

    [Fact]
    public async Task A_segment_that_is_stored_again_stays_as_it_was()
    {
        await Append("ana", 1, "first");
        await Append("ana", 1, "again");

        Assert.Equal("first", await Read(0, 10));
    }

    [Fact]
    public async Task The_last_segment_of_each_speaker_is_known()
    {
        await Append("ana", 2, "a");
        await Append("ana", 1, "b");
        await Append("bob", 7, "c");

        Assert.Equal(2, await _store.LastSegment(Call, new ParticipantId("ana"), default));
        Assert.Equal(7, await _store.LastSegment(Call, new ParticipantId("bob"), default));
        Assert.Equal(0, await _store.LastSegment(Call, new ParticipantId("eve"), default));
        Assert.Equal(0, await _store.LastSegment(new CallId("local-other2345"), new ParticipantId("ana"), default));
    }

    [Fact]
    public async Task The_oldest_call_goes_when_there_are_too_many()
    {
        await Append("ana", 1, "one");
        await _store.Append(new CallId("local-second22"), Segment("ana", 1, "two"), default);
        await _store.Append(new CallId("local-third333"), Segment("ana", 1, "three"), default);

        Assert.Equal("", await Read(0, 10));
        Assert.Single(await _store.Read(new CallId("local-second22"), 0, 10, default));
    }

    Task Append(string speaker, int number, string text) => _store.Append(Call, Segment(speaker, number, text), default);

    async Task<string> Read(int position, int count) => string.Join(' ', (await _store.Read(Call, position, count, default)).Select(static segment => segment.Text));

    static RecordedSegment Segment(string speaker, int number, string text) => new(
        new ParticipantId(speaker), speaker, number, Sent.English, text, SegmentOrigin.Spoken, DateTimeOffset.UnixEpoch, TimeSpan.Zero, 1, []);
}
