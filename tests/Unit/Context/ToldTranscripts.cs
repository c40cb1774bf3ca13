using VoiceGrains.Calls;
using VoiceGrains.Transcripts;

namespace VoiceGrains.Tests.Unit.Context;

/// <summary>A store whose last segments are what the test says; it can be away, and it can hang.</summary>
sealed class ToldTranscripts : ITranscriptStore
{
    TaskCompletionSource? _held;

    public IReadOnlyList<RecordedSegment> Last { get; set; } = [];

    /// <summary>The next so many reads fail.</summary>
    public int Failures { get; set; }

    public int Asked { get; private set; }

    /// <summary>Reads from now on hang.</summary>
    public TaskCompletionSource Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Those that hang go on hanging; later ones do not.</summary>
    public void Release() => _held = null;

    public async Task<IReadOnlyList<RecordedSegment>> ReadLast(CallId call, int count, CancellationToken cancellationToken)
    {
        Asked++;
        if (Failures-- > 0)
            throw new IOException("The store is away.");
        if (_held is { } held)
            await held.Task;
        return [.. Last.TakeLast(count)];
    }

    public Task<AppendOutcome> Append(CallId call, RecordedSegment segment, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordedSegment>> Read(CallId call, int position, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordedSegment>> ReadSpeaker(CallId call, ParticipantId speaker, int after, int count, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<int> LastSegment(CallId call, ParticipantId speaker, CancellationToken cancellationToken) => throw new NotSupportedException();
}
