using System.Net.WebSockets;
using VoiceGrains.Audio;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Gateway.Tickets;
using VoiceGrains.Media;
using VoiceGrains.Operations;
using VoiceGrains.Participants;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>What a connection is for one participant: what it hears, what waits for it, and what it keeps of its speaker.</summary>
sealed class Connection(Ticket ticket, WebSocket socket, CheckpointSeal seal, TimeProvider time) : IDisposable
{
    readonly Lock _keeping = new();
    readonly OutgoingQueue _outgoing = new();
    readonly TaskCompletionSource<CloseCode> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _converting = new();
    AudioFormat _out = AudioFormat.Cluster;
    Dictionary<(ushort Stream, FrameKind Kind), AudioConverter>? _converters;
    bool _isDisposed;
    volatile Seat? _seat;
    volatile Checkpoint? _checkpoint;
    Fence? _fence;
    (Fence Fence, long Version)? _kept;

    public ParticipantId Participant => ticket.Participant;

    public int Epoch => _seat?.Epoch ?? 0;

    public Seat Seat => _seat!;

    public FrameRing Ring { get; set; } = new(1);

    /// <summary>What of the speakers came here already, and who is still being asked for the rest.</summary>
    public Listening Listening { get; set; } = Listening.Newcomer;

    /// <summary>What the client plays.</summary>
    public PlayedSpeech Played { get; } = new(time);

    /// <summary>The newest checkpoint of this speaker; null: none yet.</summary>
    public Checkpoint? Checkpoint
    {
        get => _checkpoint;
        set => _checkpoint = value;
    }

    /// <summary>Whether something that was said remains to be finished.</summary>
    public bool HasUnsettled => _checkpoint is { } kept && (!kept.IsSettled || kept.Marks.Recorded < Ring.NextNumber - 1);

    /// <summary>Completes with the reason when the connection must close.</summary>
    public Task<CloseCode> Closed => _closed.Task;

    /// <summary>This connection in figures, for operators.</summary>
    public ConnectionFigures Describe(string gateway)
    {
        var (ring, outgoing) = (Ring.Load, _outgoing.Load);
        return new ConnectionFigures(
            gateway, Epoch, ring.Kept, AudioFormat.Cluster.DurationOf(ring.Bytes), ring.ToSend, Ring.NextNumber, outgoing.Messages, outgoing.AudioBytes, _outgoing.Dropped);
    }

    /// <summary>Format that the client wants to hear.</summary>
    public void SetOutput(AudioFormat format)
    {
        _out = format;
        _converters = format == AudioFormat.Cluster ? null : [];
    }

    /// <summary>The participant's place from now on.</summary>
    public void TakeSeat(Seat seat) => _seat = seat;

    /// <summary>What this listener gets of a delivery. Null: nothing.</summary>
    /// <param name="shared">What is new of it at this gateway.</param>
    public NewDelivery? Hear(ParticipantId speaker, Delivery delivery, NewDelivery? shared) =>
        Wants(speaker, delivery) ? Listening.Take(speaker, delivery, shared) : null;

    bool Wants(ParticipantId speaker, Delivery delivery)
    {
        if (_seat is not { } seat || !seat.Rights.HasFlag(Rights.Listen))
            return delivery is NoticeDelivery { ToSpeaker: true } && speaker == Participant;
        return delivery switch
        {
            NoticeDelivery { ToSpeaker: true } => speaker == Participant,
            CaptionDelivery caption => HearsCaption(seat, caption),
            OriginalDelivery frame => speaker != Participant && HearsOriginal(seat, frame),
            NoticeDelivery notice => seat.Wants.HasFlag(Calls.Wants.Captions) && notice.Language == seat.Language,
            _ => speaker != Participant && seat.Wants.HasFlag(Calls.Wants.Speech) && delivery.Language == seat.Language,
        };
    }

    /// <param name="endsAudio">Says that all audio of a clause has come.</param>
    public void Send(byte[] message, bool isAudio = false, bool endsAudio = false)
    {
        var bytes = isAudio && _converters is not null ? Convert(message) : message;
        if (!_outgoing.Add(new Outgoing(bytes, isAudio, endsAudio)))
            Close(CloseCode.TooSlow);
    }

    public void Send(ServerMessage message) => Send(ProtocolJson.Write(message));

    /// <summary>Tells the client what it did wrong, and closes if it can't go on.</summary>
    public void Refuse(string code, string message, CloseCode? close = null)
    {
        Send(new Error(code, message, close is not null));
        if (close is { } reason)
            Close(reason);
    }

