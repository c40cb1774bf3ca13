using VoiceGrains.Calls;

namespace VoiceGrains.Transcripts;

/// <summary>
/// Where finished segments are kept. Keyed by (call, speaker, segment): appending a segment again changes nothing, the stored one wins.
/// Failures are exceptions of the store; appending may be repeated.
/// </summary>
public interface ITranscriptStore
{
    /// <summary>Stores the segment, unless it stands there already.</summary>
    Task<AppendOutcome> Append(CallId call, RecordedSegment segment, CancellationToken cancellationToken);

    /// <summary>Segments in the order in which they were stored, from a position that counts from 0.</summary>
    Task<IReadOnlyList<RecordedSegment>> Read(CallId call, int position, int count, CancellationToken cancellationToken);

    /// <summary>The last segments that were stored, whoever said them, oldest first.</summary>
    Task<IReadOnlyList<RecordedSegment>> ReadLast(CallId call, int count, CancellationToken cancellationToken);

    /// <summary>A speaker's segments after a number, oldest first; when there are more than <paramref name="count"/>, the newest of them.</summary>
    Task<IReadOnlyList<RecordedSegment>> ReadSpeaker(CallId call, ParticipantId speaker, int after, int count, CancellationToken cancellationToken);

    /// <summary>Number of the speaker's newest stored segment; 0 if there is none.</summary>
    Task<int> LastSegment(CallId call, ParticipantId speaker, CancellationToken cancellationToken);
}

/// <summary>What became of a segment.</summary>
public enum AppendOutcome
{
    Stored,

    /// <summary>It stood there already, with the same text.</summary>
    Same,

    /// <summary>Another text stands there, and stays.</summary>
    Other,
}
