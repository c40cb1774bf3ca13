using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>
/// The answer to one HTTP request, sent in pieces, and spoiled as a fault says: <see cref="PlannedFault.After"/> counts pieces. Forms that are about the
/// vendor's own words (<see cref="FaultForm.Status"/>, <see cref="FaultForm.ErrorInStream"/> and so on) are the endpoint's matter.
/// </summary>
sealed class StreamedAnswer(HttpContext context, PlannedFault? fault, TimeProvider time)
{
    int _pieces;
    bool _isEnded;

    public PlannedFault? Fault => fault;

    /// <summary>Whether the next piece is the one that the fault is about.</summary>
    public bool IsNextFaulty(FaultForm form) => fault?.Form == form && _pieces == fault.After;

    /// <summary>Before anything is answered. False: nothing will be.</summary>
    public async Task<bool> Begin()
    {
        switch (fault?.Form)
        {
            case FaultForm.Refuse:
                Reset();
                return false;
            case FaultForm.HangBeforeHeaders:
                await Hang();
                return false;
            case FaultForm.SlowFirstByte:
                await Wait(fault.Delay);
                break;
        }

        return true;
    }

    /// <summary>Sends a piece at once. False: the fault ended the answer, and nothing more is to be sent.</summary>
    public async Task<bool> Write(ReadOnlyMemory<byte> piece)
    {
        if (_isEnded)
            return false;
        var isHit = _pieces++ == fault?.After;
        switch (fault?.Form)
        {
            case FaultForm.Stall when isHit:
                await Hang();
                return End();
            case FaultForm.Reset when isHit:
                // A reset drops what the client has not read yet: with a delay it first reads what came before.
                await Wait(fault.Delay);
                Reset();
                return End();
            case FaultForm.EndWithoutTerminator when isHit:
                return End();
            case FaultForm.CutInFrame when isHit:
                await Wait(fault.Delay);
                await Send(piece[..(piece.Length / 2)]);
                // Without the last chunk: to HTTP itself the answer is not whole.
                context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
                context.Abort();
                return End();
            case FaultForm.Drip:
                for (var at = 0; at < piece.Length; at++)
                {
                    await Wait(fault.Delay);
                    await Send(piece.Slice(at, 1));
                }

                return true;
            default:
                await Send(piece);
                return true;
        }
    }

    /// <summary>Lets time pass, as a model does between its words; ends when the client is gone.</summary>
    public Task Wait(TimeSpan delay) => delay > TimeSpan.Zero ? Task.Delay(delay, time, context.RequestAborted) : Task.CompletedTask;

    bool End()
    {
        _isEnded = true;
        return false;
    }

    async Task Send(ReadOnlyMemory<byte> bytes)
    {
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    Task Hang() => Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);

    void Reset()
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        context.Abort();
    }
}
