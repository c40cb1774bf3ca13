using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace VoiceGrains.Tests.Load;

/// <summary>The floor to compare with: each binary message goes to the one partner, and nothing else happens.</summary>
static class RawRelay
{
    public static async Task<int> Serve(string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(settings);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var seats = new ConcurrentDictionary<string, (WebSocket Socket, SemaphoreSlim Sending)>();
        app.UseWebSockets();
        app.MapGet("/health/ready", static () => "Healthy");
        app.MapGet("/relay", async (HttpContext context, string seat, string partner) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            seats[seat] = (socket, new SemaphoreSlim(1, 1));
            var buffer = new byte[16 * 1024];
            while (socket.State == WebSocketState.Open && await Receive(socket, buffer) is > 0 and var length)
            {
                if (!seats.TryGetValue(partner, out var other))
                    continue;
                await other.Sending.WaitAsync();
                try
                {
                    await other.Socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Binary, true, CancellationToken.None);
                }
                catch (WebSocketException)
                {
                    // The partner is gone.
                }
                finally
                {
                    other.Sending.Release();
                }
            }
        });
        await app.StartAsync();
        await File.WriteAllTextAsync(app.Configuration["AddressFile"]!, app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    static async Task<int> Receive(WebSocket socket, byte[] buffer)
    {
        try
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            return received.MessageType == WebSocketMessageType.Close ? 0 : received.Count;
        }
        catch (WebSocketException)
        {
            return 0;
        }
    }
}