    public void End(string reason)
    {
        Send(new Ended(reason));
        Close(CloseCode.Ended);
    }

    /// <summary>The first reason counts. What waits is still sent, without audio.</summary>
    public void Close(CloseCode code)
    {
        _closed.TrySetResult(code);
        _outgoing.Complete();
    }

    /// <summary>Only the activation with this claim may speak for the participant from now on.</summary>
    public void Attach(Fence fence)
    {
        lock (_keeping)
            _fence = fence;
    }

    /// <summary>Keeps a checkpoint, if it comes from the activation that this connection is attached to.</summary>
    public CommitOutcome Keep(CommitRequest commit)
    {
        lock (_keeping)
        {
            if (_closed.Task.IsCompleted)
                return CommitOutcome.Absent;
            if (_fence is not { } fence || commit.Fence.CompareTo(fence) > 0)
                return CommitOutcome.NotYet;
            if (commit.Fence.CompareTo(fence) < 0)
                return CommitOutcome.Refused;
            // One that was asked to be kept twice may come late.
            if (_kept is { } kept && kept.Fence == commit.Fence && kept.Version >= commit.Checkpoint.Version)
                return CommitOutcome.Kept;
            (_checkpoint, _kept) = (commit.Checkpoint, (commit.Fence, commit.Checkpoint.Version));
        }

        var marks = commit.Checkpoint.Marks;
        Ring.Cover(marks.Covered);
        var sealedCheckpoint = seal.Seal(ticket.Call, ticket.Participant, commit.Checkpoint);
        // One that would not be taken back is of no use to the client; the one before it is.
        Send(new Ack(marks.Covered, marks.Recorded, commit.Taken, sealedCheckpoint.Length <= CheckpointSeal.Longest ? sealedCheckpoint : null));
        if (commit.IsRewound)
            Rewind(commit.Checkpoint.ResumeFrom);
        return CommitOutcome.Kept;
    }

    /// <summary>Tells the client that its frames are taken.</summary>
    public void TellTaken(long number)
    {
        var marks = _checkpoint?.Marks ?? default;
        Send(new Ack(marks.Covered, marks.Recorded, number));
    }

    /// <summary>Sends again from a number on; what this gateway does not have, the client sends again.</summary>
    public void Rewind(long number)
    {
        if (!Ring.TryRewind(number))
            Send(new Resend(number));
    }

    /// <summary>Sends what waits, until the connection closes and its last messages are out.</summary>
    public async Task WriteAll()
    {
        try
        {
            while (await _outgoing.Take() is { } next)
            {
                using var limit = new CancellationTokenSource(ConnectionLimits.SendLimit, time);
                await socket.SendAsync(next.Message, next.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, limit.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The client is gone or does not read. A reason given before stands.
            Close(CloseCode.TooSlow);
        }
    }

    public void Dispose()
    {
        lock (_converting)
        {
            _isDisposed = true;
            if (_converters is null)
                return;
            foreach (var converter in _converters.Values)
                converter.Dispose();
        }
    }

    static bool HearsCaption(Seat seat, CaptionDelivery caption)
    {
        return caption.Language == caption.SpokenLanguage
            ? seat.Wants.HasFlag(Calls.Wants.OriginalCaptions) || (seat.Wants.HasFlag(Calls.Wants.Captions) && caption.Language.IsSpokenLike(seat.Language))
            : seat.Wants.HasFlag(Calls.Wants.Captions) && caption.Language == seat.Language;
    }

    static bool HearsOriginal(Seat seat, OriginalDelivery frame) => seat.Wants.HasFlag(Calls.Wants.Original)
        || (seat.Wants.HasFlag(Calls.Wants.Speech) && frame.Language.IsSpokenLike(seat.Language));

    // Each stream keeps its own state, or voices would click into each other.
    ReadOnlyMemory<byte> Convert(byte[] message)
    {
        FrameHeader.TryRead(message, out var header);
        lock (_converting)
        {
            if (_isDisposed)
                return default;
            if (!_converters!.TryGetValue((header.Stream, header.Kind), out var converter))
                _converters[(header.Stream, header.Kind)] = converter = new AudioConverter(AudioFormat.Cluster, _out);
            return header.WithAudio(converter.Convert(message.AsSpan(FrameHeader.Size)));
        }
    }
}
