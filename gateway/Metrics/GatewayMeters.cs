using System.Diagnostics.Metrics;
using VoiceGrains.Gateway.Links;

namespace VoiceGrains.Gateway.Metrics;

/// <summary>What a gateway measures, meter <c>VoiceGrains</c>.</summary>
sealed class GatewayMeters : IDisposable
{
    readonly Meter _meter = new("VoiceGrains");
    readonly Counter<long> _opened;
    int _open;

    /// <summary>Open sockets.</summary>
    public int Open => Volatile.Read(ref _open);

    public GatewayMeters(CallLinks links)
    {
        _opened = _meter.CreateCounter<long>("voicegrains_connections_opened_total", null, "Sockets that were opened.");
        _meter.CreateObservableGauge("voicegrains_connections", () => Open, null, "Open sockets.");
        _meter.CreateObservableGauge("voicegrains_gateway_calls", () => links.Calls, null, "Calls with a connection on this gateway.");
    }

    /// <summary>Counts a socket until it is disposed.</summary>
    public IDisposable Connected()
    {
        _opened.Add(1);
        Interlocked.Increment(ref _open);
        return new Counted(this);
    }

    public void Dispose() => _meter.Dispose();

    sealed class Counted(GatewayMeters meters) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref meters._open);
    }
}
