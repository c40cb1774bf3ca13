using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>
/// Deepgram's listen APIs: <c>/v1/listen</c> (Nova) and <c>/v2/listen</c> (Flux), as the vendor's documentation describes them, and as strict. It reads the
/// words of scripted audio from the PCM that comes, so its transcripts prove which audio arrived. Operations of the fault plan: <c>nova</c> and <c>flux</c>.
/// </summary>
sealed class DeepgramEmulator : IAsyncDisposable
{
    readonly CancellationTokenSource _closing = new();
    readonly Places _places;
    readonly ConcurrentQueue<ListenQuery> _asked = new();
    EmulatorServer? _server;
    int _requests;

    DeepgramEmulator() => _places = new Places(this);

    public Uri Address => _server!.Address;

    /// <summary>The same for sockets.</summary>
    public string SocketAddress => $"ws://{Address.Authority}";

    public EmulatorLedger Ledger { get; } = new();

    /// <summary>Settings of the sockets that were let in, in order.</summary>
    public IReadOnlyCollection<ListenQuery> Asked => _asked;

    public FaultPlan Faults { get; } = new();

    public DeepgramManners Manners { get; } = new();

    /// <summary>The key that is accepted; <see cref="Token"/> is a short-lived one.</summary>
    public string Key { get; set; } = "dg-test-key";

    public string Token { get; set; } = "dg-test-token";

    /// <summary>Sockets at a time. Beyond: 429. Default: 150, as of the vendor's lowest plan.</summary>
    public int MostSockets { get; set; } = 150;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static async Task<DeepgramEmulator> Start(int port = 0, TimeProvider? time = null)
    {
        var emulator = new DeepgramEmulator { Time = time ?? TimeProvider.System };
        emulator._server = await EmulatorServer.Start(port, app =>
        {
            app.MapGet("/v1/listen", context => emulator.Serve(context, "nova", NovaQuery.Check, static socket => new NovaListen(socket).Run()));
            app.MapGet("/v2/listen", context => emulator.Serve(context, "flux", FluxQuery.Check, static socket => new FluxListen(socket).Run()));
        });
        return emulator;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _server!.DisposeAsync();
        _closing.Dispose();
    }

    async Task Serve(HttpContext context, string operation, Func<ListenQuery, string?> check, Func<ListenServer, Task> listen)
    {
        var requestId = $"request-{Interlocked.Increment(ref _requests)}";
        context.Response.Headers["dg-request-id"] = requestId;
        Ledger.Count(operation);
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, context.RequestAborted);
        var handshake = new Handshake(this, context, operation);
        var fault = await handshake.Fail(closing.Token);
        if (handshake.IsOver)
            return;
        var query = new ListenQuery(context.Request.Query);
        if (!await handshake.Accept(query, check))
            return;
        if (_places.TryTake() is not { } place)
        {
            await handshake.Refuse(429, "TOO_MANY_REQUESTS");
            return;
        }

        _asked.Enqueue(query);
        using var open = Ledger.Open("socket");
        await using var socket = await RawWebSocket.Accept(context);
        await using var server = new ListenServer(this, socket, query, fault, requestId, closing.Token);
        await listen(server);
        await server.WaitForClient();
        place.Leave(isAcknowledged: socket.ClosedByClient is not null, fault);
        if (socket.ClosedByClient is null && fault is null && !_closing.IsCancellationRequested)
            Ledger.Mistake("socket left without a close frame");
    }
}
