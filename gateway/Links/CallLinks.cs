using System.Globalization;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Links;

/// <summary>The links of this gateway: one for each call with a connection here.</summary>
sealed class CallLinks(IClusterClient grains, TimeProvider time)
{
    readonly string _process = Guid.NewGuid().ToString("N")[..12];
    readonly Dictionary<CallId, (CallLink Link, int Users)> _links = [];
    int _counter;

    /// <summary>The first part of the names of all links of this process.</summary>
    public string Process => _process;

    public int Connections
    {
        get
        {
            lock (_links)
                return _links.Values.Sum(static held => held.Users);
        }
    }

    public int Calls
    {
        get
        {
            lock (_links)
                return _links.Count;
        }
    }

    /// <summary>The link of a call; null: nobody is connected here.</summary>
    public CallLink? Find(CallId call)
    {
        lock (_links)
            return _links.TryGetValue(call, out var held) ? held.Link : null;
    }

    /// <summary>Tells all connections.</summary>
    public void Tell(ServerMessage message)
    {
        List<CallLink> links;
        lock (_links)
            links = [.. _links.Values.Select(static held => held.Link)];
        var bytes = ProtocolJson.Write(message);
        foreach (var connection in links.SelectMany(static link => link.Connections))
            connection.Send(bytes);
    }

    /// <summary>The link of a call for one more connection. Null: this gateway has as many connections of the call as it may.</summary>
    public (GatewayId Gateway, CallLink Link)? Rent(CallId call, int most)
    {
        lock (_links)
        {
            if (!_links.TryGetValue(call, out var held))
            {
                // Each link has a name of its own, so that the end of one can't undo the beginning of the next.
                var gateway = new GatewayId(string.Create(CultureInfo.InvariantCulture, $"{_process}.{++_counter}"));
                held = (new CallLink(call, gateway, grains, time), 0);
            }

            if (held.Users >= most)
                return null;
            _links[call] = held with { Users = held.Users + 1 };
            return (held.Link.Gateway, held.Link);
        }
    }

    /// <summary>A connection is gone; the last one takes its link along.</summary>
    public async Task Return(CallId call, CallLink link)
    {
        lock (_links)
        {
            var held = _links[call];
            if (held.Users > 1)
            {
                _links[call] = held with { Users = held.Users - 1 };
                return;
            }

            _links.Remove(call);
        }

        await link.DisposeAsync();
    }
}
