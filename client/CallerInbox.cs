using System.Threading.Channels;
using VoiceGrains.Audio;
using VoiceGrains.Protocol;

namespace VoiceGrains.Client;

/// <summary>What comes to a <see cref="Caller"/> over all its connections, as one stream of events without repetition; and what it must remember of it.</summary>
sealed class CallerInbox(SentFrames said, AudioFormat format, TimeProvider time)
{
    // A reader that stops reading holds up the socket, and through it the server, which then drops audio.
    readonly Channel<CallEvent> _events = Channel.CreateBounded<CallEvent>(10_000);
    readonly SemaphoreSlim _taking = new(1, 1);
    readonly HeardSpeech _heard = new(format);
    CallerConnection? _current;
    string? _checkpoint;
    long _recorded;
    long _lastCameAt;

    public ChannelReader<CallEvent> Events => _events.Reader;

    /// <summary>Everything up to here is recorded.</summary>
    public long Recorded => Interlocked.Read(ref _recorded);

    /// <summary>A connection takes the place of the one before.</summary>
    public async Task Begin(CallerConnection connection, bool isAgain)
    {
        await Raise(new CallerConnected(time.GetTimestamp(), connection.Gateway, connection.Client.Welcome, isAgain));
        (_current, _lastCameAt) = (connection, time.GetTimestamp());
        connection.Start(Take);
    }

    /// <summary>The hello of somebody who was here before: with all that the server may have lost.</summary>
    public async Task<Hello> HelloAgain(Hello hello)
    {
        await _taking.WaitAsync();
        try
        {
            return hello with { Checkpoint = _checkpoint, Heard = _heard.Tell(time.GetElapsedTime(_lastCameAt)) };
        }
        finally
        {
            _taking.Release();
        }
    }

    public async Task Raise(CallEvent happened)
    {
        try
        {
            await _events.Writer.WriteAsync(happened);
        }
        catch (ChannelClosedException)
        {
            // Nobody listens any more.
        }
    }

    /// <summary>No more events come.</summary>
    public void Complete() => _events.Writer.TryComplete();

    async Task Take(CallerConnection connection, Received received)
    {
        await _taking.WaitAsync();
        try
        {
            _lastCameAt = received.ReceivedAt;
            if (received.Message is null)
                await TakeAudio(connection, received);
            else if (IsNew(connection, received.Message))
                await Raise(new CallerTold(received.ReceivedAt, received.Message));
        }
        finally
        {
            _taking.Release();
        }
    }

    bool IsNew(CallerConnection connection, ServerMessage message)
    {
        switch (message)
        {
            case Ack ack:
                return connection == _current && Take(ack);
            case Resend resend:
                connection.SendFrom(resend.From);
                return false;
            case GatewaysMessage gateways:
                connection.Gateways = gateways.Gateways;
                return false;
            case Moving moving:
                connection.AskToMove(moving.Gateways);
                return false;
            case StreamMessage stream:
                connection.Name(stream);
                return false;
            case Caption caption:
                return _heard.Take(caption);
            case SpeechBegin begin:
                connection.Begin(begin);
                return _heard.Take(begin);
            case SpeechEnd end:
                return _heard.Take(end);
            default:
                // Rosters and notices of a connection that is being left are old.
                return connection == _current;
        }
    }

    bool Take(Ack ack)
    {
        Interlocked.Exchange(ref _recorded, Math.Max(_recorded, ack.Recorded));
        said.Forget(ack.Recorded);
        _checkpoint = ack.Checkpoint ?? _checkpoint;
        return true;
    }

    async Task TakeAudio(CallerConnection connection, Received received)
    {
        var header = received.Header;
        if (header.Kind == FrameKind.Original && connection.SpeakerOf(header.Stream) is { } speaker)
        {
            if (_heard.TakeOriginal(speaker, header.Sequence))
                await Raise(new OriginalHeard(received.ReceivedAt, speaker, header.Sequence, received.Audio));
        }
        else if (header.Kind == FrameKind.Speech && connection.ClauseOf(header.Stream) is { } place
                 && _heard.Take(place, header.MediaTime, received.Audio) is { } fresh)
        {
            await Raise(new SpeechHeard(received.ReceivedAt, place, fresh.Begins, fresh.Audio.ToArray()));
        }
    }
}
