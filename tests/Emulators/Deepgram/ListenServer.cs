using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>The vendor's end of one socket: says what it is told to, until the fault plan has it otherwise, and closes who is idle.</summary>
sealed class ListenServer : IAsyncDisposable
{
    const int Huge = 1024 * 1024;

    readonly RawWebSocket _socket;
    readonly PlannedFault? _fault;
    readonly CancellationToken _closing;
    readonly ITimer _idleTimer;
    Task _idleClose = Task.CompletedTask;
    volatile bool _isClosed;
    volatile bool _isMute;
    int _said;

    public ListenServer(DeepgramEmulator emulator, RawWebSocket socket, ListenQuery query, PlannedFault? fault, string requestId, CancellationToken closing)
    {
        (Emulator, _socket, Query, _fault, RequestId, _closing) = (emulator, socket, query, fault, requestId, closing);
        _idleTimer = emulator.Time.CreateTimer(_ => _idleClose = WhenIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public DeepgramEmulator Emulator { get; }

    public ListenQuery Query { get; }

    public string RequestId { get; }

    /// <summary>Whether the vendor has closed, or is gone.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>What is done when the client sends nothing for too long.</summary>
    public Func<Task> WhenIdle { get; set; } = static () => Task.CompletedTask;

    /// <summary>How wrong the times are that are told now.</summary>
    public double Skew => _fault is { Form: FaultForm.SkewedTimes } fault && _said >= fault.After ? fault.Delay.TotalSeconds : 0;

    /// <summary>The next message. Null: the client closed or is gone.</summary>
    public async Task<ClientFrame?> Read()
    {
        try
        {
            return await _socket.Read(_closing);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Reads nothing any more: what the client sends piles up.</summary>
    public Task StopReading() => Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, Emulator.Time, _closing));

    /// <summary>The client has this long to send something.</summary>
    public void ExpectWithin(TimeSpan time) => _idleTimer.Change(time, Timeout.InfiniteTimeSpan);

    public async Task Say(string message)
    {
        if (_isClosed || _isMute)
            return;
        if (_fault is { } fault && _said >= fault.After && await Spoil(fault, message))
            return;
        _said++;
        await _socket.WriteText(message);
    }

    /// <param name="code">Null: without a status.</param>
    public async Task Close(int? code, string reason = "")
    {
        if (_isClosed || _isMute)
            return;
        _isClosed = true;
        await _socket.WriteClose(code, reason);
    }

    /// <summary>Completes the closing handshake, whoever began it.</summary>
    public async Task WaitForClient()
    {
        while (_socket.ClosedByClient is null && await Read() is not null)
        {
            // What comes after the close is not heard.
        }

        if (_socket.ClosedByClient is not null)
            await Close(1000);
    }

    public async ValueTask DisposeAsync()
    {
        await _idleTimer.DisposeAsync();
        await _idleClose;
    }

    // True: the message is not to be said, or has been in another way.
    async Task<bool> Spoil(PlannedFault fault, string message)
    {
        switch (fault.Form)
        {
            case FaultForm.Stall or FaultForm.DeadPeer:
                _isMute = true;
                _socket.AnswersPings = fault.Form == FaultForm.Stall;
                return true;
            case FaultForm.Reset:
                _isClosed = true;
                _socket.Abort();
                return true;
            case FaultForm.CutInFrame:
                _isClosed = true;
                await _socket.WriteCut(message);
                return true;
            case FaultForm.Close:
                await Close(fault.Status == 0 ? null : fault.Status, fault.Code ?? "");
                return true;
            case FaultForm.ErrorThenClose:
                _said++;
                await _socket.WriteText($$"""{"type":"Error","code":"{{fault.Code}}","variant":"{{fault.Code}}","description":"Refused."}""");
                await Close(fault.Status == 0 ? null : fault.Status);
                return true;
            case FaultForm.Fragments:
                _said++;
                await _socket.WriteFragments(message, 3);
                return true;
            default:
                return await SpoilOnce(fault, message);
        }
    }

    async Task<bool> SpoilOnce(PlannedFault fault, string message)
    {
        var spoilt = fault.Form switch
        {
            _ when _said != fault.After => null,
            FaultForm.MalformedJson => message[..(message.Length / 2)],
            FaultForm.HugeMessage => $"{message[..^1]},\"padding\":\"{new string('x', Huge)}\"}}",
            FaultForm.UnknownMessage => """{"type":"SomethingNew","channel":"both","start":"soon","words":{"none":true}}""",
            _ => null,
        };
        if (spoilt is null)
            return false;
        _said++;
        await _socket.WriteText(spoilt);
        if (fault.Form == FaultForm.UnknownMessage)
            await _socket.WriteText($"{message[..^1]},\"something_new\":{{\"a\":[1,2]}}}}");
        return true;
    }
}
