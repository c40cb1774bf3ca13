using VoiceGrains.Calls;

namespace VoiceGrains.Transcripts;

/// <summary>
/// Where finished segments are kept. Keyed by (call, speaker, segment): appending a segment again changes nothing, the stored one wins.
/// Failures are exceptions of the store; appending may be repeated.
/// </summary>
public interface ITranscriptStore
{
    /// <summary>Stores the segment, unless it stands there already.</summary>
    Task Append(CallId call, RecordedSegment segment, CancellationToken cancellationToken);

    /// <summary>Segments in the order in which they were stored, from a position that counts from 0.</summary>
    Task<IReadOnlyList<RecordedSegment>> Read(CallId call, int position, int count, CancellationToken cancellationToken);

    /// <summary>Number of the speaker's newest stored segment; 0 if there is none.</summary>
    Task<int> LastSegment(CallId call, ParticipantId speaker, CancellationToken cancellationToken);
}
