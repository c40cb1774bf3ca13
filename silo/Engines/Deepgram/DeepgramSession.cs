using System.Net.WebSockets;
using System.Threading.Channels;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>
/// One connection to a listen API, in which one loop sends and one hears. It never reconnects: whoever loses it opens another and gives it the audio again.
/// </summary>
sealed class DeepgramSession : IRecognizerSession
{
    // 12 s: the port promises at least 10.
    const int Capacity = 12 * 32_000;

    readonly string _engine;
    readonly Uri _address;
    readonly DeepgramConnections _connections;
    readonly OutgoingAudio _outgoing = new(Capacity);
    readonly SessionEvents _events;
    readonly Listening _listening;
    readonly CancellationTokenSource _closing = new();
    readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One is enough: who is woken looks at everything.
    readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly ITimer _finishTimer;
    readonly Task _running;
    bool _isDisposed;

    public DeepgramSession(string engine, Uri address, DeepgramConnections connections, Func<StreamClock, Turn, ListenDialect> dialect)
    {
        (_engine, _address, _connections) = (engine, address, connections);
        _events = new SessionEvents(engine);
        _listening = new Listening(engine, connections.Options, _events, dialect);
        _finishTimer = connections.Time.CreateTimer(_ => GiveUpFinish(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _running = Run();
    }

    DeepgramOptions Options => _connections.Options;

    public bool TryWrite(ReadOnlyMemory<byte> audio) => _outgoing.TryWrite(audio.Span) && Wake();

    public void FinishSegment()
    {
        _outgoing.Finish();
        Wake();
    }

    public void FinishWords()
    {
        if (!_listening.Dialect.CanFinishWords)
            return;
        _outgoing.FinishWords();
        Wake();
    }

    public void Complete()
    {
        _outgoing.Complete();
        Wake();
    }

    public IAsyncEnumerable<RecognizerEvent> Events(CancellationToken cancellationToken) => _events.ReadAll(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        await _closing.CancelAsync();
        await _running;
        await _finishTimer.DisposeAsync();
        _closing.Dispose();
    }

    bool Wake()
    {
        _news.Writer.TryWrite(true);
        return true;
    }

    async Task Run()
    {
        // Whoever opens a session does not wait for it.
        await Task.Yield();
        try
        {
            await using var place = await _connections.Slots.Take(Options.SlotLimit, _closing.Token);
            using var socket = await _connections.Connect(_engine, _address, _closing.Token);
            _listening.RequestId = socket.RequestId;
            await Converse(socket);
        }
        catch (EngineFaultException fault)
        {
            End(fault);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            End(null);
        }
        catch (Exception error)
        {
            // Whatever it was: the participant gets another session.
            End(_listening.Fault(FaultKind.Transport, "The session broke.", error));
        }
    }

    // Says the outcome at once; the socket is closed after it.
    async Task Converse(ListenSocket socket)
    {
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        await using var sender = new AudioSender(socket, _outgoing, _listening, _news, _finishTimer, _connections);
        var hearing = Hear(socket);
        var talking = sender.Send(sending.Token);
        EngineFaultException? failure = null;
        try
        {
            await Task.WhenAny(hearing, talking, _failed.Task);
            await Outcome(hearing, talking);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Disposed: what is unfinished is dropped.
        }
        catch (EngineFaultException fault)
        {
            failure = fault;
        }

        End(failure);
        await sending.CancelAsync();
        await socket.Close(hearing);
        await Task.WhenAny(talking);
    }

    async Task Outcome(Task hearing, Task talking)
    {
        if (_failed.Task.IsCompleted)
            await _failed.Task;
        // The close that broke the sending tells more, if it comes.
        if (talking.IsFaulted)
            await Task.WhenAny(hearing, Pause(Options.CloseDeadline));
        if (hearing.IsCompleted)
        {
            await hearing;
            return;
        }

        await talking;
        var first = await Task.WhenAny(hearing, _failed.Task, Pause(Options.DrainDeadline));
        _closing.Token.ThrowIfCancellationRequested();
        if (first != hearing && first != _failed.Task)
            throw _listening.Fault(FaultKind.Truncated, "The last words did not come.");
        await first;
    }

    Task Pause(TimeSpan pause) => Task.Delay(pause, _connections.Time, _closing.Token);

    // Ends when the vendor has said everything. Throws the fault otherwise.
    async Task Hear(ListenSocket socket)
    {
        try
        {
            while (await socket.Receive() is { } message)
            {
                var (isOver, isTooLong) = _listening.Hear(message.Span);
                if (isOver)
                    return;
                if (!isTooLong)
                    continue;
                _outgoing.FinishNow();
                Wake();
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            throw _listening.Fault(FaultKind.Transport, "The connection broke.", error);
        }

        _listening.HearClose(socket.CloseStatus, socket.CloseReason);
    }

    void GiveUpFinish()
    {
        try
        {
            if (_listening.GiveUpFinish() is { } fault)
                _failed.TrySetException(fault);
        }
        catch (EngineFaultException fault)
        {
            _failed.TrySetException(fault);
        }
    }

    void End(EngineFaultException? failure)
    {
        _outgoing.Complete();
        _listening.End(failure);
    }
}
