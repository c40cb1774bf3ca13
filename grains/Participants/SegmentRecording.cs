using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Recognition;

namespace VoiceGrains.Participants;

/// <summary>Brings the segments of one speaker into the transcript when they are over and translated, and settles their frames when they are in it.</summary>
sealed class SegmentRecording : IAsyncDisposable
{
    readonly SpeakerServices _services;
    readonly FrameLedger _ledger;
    readonly Commits _commits;
    readonly RecentSegments _recent;
    readonly SegmentBook _book;

    public SegmentRecording(SpeakerServices services, FrameLedger ledger, Commits commits, RecentSegments recent)
    {
        (_services, _ledger, _commits, _recent) = (services, ledger, commits, recent);
        _book = new SegmentBook(services.Call, services.Transcripts, services.Time, Recorded, services.Logger);
        _book.Outrun += HearOfAnotherText;
    }

    /// <summary>The transcript holds another text for a segment of ours: another activation is ahead of this one.</summary>
    public event Action? Outrun;

    /// <summary>Whether every segment that ended is in the transcript.</summary>
    public bool IsDone => _book.IsEmpty;

    /// <summary>Of the speaker.</summary>
    public string Name { get; set; } = "";

    /// <summary>Segments up to this were of another activation.</summary>
    public int RestoredThrough { get; set; }

    /// <summary>The segment is over. It is recorded when the checkpoint that says so is kept.</summary>
    public void Add(RecentSegment segment) => _commits.Deliver(() => _book.Add(Record(segment), segment.Lanes.Keys));

    /// <summary>A lane has translated a segment wholly.</summary>
    public void AddTranslation(int segment, RecordedTranslation translation)
    {
        // A lane may only have to speak what another activation had recorded.
        if (_recent.Find(segment) is not { IsRecorded: true })
            _book.AddTranslation(segment, translation);
    }

    public ValueTask DisposeAsync() => _book.DisposeAsync();

    RecordedSegment Record(RecentSegment segment) => new(
        _services.Participant,
        Name,
        segment.Number,
        segment.Language,
        segment.Text,
        segment.Origin,
        segment.StartedAt,
        segment.Duration,
        _ledger.FramesOf(segment.Number),
        []);

    void HearOfAnotherText(int segment)
    {
        // A segment of the checkpoint would be found so by every activation that comes after this one: the stored text counts, and this one goes on.
        if (segment > RestoredThrough)
            Outrun?.Invoke();
    }

    void Recorded(int segment)
    {
        _ledger.SettleRecognized(segment);
        if (_recent.Find(segment) is { } recent)
            recent.IsRecorded = true;
        _commits.Note();
    }
}
