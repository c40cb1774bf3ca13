using System.Net.WebSockets;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>One socket from hello to close.</summary>
sealed partial class CallSocket(Ticket ticket, WebSocket socket, GatewayId gateway, CallLink link, CallSocketServices services)
{
    static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);
    static readonly TimeSpan ResumeValidity = TimeSpan.FromHours(12);

    readonly Connection _connection = new(ticket, socket, services.Seal, services.Time);
    readonly CancellationTokenSource _over = new();
    Task _moving = Task.CompletedTask;

    ICallGrain Call => services.Grains.GetGrain<ICallGrain>(ticket.Call.Value);

    public async Task Run(CancellationToken stopping)
    {
        using var stop = stopping.Register(() => _moving = Move());
        using var reader = new ClientReader(socket, _connection, services.Time);
        var writing = _connection.WriteAll();
        var talking = Talk(reader);
        await Task.WhenAny(_connection.Closed, talking);

        // The client closed, or we must: either way the writer sends its last messages, then the reason, and the reader ends with the socket.
        _connection.Close(CloseCode.Normal);
        link.Unseat(_connection);
        await writing;
        await SocketClosing.Close(socket, await _connection.Closed, talking, services.Time);
        await _over.CancelAsync();
        await talking;
        await _moving;
        // It may have taken its seat meanwhile.
        link.Unseat(_connection);
        _connection.Dispose();
    }

    // The client connects elsewhere first: that replaces this connection, and closes it.
    async Task Move()
    {
        var others = await services.Presence.Remaining();
        if (others.Count > 0)
        {
            _connection.Send(new Moving(others));
            await Task.WhenAny(_connection.Closed, Task.Delay(ConnectionLimits.MoveLimit, services.Time, _over.Token));
        }

        _connection.Close(CloseCode.Draining);
    }

    async Task Talk(ClientReader reader)
    {
        try
        {
            if (await ReadHello(reader) is not { } greeting || await Enter(greeting, reader) is not { } pump)
                return;
            var speaking = pump.SpeakAll(_over.Token);
            await Listen(reader, pump);
            await _over.CancelAsync();
            await speaking;
        }
        catch (Exception error) when (error is TimeoutException or OrleansException)
        {
            _connection.Refuse("unavailable", "The cluster can't be reached just now. Connect again.", CloseCode.Unavailable);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The connection closes.
        }
        catch (Exception error)
        {
            // A store that is away reaches us as whatever its driver throws.
            LogBroken(services.Logger, error);
            _connection.Refuse("unavailable", "The cluster can't be reached just now. Connect again.", CloseCode.Unavailable);
        }
    }

    async Task<Greeting?> ReadHello(ClientReader reader)
    {
        // Frames before the hello have no place to go.
        _connection.TakeSeat(new Seat(ticket.Participant, ticket.Name, 0, ticket.Language, Wants.None, Rights.None, false));
        var next = reader.Next(_over.Token);
        try
        {
            await next.WaitAsync(ConnectionLimits.HelloLimit, services.Time);
        }
        catch (TimeoutException)
        {
            // The read itself is not cancelled: that would reset the connection, and the reason would be lost.
            _connection.Refuse("no-hello", "The first message must be a hello, within 10 s.", CloseCode.NoHello);
        }

        var first = await next;
        if (_connection.Closed.IsCompleted)
            return null; // Too late.
        reader.EndHello();
        if (first is Hello hello)
        {
            if (Handshake.TryRead(hello, ticket, services.Time, out var greeting, out var mistake))
                return greeting;
            _connection.Refuse(mistake.Code, mistake.Message, CloseCode.ProtocolError);
        }
        else if (first is not null)
        {
            _connection.Refuse("no-hello", "The first message must be a hello.", CloseCode.ProtocolError);
        }

        return null;
    }

    async Task<SpeakPump?> Enter(Greeting greeting, ClientReader reader)
    {
        ticket = ticket with { Name = greeting.Name };
        var joined = await Call.Join(new JoinRequest(ticket.Tenant, ticket.Participant, ticket.Name, ticket.Rights, ticket.OnceId));
        if (Refusal(joined) is { } refusal)
        {
            _connection.Refuse(refusal.Code, refusal.Message, refusal.Close);
            return null;
        }

        if (!TakeCheckpoint(greeting))
            return null;
        var request = new ConnectRequest(
            ticket.Tenant,
            ticket.Name,
            gateway,
            link.Reference,
            Guid.NewGuid().ToString("N"),
            ticket.Use == TicketUse.Resume ? ticket.Epoch + 1 : 0,
            Attach: 0,
            greeting.Language,
            greeting.Voice,
            ticket.Rights.HasFlag(Rights.Speak),
            _connection.Checkpoint,
            [],
            ticket.Person,
            ticket.Interpreting);
        link.Expect(_connection);
        var participant = services.Grains.GetGrain<IParticipantGrain>(GrainKeys.Of(ticket.Call, ticket.Participant));
        var pump = new SpeakPump(participant, request, _connection, link, services.Time);
        if (await pump.Connect(_over.Token) is not { } connected)
        {
            _connection.Refuse("replaced", "A newer connection of this participant exists.", CloseCode.Replaced);
            return null;
        }

        await Welcome(greeting, connected, reader);
        return pump;
    }

    bool TakeCheckpoint(Greeting greeting)
    {
        if (greeting.Checkpoint is null)
            return true;
        var (checkpoint, flaw) = services.Seal.Open(ticket.Call, ticket.Participant, greeting.Checkpoint);
        _connection.Checkpoint = checkpoint;
        if (flaw == SealFlaw.NotOurs)
        {
            _connection.Refuse(
                "checkpoint-not-ours", "'checkpoint' is not one that this participant got in this call. Send the newest, as it came.", CloseCode.ProtocolError);
            return false;
        }

        if (flaw == SealFlaw.OtherVersion)
            _connection.Refuse("checkpoint-version", "'checkpoint' was made by another version of the server. The connection goes on without it.");
        return true;
    }

    async Task Welcome(Greeting greeting, ConnectOutcome connected, ClientReader reader)
    {
        var epoch = connected.Fence!.Value.Epoch;
        reader.SetInput(greeting.In);
        _connection.SetOutput(greeting.Out);
        _connection.Ring = new FrameRing(connected.NextNumber);
        _connection.Listening = greeting.Listening;
        _connection.TakeSeat(new Seat(ticket.Participant, ticket.Name, epoch, greeting.Language, greeting.Wants, ticket.Rights, IsMuted: false));
        var now = services.Time.GetUtcNow();
        var resume = ticket with { Use = TicketUse.Resume, Epoch = epoch, OnceId = null, IssuedAt = now, ExpiresAt = now + ResumeValidity };
        _connection.Send(new Welcome(
            ticket.Call.Value,
            ticket.Participant.Value,
            epoch,
            connected.NextNumber,
            connected.Marks.Covered,
            connected.Marks.Recorded,
            services.Tickets.Sign(resume),
            connected.CanBeRecognized,
            services.Presence.All));
        // A delivery that comes before the connection has its seat would be dropped.
        if (!connected.CanBeRecognized)
            _connection.Send(Encoding.NoRecognizer);
        // Checkpoints come with acknowledgements, and the welcome is the first message.
        _connection.Attach(connected.Fence!.Value);
        await link.Seat(_connection);
    }

    async Task Listen(ClientReader reader, SpeakPump pump)
    {
        while (await reader.Next(_over.Token) is { } message)
        {
            switch (message)
            {
                case Say say when !_connection.Seat.Rights.HasFlag(Rights.Speak):
                    _connection.Refuse("may-not-speak", "This ticket does not give the right to speak.", CloseCode.ProtocolError);
                    break;
                case Say say:
                    reader.TakeText(say);
                    break;
                case ChangeLanguage change:
                    await Change(change, pump);
                    break;
                case Want want:
                    await Change(want);
                    break;
                case Mute mute:
                    await Reseat(_connection.Seat with { IsMuted = mute.Muted });
                    break;
                case Ping:
                    _connection.Send(new Pong());
                    break;
                case Leave:
                    await pump.Drain(DrainLimit, _over.Token);
                    await GiveUpSeat(pump.Fence.Epoch);
                    _connection.Close(CloseCode.Left);
                    return;
                default:
                    _connection.Refuse("second-hello", "A connection has one hello only.");
                    break;
            }
        }
    }

    async Task GiveUpSeat(int epoch)
    {
        // Its seat first, or the next renewal would give the place back.
        link.Unseat(_connection, hasLeft: true);
        try
        {
            await Call.Leave(ticket.Participant, epoch);
        }
        catch (Exception)
        {
            link.LeftUnheard(_connection.Seat);
            throw;
        }
    }

    async Task Change(ChangeLanguage change, SpeakPump pump)
    {
        if (!Language.TryParse(change.Language, out var language))
        {
            _connection.Refuse("bad-language", "'language' is no language tag. Use BCP 47, for example en, pt-BR or zh-Hant.");
            return;
        }

        // What was said before the change was said in the language before it.
        await pump.Drain(DrainLimit, _over.Token);
        await services.Grains.GetGrain<IParticipantGrain>(GrainKeys.Of(ticket.Call, ticket.Participant)).ChangeLanguage(pump.Fence, language);
        await Reseat(_connection.Seat with { Language = language });
    }

    async Task Change(Want want)
    {
        if (Handshake.TryReadWants(want.Wants, out var wants))
            await Reseat(_connection.Seat with { Wants = wants });
        else
            _connection.Refuse("bad-wants", "'wants' may hold: captions, speech, original, original-captions.");
    }

    Task Reseat(Seat seat)
    {
        _connection.TakeSeat(seat);
        return link.RenewNow();
    }

    static (string Code, string Message, CloseCode Close)? Refusal(JoinOutcome outcome) => outcome switch
    {
        JoinOutcome.Joined => null,
        JoinOutcome.Unknown => ("call-unknown", "There is no such call. Open one with POST /v1/calls.", CloseCode.Ended),
        JoinOutcome.HasEnded => ("call-ended", "The call is over. Open another with POST /v1/calls.", CloseCode.Ended),
        JoinOutcome.TicketIsUsed => ("ticket-used", "This ticket works once and was used. Ask for another.", CloseCode.TicketRefused),
        _ => ("call-full", "The call has no free place. Try later, or open it with a higher maxParticipants.", CloseCode.Full),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection was closed because the cluster did not answer as it must.")]
    static partial void LogBroken(ILogger logger, Exception error);
}

/// <summary>What sockets need of the gateway.</summary>
sealed record CallSocketServices(
    IClusterClient Grains, TicketSigner Tickets, CheckpointSeal Seal, GatewayPresence Presence, TimeProvider Time, ILogger<CallSocketServices> Logger);
