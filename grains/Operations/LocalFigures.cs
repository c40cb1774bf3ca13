using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace VoiceGrains.Operations;

/// <summary>
/// What this silo carries, for the report that it sends each second. Each call and participant that lives here has a gauge, which it sets in its own turns: nobody is asked for
/// anything, and the report costs the same whoever looks. Thread-safe.
/// </summary>
public sealed class LocalFigures
{
    readonly ConcurrentDictionary<CallGauge, byte> _calls = new();
    readonly ConcurrentDictionary<ParticipantGauge, byte> _participants = new();
    long _framesOfThoseGone;
    long _segmentsOfThoseGone;

    public int Calls => _calls.Count;

    public int Participants => _participants.Count;

    /// <summary>Frames that were ever taken here.</summary>
    public long Frames => Interlocked.Read(ref _framesOfThoseGone) + _participants.Keys.Sum(static gauge => gauge.Taken);

    /// <summary>Segments that ever ended here.</summary>
    public long Segments => Interlocked.Read(ref _segmentsOfThoseGone) + _participants.Keys.Sum(static gauge => (long)gauge.Ended);

    /// <summary>The calls, at most as many.</summary>
    public ImmutableArray<ReportedCall> DescribeCalls(int most) => [.. _calls.Keys.Select(static gauge => gauge.Call).OfType<ReportedCall>().Take(most)];

    /// <summary>What the participants here add to their calls, of at most as many calls.</summary>
    /// <param name="elapsed">Since this was asked before.</param>
    public ImmutableArray<CallShare> TakeShares(int most, TimeSpan elapsed) =>
    [
        .. _participants.Keys.GroupBy(static gauge => gauge.CallId).Select(gauges => ShareOf(gauges.Key, [.. gauges.Select(static gauge => gauge.Look())], elapsed)).Take(most),
    ];

    internal void Add(CallGauge gauge) => _calls.TryAdd(gauge, 0);

    internal void Remove(CallGauge gauge) => _calls.TryRemove(gauge, out _);

    internal void Add(ParticipantGauge gauge) => _participants.TryAdd(gauge, 0);

    internal void Remove(ParticipantGauge gauge)
    {
        if (!_participants.TryRemove(gauge, out _))
            return;
        Interlocked.Add(ref _framesOfThoseGone, gauge.Taken);
        Interlocked.Add(ref _segmentsOfThoseGone, gauge.Ended);
    }

    static CallShare ShareOf(CallId call, IReadOnlyList<ParticipantReading> readings, TimeSpan elapsed) => new(
        call,
        readings.Count,
        elapsed > TimeSpan.Zero ? Math.Round(readings.Sum(static reading => reading.NewFrames) / elapsed.TotalSeconds, 1) : 0,
        readings.Max(static reading => reading.Lag),
        readings.Sum(static reading => reading.Lost),
        readings.Sum(static reading => reading.Ended));
}
