using System.Collections.Concurrent;

namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>What a vendor's double has seen: what is open, how much came, and what a client did wrong. A test asserts on it that nothing leaks. Thread-safe.</summary>
sealed class EmulatorLedger
{
    readonly ConcurrentDictionary<string, Gauge> _open = new();
    readonly ConcurrentDictionary<string, long> _counts = new();
    readonly ConcurrentQueue<string> _mistakes = new();

    /// <summary>What clients did that the vendor rejects, in order; each names the rule.</summary>
    public IReadOnlyCollection<string> Mistakes => _mistakes;

    /// <summary>A client broke a rule.</summary>
    public void Mistake(string rule) => _mistakes.Enqueue(rule);

    /// <summary>Counts something, for example bytes of audio or messages of a type.</summary>
    public void Count(string what, long amount = 1) => _counts.AddOrUpdate(what, amount, (_, known) => known + amount);

    public long CountOf(string what) => _counts.GetValueOrDefault(what);

    /// <summary>Something is open until the result is disposed: a connection, a context, a request in work.</summary>
    public IDisposable Open(string what)
    {
        var gauge = _open.GetOrAdd(what, static _ => new Gauge());
        gauge.Change(1);
        return new Opened(gauge);
    }

    public int OpenNow(string what) => _open.TryGetValue(what, out var gauge) ? gauge.Now : 0;

    /// <summary>The most that were open at the same time.</summary>
    public int Peak(string what) => _open.TryGetValue(what, out var gauge) ? gauge.Peak : 0;

    /// <summary>What is open and should not be when all is over, for example <c>connection 2</c>.</summary>
    public IReadOnlyList<string> Leaks => [.. _open.Where(static open => open.Value.Now != 0).Select(static open => $"{open.Key} {open.Value.Now}").Order(StringComparer.Ordinal)];

    sealed class Gauge
    {
        readonly Lock _gate = new();

        public int Now { get; private set; }

        public int Peak { get; private set; }

        public void Change(int by)
        {
            lock (_gate)
                Peak = Math.Max(Peak, Now += by);
        }
    }

    sealed class Opened(Gauge gauge) : IDisposable
    {
        int _isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
                gauge.Change(-1);
        }
    }
}
