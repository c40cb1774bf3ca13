using System.Text.Json.Nodes;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>What the double says on a socket, with the fault that is planned for this connection happening at its place.</summary>
sealed class SocketOutlet(RawWebSocket socket, PlannedFault? fault, TimeProvider time)
{
    readonly SemaphoreSlim _turn = new(1, 1);
    int _sent;
    volatile bool _isMute;

    public PlannedFault? Fault => fault;

    /// <summary>Sends a message, or what the plan has in its place. False: nothing more is said on this socket.</summary>
    public async Task<bool> Send(JsonObject message, CancellationToken ended)
    {
        await _turn.WaitAsync(ended);
        try
        {
            if (_isMute)
                return false;
            var isHit = fault is not null && _sent == fault.After;
            if (isHit && await Happens(message.ToJsonString(), ended))
                return false;
            _sent++;
            if (fault?.Form == FaultForm.Fragments)
                await socket.WriteFragments(message.ToJsonString(), 7);
            else
                await socket.WriteText(message.ToJsonString());
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>An error, and the close that belongs to it.</summary>
    public async Task Fail(VendorError error, CancellationToken ended)
    {
        if (await Send(error.ForSocket(), ended))
            await socket.WriteClose(1008, error.Message);
        _isMute = true;
    }

    // True: the message does not come, and nothing after it.
    async Task<bool> Happens(string message, CancellationToken ended)
    {
        switch (fault!.Form)
        {
            case FaultForm.SlowFirstByte:
                await Task.Delay(fault.Delay, time, ended);
                return false;
            case FaultForm.UnknownMessage:
                await socket.WriteText("""{"type":"weather","contextId":null,"of":{"no":["documentation"]},"audio":null}""");
                return false;
            case FaultForm.HugeMessage:
                await socket.WriteText($$"""{"type":"padding","pad":"{{new string('x', 1024 * 1024)}}"}""");
                return false;
            case FaultForm.ErrorInStream:
                await socket.WriteText(Told().ForSocket().ToJsonString());
                return Mute();
            case FaultForm.ErrorThenClose:
                await socket.WriteText(Told().ForSocket().ToJsonString());
                await socket.WriteClose(1008, "see the error");
                return Mute();
            case FaultForm.MalformedJson:
                await socket.WriteText("{\"audio\": \"AAAA");
                return Mute();
            case FaultForm.Close:
                await socket.WriteClose(fault.Status == 0 ? null : fault.Status, fault.Code ?? "");
                return Mute();
            case FaultForm.CutInFrame:
                await socket.WriteCut(message);
                return Mute();
            case FaultForm.Reset:
                socket.Abort();
                return Mute();
            case FaultForm.DeadPeer:
                socket.AnswersPings = false;
                return Mute();
            case FaultForm.Stall:
                return Mute();
            default:
                return false;
        }
    }

    bool Mute() => _isMute = true;

    VendorError Told() => new(400, fault!.Code ?? "internal_error", "As planned.");
}
