namespace VoiceGrains.Tests.Support;

/// <summary>A clock that stands still until its one owner, the test, moves it. Timers that fall due run during <see cref="Advance"/>, in order.</summary>
public sealed class ManualTime : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<ManualTimer> _timers = [];
    DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>How many timers wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    /// <summary>Moves the clock, and runs what falls due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextDue(end) is { } timer)
            timer.Run();
        lock (_gate)
            _now = end;
    }

    ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.DueAt <= end).MinBy(static timer => timer.DueAt);
            if (next is not null && next.DueAt > _now)
                _now = next.DueAt;
            next?.Rearm_NeedsLock();
            return next;
        }
    }

    sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan _period;

        public DateTimeOffset DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                DueAt = time._now + dueTime;
                time._timers.Add(this);
                return true;
            }
        }

        public void Run() => callback(state);

        public void Rearm_NeedsLock()
        {
            time._timers.Remove(this);
            if (_period == Timeout.InfiniteTimeSpan || _period <= TimeSpan.Zero)
                return;
            DueAt += _period;
            time._timers.Add(this);
        }

        public void Dispose()
        {
            lock (time._gate)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
