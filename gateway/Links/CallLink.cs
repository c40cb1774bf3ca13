using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Sockets;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Links;

/// <summary>
/// This gateway's end of one call: tells the call who is connected here, and fans out what comes from its speakers. Each message is encoded
/// once, whoever gets it.
/// </summary>
sealed class CallLink : IGatewayLink, IAsyncDisposable
{
    static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);

    // A renewal that went by way of a silo that hangs is made again before the lease of 6 s is over: a call that forgets a gateway has its speakers drop what was on its way there.
    static readonly TimeSpan RenewLimit = TimeSpan.FromSeconds(1.5);

    // Longer than it takes until a silo that died is known to be dead, and its call answers elsewhere.
    static readonly TimeSpan HeardLimit = TimeSpan.FromSeconds(10);

    readonly CallId _call;
    readonly GatewayId _gateway;
    readonly IClusterClient _grains;
    readonly TimeProvider _time;
    readonly Dictionary<ParticipantId, SpeakerStream> _streams = [];
    readonly Dictionary<ParticipantId, RosterEntry> _roster = [];
    readonly CatchUps _catchUps;
    readonly SemaphoreSlim _seatsChanged = new(0, 1);
    readonly CancellationTokenSource _closing = new();
    readonly IGatewayLink _reference;
    readonly Task _renewing;
    ImmutableArray<Connection> _connections = [];
    ImmutableArray<Connection> _speakers = [];
    ImmutableArray<Audience> _audiences = [];
    ImmutableArray<Seat> _gone = [];
    TaskCompletionSource _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    AudienceVersion _rosterVersion;

    public CallLink(CallId call, GatewayId gateway, IClusterClient grains, TimeProvider time)
    {
        (_call, _gateway, _grains, _time) = (call, gateway, grains, time);
        _reference = grains.CreateObjectReference<IGatewayLink>(this);
        _catchUps = new CatchUps(call, gateway, grains, time);
        _renewing = RenewAll();
    }

    public IGatewayLink Reference => _reference;

    public GatewayId Gateway => _gateway;

    public ImmutableArray<Connection> Connections => _connections;

    /// <summary>Who hears, as far as the call has told: the last whole audience, and what came after it. For speakers that lost their activation.</summary>
    public ImmutableArray<Audience> Audiences => _audiences;

    /// <summary>A connection is about to connect as its participant, whose checkpoints belong to it.</summary>
    public void Expect(Connection connection) => ImmutableInterlocked.Update(ref _speakers, static (all, added) => all.Add(added), connection);

    /// <summary>Adds a connection, closes an older one of the same participant, and completes when the call knows.</summary>
    public Task Seat(Connection connection)
    {
        foreach (var other in _connections.Where(other => other.Participant == connection.Participant && other != connection))
        {
            var older = other.Epoch > connection.Epoch ? connection : other;
            older.Close(CloseCode.Replaced);
            if (older == connection)
                return Task.CompletedTask;
            Unseat(older);
        }

        // Together, or a stream that begins meanwhile would be unknown to the newcomer.
        lock (_streams)
        {
            foreach (var (speaker, stream) in _streams)
                connection.Send(new StreamMessage(stream.Number, speaker.Value));
            ImmutableInterlocked.Update(ref _connections, static (all, added) => all.Add(added), connection);
        }

        return RenewNow();
    }

    /// <param name="connection">It has its seat no longer.</param>
    /// <param name="hasLeft">The call is told so by itself.</param>
    public void Unseat(Connection connection, bool hasLeft = false)
    {
        if (!hasLeft && _connections.Contains(connection))
            ImmutableInterlocked.Update(ref _gone, static (all, gone) => all.Add(gone), connection.Seat);
        ImmutableInterlocked.Update(ref _connections, static (all, removed) => all.Remove(removed), connection);
        ImmutableInterlocked.Update(ref _speakers, static (all, removed) => all.Remove(removed), connection);
        Wake();
    }

    /// <summary>Who left could not tell the call so: the link does.</summary>
    public void LeftUnheard(Seat seat)
    {
        ImmutableInterlocked.Update(ref _gone, static (all, gone) => all.Add(gone), seat);
        Wake();
    }

    /// <summary>Tells the call at once; completes when it has heard. One that does not answer is told again for 10 s, then this throws what it answered last.</summary>
    public async Task RenewNow()
    {
        var begun = _time.GetTimestamp();
        var round = NextRound();
        Wake();
        while (true)
        {
            try
            {
                await round;
                return;
            }
            catch (Exception) when (_time.GetElapsedTime(begun) < HeardLimit)
            {
                round = NextRound();
            }
        }
    }

    public Task<CommitOutcome> Commit(CommitRequest request)
    {
        // Of two connections of the participant one is on its way out.
        var outcomes = _speakers.Where(connection => connection.Participant == request.Speaker).Select(connection => connection.Keep(request)).ToList();
        foreach (var outcome in (CommitOutcome[])[CommitOutcome.Kept, CommitOutcome.Refused, CommitOutcome.NotYet])
        {
            if (outcomes.Contains(outcome))
                return Task.FromResult(outcome);
        }

        return Task.FromResult(CommitOutcome.Absent);
    }

    public Task Deliver(DeliveryBatch batch)
    {
        var stream = StreamOf(batch.Speaker);
        if (!stream.Accepts(batch.Fence))
            return Task.CompletedTask;
        var connections = _connections;
        foreach (var delivery in batch.Deliveries)
        {
            if (delivery is CaughtUpDelivery missed)
                CatchUp(batch.Speaker, stream, missed, connections);
            else
                FanOut(batch.Speaker, stream, delivery, connections);
        }

        return Task.CompletedTask;
    }

    public Task Announce(Roster roster, Audience audience)
    {
        if (roster.Version.CompareTo(_rosterVersion) < 0)
            return Task.CompletedTask;
        _rosterVersion = roster.Version;
        _audiences = audience.IsPartial ? [.. _audiences.Where(static known => !known.IsPartial), audience] : [audience];
        if (!roster.IsPartial)
            _roster.Clear();
        foreach (var entry in roster.Entries)
            _roster[entry.Participant] = entry;
        var message = ProtocolJson.Write(new RosterMessage([.. _roster.Values.OrderBy(static entry => entry.Participant.Value, StringComparer.Ordinal)
            .Select(static entry => new RosterParticipant(
                entry.Participant.Value, entry.Name, entry.Language.Tag, entry.IsConnected, entry.IsMuted, entry.MaySpeak))]));
        foreach (var connection in _connections)
        {
            var entry = roster.Entries.FirstOrDefault(entry => entry.Participant == connection.Participant);
            if (entry is not null && entry.Epoch > connection.Epoch)
            {
                connection.Close(CloseCode.Replaced);
                continue;
            }

            connection.Send(message);
            // From then on all speakers send what they have here.
            if (entry is { IsConnected: true } && entry.Epoch == connection.Epoch)
                _catchUps.Begin(connection, _roster.Values, isWhole: !roster.IsPartial);
        }

        return Task.CompletedTask;
    }

    public Task Moved()
    {
        Wake();
        return Task.CompletedTask;
    }

    public Task Ended(EndReason reason)
    {
        foreach (var connection in _connections)
            connection.End(reason == EndReason.Empty ? "empty" : "requested");
        return Task.CompletedTask;
    }

    /// <summary>
    /// Ends the link; the call learns at once that nobody is connected here any more. One whose silo has just died learns it by the activation that this calls up: nobody else may
    /// be there who would.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await RenewNow();
        }
        catch (Exception)
        {
            // Whatever it was: then the call learns it when the lease runs out, and participants end by themselves.
        }

        await _closing.CancelAsync();
        await _renewing;
        await _catchUps.DisposeAsync();
        _grains.DeleteObjectReference<IGatewayLink>(_reference);
    }

    static void FanOut(ParticipantId speaker, SpeakerStream stream, Delivery delivery, ImmutableArray<Connection> connections)
    {
        var shared = stream.Take(delivery);
        byte[]? message = null;
        foreach (var connection in connections)
        {
            if (connection.Hear(speaker, delivery, shared) is not { } heard)
                continue;
            if (ReferenceEquals(heard, shared))
                Send(connection, speaker, delivery, message ??= Encoding.Of(speaker, stream.Number, heard));
            else
                Send(connection, speaker, delivery, Encoding.Of(speaker, stream.Number, heard));
        }
    }

    static void CatchUp(ParticipantId speaker, SpeakerStream stream, CaughtUpDelivery missed, ImmutableArray<Connection> connections)
    {
        foreach (var connection in connections.Where(connection => connection.Participant == missed.Listener))
        {
            foreach (var heard in connection.Listening.CatchUp(speaker, missed.Items))
                Send(connection, speaker, heard.Delivery, Encoding.Of(speaker, stream.Number, heard));
        }
    }

    static void Send(Connection connection, ParticipantId speaker, Delivery delivery, byte[] message)
    {
        connection.Send(message, delivery is OriginalDelivery or SpeechChunkDelivery, delivery is SpeechEndDelivery);
        connection.Played.Note(speaker, delivery);
    }

    SpeakerStream StreamOf(ParticipantId speaker)
    {
        lock (_streams)
        {
            if (_streams.TryGetValue(speaker, out var stream))
                return stream;
            _streams[speaker] = stream = new SpeakerStream(_streams.Count + 1);
            var message = ProtocolJson.Write(new StreamMessage(stream.Number, speaker.Value));
            foreach (var connection in _connections)
                connection.Send(message);
            return stream;
        }
    }

    Task NextRound()
    {
        lock (_seatsChanged)
            return _renewed.Task;
    }

    async Task RenewAll()
    {
        try
        {
            while (true)
                await _seatsChanged.WaitAsync(await RenewOnce(), _closing.Token);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The last connection of this call is gone; the call learned of it by the renewal before.
        }
    }

    async Task<TimeSpan> RenewOnce()
    {
        TaskCompletionSource renewed;
        lock (_seatsChanged)
            (renewed, _renewed) = (_renewed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            var gone = _gone;
            var seats = _connections.Select(static connection => connection.Seat).ToImmutableArray();
            if (await _grains.GetGrain<ICallGrain>(_call.Value).Renew(new LinkRenewal(_gateway, _reference, seats, gone)).WaitAsync(RenewLimit, _time) == RenewOutcome.HasEnded)
                await Ended(EndReason.Requested);
            ImmutableInterlocked.Update(ref _gone, static (all, told) => all.RemoveRange(told), gone);
            renewed.TrySetResult();
            return RenewEvery;
        }
        catch (Exception error) when (error is not OperationCanceledException || !_closing.IsCancellationRequested)
        {
            // Whatever keeps the call from answering, its lease is renewed again and again.
            renewed.TrySetException(error);
            _ = renewed.Task.Exception; // Nobody may be waiting for this round.
            return RetryAfter;
        }
    }

    /// <summary>Tells the call soon.</summary>
    public void Wake()
    {
        lock (_seatsChanged)
        {
            if (_seatsChanged.CurrentCount == 0)
                _seatsChanged.Release();
        }
    }
}
