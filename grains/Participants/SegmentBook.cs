using System.Collections.Immutable;
using System.Threading.Channels;
using VoiceGrains.Calls;
using VoiceGrains.Media;
using VoiceGrains.Transcripts;

namespace VoiceGrains.Participants;

/// <summary>
/// Segments from their end until they are durably recorded: waits for the translations, then writes, again and again if the store is away.
/// Runs in the turns of the participant.
/// </summary>
sealed partial class SegmentBook : IAsyncDisposable
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    readonly Dictionary<int, Waiting> _waiting = [];
    readonly CallId _call;
    readonly ITranscriptStore _store;
    readonly TimeProvider _time;
    readonly Action<int> _recorded;
    readonly ILogger _logger;
    readonly CancellationTokenSource _closing = new();

    // Grows only while the store is away; the frames behind it stay in the rings of gateway and client, which are bounded.
    readonly Channel<RecordedSegment> _ready = Channel.CreateBounded<RecordedSegment>(10_000);
    readonly Task _writing;
    int _unwritten;

    public SegmentBook(CallId call, ITranscriptStore store, TimeProvider time, Action<int> recorded, ILogger logger)
    {
        _call = call;
        _store = store;
        _time = time;
        _recorded = recorded;
        _logger = logger;
        _writing = WriteAll();
    }

    /// <summary>The transcript holds another text for one of the segments: an activation that is ahead of this one wrote it, and its text counts.</summary>
    public event Action<int>? Outrun;

    /// <summary>Whether everything is recorded.</summary>
    public bool IsEmpty => _waiting.Count == 0 && _unwritten == 0;

    /// <summary>A segment is over; it is recorded when all these languages have their text.</summary>
    public void Add(RecordedSegment segment, IReadOnlyCollection<Language> languages)
    {
        var waiting = _waiting.TryGetValue(segment.Number, out var early) ? early : _waiting[segment.Number] = new Waiting();
        waiting.Segment = segment;
        waiting.Languages = languages;
        PassOnIfReady(segment.Number, waiting);
    }

    /// <summary>A lane has finished a segment; it may come before <see cref="Add"/>.</summary>
    public void AddTranslation(int segment, RecordedTranslation translation)
    {
        var waiting = _waiting.TryGetValue(segment, out var known) ? known : _waiting[segment] = new Waiting();
        waiting.Translations.Add(translation);
        PassOnIfReady(segment, waiting);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _writing;
    }

    void PassOnIfReady(int number, Waiting waiting)
    {
        if (waiting.Segment is not { } segment || waiting.Translations.Count < waiting.Languages.Count)
            return;
        _waiting.Remove(number);
        var translations = waiting.Translations.Where(translation => !translation.Language.IsSpokenLike(segment.Language));
        if (_ready.Writer.TryWrite(segment with { Translations = [.. translations] }))
            _unwritten++;
    }

    async Task WriteAll()
    {
        try
        {
            await foreach (var segment in _ready.Reader.ReadAllAsync(_closing.Token))
            {
                await WriteUntilStored(segment);
                _unwritten--;
                _recorded(segment.Number);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The activation ends; the frames of what is not recorded are not acknowledged either.
        }
    }

    async Task WriteUntilStored(RecordedSegment segment)
    {
        var pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            try
            {
                if (await _store.Append(_call, segment, _closing.Token) == AppendOutcome.Other)
                    Outrun?.Invoke(segment.Number);
                return;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogStoreAway(_logger, error.GetType().Name);
            }

            await Task.Delay(pause, _time, _closing.Token);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A segment could not be recorded ({Error}); talking goes on and it is tried again.")]
    static partial void LogStoreAway(ILogger logger, string error);

    sealed class Waiting
    {
        public RecordedSegment? Segment { get; set; }

        public IReadOnlyCollection<Language> Languages { get; set; } = [];

        public List<RecordedTranslation> Translations { get; } = [];
    }
}
