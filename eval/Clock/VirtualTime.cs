namespace VoiceGrains.Eval.Clock;

/// <summary>
/// A clock that jumps from one event to the next. Events of the same moment run in the order in which they were planned, so a run is the same on every machine.
/// Timers are events too: whatever takes its time from a <see cref="TimeProvider"/> and has no tasks of its own runs on it unchanged.
/// </summary>
sealed class VirtualTime : TimeProvider
{
    static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly PriorityQueue<Action, (long At, long Order)> _due = new();
    long _order;

    /// <summary>Since the beginning of the audio.</summary>
    public TimeSpan Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Epoch + Now;

    /// <summary>Plans an event; one in the past happens now, after those planned before.</summary>
    public void At(TimeSpan at, Action happens) => _due.Enqueue(happens, (Math.Max(at.Ticks, Now.Ticks), _order++));

    /// <summary>Lets everything happen that is planned until a moment. False: something is still planned after it.</summary>
    public bool RunUntil(TimeSpan end)
    {
        while (_due.TryPeek(out var happens, out var when))
        {
            if (when.At > end.Ticks)
                return false;
            _due.Dequeue();
            Now = TimeSpan.FromTicks(when.At);
            happens();
        }

        return true;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Alarm(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    sealed class Alarm(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime >= TimeSpan.Zero)
                time.At(time.Now + dueTime, () => Ring(version, period));
            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        void Ring(int version, TimeSpan period)
        {
            if (version != _version)
                return;
            if (period > TimeSpan.Zero)
                time.At(time.Now + period, () => Ring(version, period));
            callback(state);
        }
    }
}
