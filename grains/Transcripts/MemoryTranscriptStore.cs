using System.Collections.Concurrent;
using VoiceGrains.Calls;

namespace VoiceGrains.Transcripts;

/// <summary>Transcripts in this process's memory: gone when it stops. The oldest calls go first beyond a bound.</summary>
public sealed class MemoryTranscriptStore(int mostCalls = 1_000) : ITranscriptStore
{
    readonly ConcurrentDictionary<CallId, List<RecordedSegment>> _calls = new();
    readonly ConcurrentQueue<CallId> _order = new();

    public Task<AppendOutcome> Append(CallId call, RecordedSegment segment, CancellationToken cancellationToken)
    {
        var segments = _calls.GetOrAdd(call, Open);
        lock (segments)
        {
            if (segments.Find(stored => stored.Speaker == segment.Speaker && stored.Number == segment.Number) is { } stored)
                return Task.FromResult(stored.Text == segment.Text ? AppendOutcome.Same : AppendOutcome.Other);
            segments.Add(segment);
        }

        return Task.FromResult(AppendOutcome.Stored);
    }

    public Task<IReadOnlyList<RecordedSegment>> ReadSpeaker(
        CallId call, ParticipantId speaker, int after, int count, CancellationToken cancellationToken)
    {
        if (!_calls.TryGetValue(call, out var segments))
            return Task.FromResult<IReadOnlyList<RecordedSegment>>([]);
        lock (segments)
        {
            return Task.FromResult<IReadOnlyList<RecordedSegment>>([
                .. segments.Where(stored => stored.Speaker == speaker && stored.Number > after).OrderBy(static stored => stored.Number).TakeLast(count)]);
        }
    }

    public Task<IReadOnlyList<RecordedSegment>> Read(CallId call, int position, int count, CancellationToken cancellationToken)
    {
        if (!_calls.TryGetValue(call, out var segments))
            return Task.FromResult<IReadOnlyList<RecordedSegment>>([]);
        lock (segments)
            return Task.FromResult<IReadOnlyList<RecordedSegment>>([.. segments.Skip(position).Take(count)]);
    }

    public Task<IReadOnlyList<RecordedSegment>> ReadLast(CallId call, int count, CancellationToken cancellationToken)
    {
        if (!_calls.TryGetValue(call, out var segments))
            return Task.FromResult<IReadOnlyList<RecordedSegment>>([]);
        lock (segments)
            return Task.FromResult<IReadOnlyList<RecordedSegment>>([.. segments.TakeLast(count)]);
    }

    public Task<int> LastSegment(CallId call, ParticipantId speaker, CancellationToken cancellationToken)
    {
        if (!_calls.TryGetValue(call, out var segments))
            return Task.FromResult(0);
        lock (segments)
            return Task.FromResult(segments.Where(stored => stored.Speaker == speaker).Select(static stored => stored.Number).DefaultIfEmpty(0).Max());
    }

    List<RecordedSegment> Open(CallId call)
    {
        _order.Enqueue(call);
        if (_order.Count > mostCalls && _order.TryDequeue(out var oldest))
            _calls.TryRemove(oldest, out _);
        return [];
    }
}
