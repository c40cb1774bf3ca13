using Microsoft.Extensions.Logging.Abstractions;
using VoiceGrains.Calls;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;
using VoiceGrains.Transcripts;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A segment is recorded when it and its translations are complete, however long the store is away.</summary>
public sealed class SegmentsToRecord
{
    readonly ManualTime _time = new();
    readonly FlakyStore _store = new();
    readonly List<int> _recorded = [];

    [Fact]
    public Task A_segment_waits_for_its_translations() => WithBook(async book =>
    {
        book.Add(Segment(1), [Sent.Spanish, Sent.French]);
        book.AddTranslation(1, Translation(Sent.Spanish));
        book.Add(Segment(2), []);
        await Recorded(1);

        book.AddTranslation(1, Translation(Sent.French));
        await Recorded(2);

        Assert.Equal([2, 1], _recorded);
        Assert.Equal(["es", "fr"], _store.Segments[1].Translations.Select(static translation => translation.Language.Tag));
    });

    [Fact]
    public Task A_translation_may_come_before_its_segment_is_over() => WithBook(async book =>
    {
        book.AddTranslation(1, Translation(Sent.Spanish));
        Assert.False(book.IsEmpty);

        book.Add(Segment(1), [Sent.Spanish]);
        await Recorded(1);

        Assert.Single(_store.Segments[0].Translations);
        await Until.True("nothing waits", () => book.IsEmpty);
    });

    [Fact]
    public Task A_lane_in_the_spoken_language_is_waited_for_and_not_recorded() => WithBook(async book =>
    {
        book.Add(Segment(1), [Sent.English]);
        Assert.Empty(_store.Segments);

        book.AddTranslation(1, Translation(Sent.English));
        await Recorded(1);

        Assert.Empty(_store.Segments[0].Translations);
    });

    [Fact]
    public Task While_the_store_is_away_it_is_asked_more_and_more_rarely_and_nothing_is_lost() => WithBook(async book =>
    {
        _store.Failures = 8;
        book.Add(Segment(1), []);
        book.Add(Segment(2), []);

        var pauses = new List<double>();
        while (_recorded.Count < 2)
            pauses.Add(await PauseOf(book));

        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5], pauses);
        Assert.Equal([1, 2], _recorded);
    });

    async Task<double> PauseOf(SegmentBook book)
    {
        await Until.True("the store was asked", () => _time.Waiting > 0 || book.IsEmpty);
        var (before, asked) = (_time.GetUtcNow(), _store.Asked);
        while (_store.Asked == asked)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Until.True("the pause goes on, or the store is asked", () => _time.Waiting > 0 || _store.Asked > asked);
        }

        await Until.True("the answer was taken", () => _time.Waiting > 0 || book.IsEmpty);
        return Math.Round((_time.GetUtcNow() - before).TotalSeconds, 1);
    }

    Task Recorded(int segments) => Until.True($"{segments} segments are recorded", () => _recorded.Count == segments);

    Task WithBook(Func<SegmentBook, Task> test) => Turns.Run(async () =>
    {
        await using var book = new SegmentBook(new CallId("local-k3v9x2m4q7ab"), _store, _time, _recorded.Add, NullLogger.Instance);
        await test(book);
    });

    static RecordedTranslation Translation(Language language) => new(language, "texto", TranslationQuality.Good);

    static RecordedSegment Segment(int number) => new(
        new ParticipantId("ana"), "Ana", number, Sent.English, "text", SegmentOrigin.Spoken, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), 10, []);

    /// <summary>Fails so many times, then keeps.</summary>
    sealed class FlakyStore : ITranscriptStore
    {
        public int Failures { get; set; }

        public int Asked { get; private set; }

        public List<RecordedSegment> Segments { get; } = [];

        public Task<AppendOutcome> Append(CallId call, RecordedSegment segment, CancellationToken cancellationToken)
        {
            Asked++;
            if (Failures-- > 0)
                throw new IOException("The store is away.");
            Segments.Add(segment);
            return Task.FromResult(AppendOutcome.Stored);
        }

        public Task<IReadOnlyList<RecordedSegment>> ReadSpeaker(
            CallId call, ParticipantId speaker, int after, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<RecordedSegment>> Read(CallId call, int position, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<RecordedSegment>> ReadLast(CallId call, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> LastSegment(CallId call, ParticipantId speaker, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
