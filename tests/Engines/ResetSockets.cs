using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines;

/// <summary>The doubles' own WebSocket, when its connection is reset.</summary>
public sealed class ResetSockets
{
    [Fact]
    public async Task Whoever_reads_while_the_connection_is_reset_reads_nothing_more()
    {
        var accepted = new TaskCompletionSource<RawWebSocket>();
        var read = new TaskCompletionSource<ClientFrame?>();
        await using var server = await EmulatorServer.Start(0, routes => routes.MapGet("/", async context =>
        {
            await using var socket = await RawWebSocket.Accept(context);
            accepted.SetResult(socket);
            try
            {
                read.SetResult(await socket.Read(CancellationToken.None));
            }
            catch (Exception error)
            {
                read.SetException(error);
            }
        }));
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://{server.Address.Authority}/"), CancellationToken.None);
        var socket = await Until.Done("the socket is accepted", accepted.Task);

        socket.Abort();

        Assert.Null(await Until.Done("the reader is woken", read.Task));
    }

    [Fact]
    public async Task Whoever_cancels_reading_is_told_so()
    {
        var read = new TaskCompletionSource<ClientFrame?>();
        using var leaving = new CancellationTokenSource();
        await using var server = await EmulatorServer.Start(0, routes => routes.MapGet("/", async context =>
        {
            await using var socket = await RawWebSocket.Accept(context);
            try
            {
                read.SetResult(await socket.Read(leaving.Token));
            }
            catch (Exception error)
            {
                read.SetException(error);
            }
        }));
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://{server.Address.Authority}/"), CancellationToken.None);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Until.Done("the reader is woken", read.Task));
    }
}
