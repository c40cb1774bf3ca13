using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>Who may connect, and with which settings. Reasons are in the header <c>dg-error</c>, as a WebSocket client can't read a body.</summary>
sealed class Handshake(DeepgramEmulator emulator, HttpContext context, string operation)
{
    /// <summary>Whether the request has its answer.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Does what the fault plan wants before the socket is open; what it wants later is returned.</summary>
    public async Task<PlannedFault?> Fail(CancellationToken cancellationToken)
    {
        var fault = emulator.Faults.Next(operation, KeyOf());
        switch (fault?.Form)
        {
            case FaultForm.Status:
                if (fault.RetryAfter is { } retryAfter)
                    context.Response.Headers.RetryAfter = ((int)retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await Refuse(fault.Status, fault.Code ?? "ERROR");
                break;
            case FaultForm.Refuse:
                IsOver = true;
                if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
                    socket.LingerState = new LingerOption(enable: true, seconds: 0);
                context.Abort();
                break;
            case FaultForm.HangBeforeHeaders:
                IsOver = true;
                await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, emulator.Time, cancellationToken));
                break;
            case FaultForm.SlowFirstByte:
                await Task.WhenAny(Task.Delay(fault.Delay, emulator.Time, cancellationToken));
                break;
        }

        return fault;
    }

    /// <summary>Checks key and settings. False: refused, and noted.</summary>
    public async Task<bool> Accept(ListenQuery query, Func<ListenQuery, string?> check)
    {
        if (!IsKnown(context.Request.Headers.Authorization.ToString()))
        {
            emulator.Ledger.Mistake("wrong key or wrong authorization scheme");
            await Refuse(401, "INVALID_AUTH");
            return false;
        }

        if (check(query) is { } mistake)
        {
            emulator.Ledger.Mistake(mistake);
            await Refuse(400, "INVALID_QUERY_PARAMETER");
            return false;
        }

        if (context.WebSockets.IsWebSocketRequest || context.Request.Headers.SecWebSocketKey.Count > 0)
            return true;
        emulator.Ledger.Mistake("no WebSocket handshake");
        await Refuse(400, "Bad Request");
        return false;
    }

    public async Task Refuse(int status, string code)
    {
        IsOver = true;
        context.Response.StatusCode = status;
        context.Response.Headers["dg-error"] = code;
        await context.Response.WriteAsJsonAsync(new { err_code = code, err_msg = "Refused.", request_id = context.Response.Headers["dg-request-id"].ToString() });
    }

    // Keys are Token, short-lived tokens are Bearer (Deepgram docs, authenticating).
    bool IsKnown(string authorization) => authorization == $"Token {emulator.Key}" || authorization == $"Bearer {emulator.Token}";

    string? KeyOf() => context.Request.Headers.Authorization.ToString().Split(' ') is [_, var key] ? key : null;
}
