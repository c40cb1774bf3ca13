using System.Collections.Concurrent;
using System.Net.Sockets;
using Orleans.Activations;
using Orleans.Cluster;
using Orleans.Runtime;

namespace Orleans.Wire;

/// <summary>
/// One open connection between two processes. Requests go either way, and so do their answers. When it ends, the calls that wait for an answer fail at
/// once: whether they ran is unknown.
/// </summary>
sealed class Connection : IDisposable
{
    readonly Socket _socket;
    readonly FrameReader _reader;
    readonly OutgoingFrames _outgoing;
    readonly ClusterNode _node;
    readonly ConcurrentDictionary<long, RequestBase> _pending = new();
    readonly CancellationTokenSource _ending = new();
    readonly Lock _gate = new();
    readonly Pings _pings;
    bool _peerLeaves;
    long _number;
    int _unanswered;

    internal Connection(Socket socket, FrameReader reader, PeerIdentity peer, ClusterNode node)
    {
        _socket = socket;
        _reader = reader;
        _reader.Longest = OutgoingFrame.Longest;
        _node = node;
        _outgoing = new OutgoingFrames(socket, node.Lease);
        _pings = new Pings(node.Time);
        Peer = peer;
    }

    internal PeerIdentity Peer { get; }

    internal bool IsOpen => !_ending.IsCancellationRequested && !_peerLeaves;

    /// <summary>Completes when the peer knows that this process leaves, or the connection has ended.</summary>
    internal TaskCompletionSource LeavingSeen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether calls of the peer are still without an answer, or answers not yet sent.</summary>
    internal bool IsBusy => IsOpen && (Volatile.Read(ref _unanswered) > 0 || !_outgoing.IsEmpty);

    /// <summary>Sends and receives until the connection ends. Never throws.</summary>
    internal async Task Run()
    {
        var sending = _outgoing.Run(_ending.Token);
        try
        {
            while (await _reader.Read(_ending.Token) is { } frame)
                Receive(frame.Span);
        }
        catch (MalformedFrameException flaw)
        {
            _node.Log.MalformedFrame(Peer.Name, flaw.Message);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other process has ended or this one closes: either way whoever waits is told below.
        }

        catch (Exception error)
        {
            _node.Log.ConnectionBroke(Peer.Name, error);
        }

        Close();
        try
        {
            await sending;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }

        FailPending();
        _reader.Dispose();
    }

    /// <summary>Ends it. Calls that wait fail at once.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            if (_ending.IsCancellationRequested)
                return;
            _ending.Cancel();
        }

        _outgoing.Close();
        _socket.Dispose();
        FailPending();
        LeavingSeen.TrySetResult();
    }

    public void Dispose() => Close();

    /// <summary>
    /// Sends a call. False: the connection takes no calls any more, and this one was not sent. Throws <see cref="OrleansMessageRejectionException"/> when
    /// the peer is too slow.
    /// </summary>
    internal bool TryRequest(GrainId target, RequestBase call)
    {
        var number = Interlocked.Increment(ref _number);
        var frame = _node.Messages.Request(number, target, call);
        if (!call.IsOneWay)
        {
            (call.Journey.Via, call.Journey.Number) = (this, number);
            _pending[number] = call;
        }

        if (TrySend(frame, $"{call.Name} can't be sent"))
            return true;
        _pending.TryRemove(number, out _);
        return false;
    }

    /// <summary>Nobody waits for this answer any more.</summary>
    internal void Forget(long number) => _pending.TryRemove(number, out _);

    /// <summary>Whether the peer says anything within this time.</summary>
    internal Task<bool> IsAlive(TimeSpan limit) => _pings.Ask(() => SendIfPossible(new OutgoingFrame(FrameKind.Ping)), limit);

    /// <summary>Tells the peer to send no further requests.</summary>
    internal void SayLeaving() => SendIfPossible(new OutgoingFrame(FrameKind.Leaving));

    void FailPending()
    {
        foreach (var (number, call) in _pending)
        {
            if (_pending.TryRemove(number, out _))
                _node.Process.Fail(call, new SiloUnavailableException($"{call.Name}: the connection to {Peer.Name} was lost. It may or may not have run."));
        }
    }

    bool TrySend(OutgoingFrame frame, string what)
    {
        frame.Finished(what);
        bool isFull;
        lock (_gate)
        {
            if (!IsOpen)
            {
                frame.Dispose();
                return false;
            }

            if (_outgoing.TryAdd(frame, out isFull))
                return true;
        }

        return isFull ? throw new OrleansMessageRejectionException($"{what}: {Peer.Name} is too slow, too much waits for it already.") : false;
    }

    // What nobody waits for here may be lost: the other side's time limit ends its wait.
    void SendIfPossible(OutgoingFrame frame) => _outgoing.TryAdd(frame.Finished("control"), out _);

    void Receive(ReadOnlySpan<byte> bytes)
    {
        var frame = new IncomingFrame(bytes);
        switch (frame.Kind())
        {
            case FrameKind.Request:
                ReceiveRequest(ref frame);
                break;
            case FrameKind.Answer or FrameKind.Fault:
                ReceiveAnswer(new IncomingFrame(bytes));
                break;
            case FrameKind.Ping:
                SendIfPossible(new OutgoingFrame(FrameKind.Pong));
                break;
            case FrameKind.Pong:
                _pings.Answered();
                break;
            case FrameKind.Leaving:
                lock (_gate)
                {
                    _peerLeaves = true;
                    SendIfPossible(new OutgoingFrame(FrameKind.LeavingSeen));
                }

                _node.Peers.Leaves(this);
                break;
            case FrameKind.LeavingSeen:
                LeavingSeen.TrySetResult();
                break;
            default:
                throw new MalformedFrameException("its kind is unknown");
        }
    }

    void ReceiveRequest(ref IncomingFrame frame)
    {
        var (number, target, call, refused) = _node.Messages.ReadRequest(ref frame);
        if (call is null)
        {
            SendIfPossible(_node.Messages.Fault(number, refused!));
            return;
        }

        if (!call.IsOneWay)
            _ = AnswerOnce(number, call);
        _node.Process.Receive(target, call);
    }

    async Task AnswerOnce(long number, RequestBase call)
    {
        Interlocked.Increment(ref _unanswered);
        try
        {
            await call.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            SendIfPossible(_node.Messages.Answer(number, call));
        }
        finally
        {
            Interlocked.Decrement(ref _unanswered);
        }
    }

    void ReceiveAnswer(IncomingFrame frame)
    {
        var isFault = frame.Kind() == FrameKind.Fault;
        if (!_pending.TryRemove(frame.Long(), out var call))
            return;
        _node.Process.Pending.Remove(call);
        try
        {
            _node.Messages.ReadAnswer(ref frame, isFault, call);
        }
        catch (MalformedFrameException)
        {
            call.Fail(new SiloUnavailableException($"{call.Name}: {Peer.Name} sent an answer that is malformed."));
            throw;
        }
    }
}
