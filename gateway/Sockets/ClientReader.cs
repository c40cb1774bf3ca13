using System.Buffers;
using System.Net.WebSockets;
using VoiceGrains.Audio;
using VoiceGrains.Participants;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>Reads what a client sends, and holds it to the limits of the protocol.</summary>
sealed class ClientReader : IDisposable
{
    static readonly int LargestMessage = Math.Max(ConnectionLimits.LargestTextMessage, ConnectionLimits.LargestBinaryMessage);

    readonly WebSocket _socket;
    readonly Connection _connection;
    readonly TimeProvider _time;
    readonly TokenBucket _messages;
    readonly ReadingPace _pace;

    // Smaller from the hello on.
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(ConnectionLimits.LargestHello + 1);
    int _largestText = ConnectionLimits.LargestHello;
    AudioConverter? _converter;
    AudioFormat _format = AudioFormat.Cluster;
    bool _hasToldOfGap;

    public ClientReader(WebSocket socket, Connection connection, TimeProvider time)
    {
        (_socket, _connection, _time) = (socket, connection, time);
        _messages = new TokenBucket(ConnectionLimits.MessageBurst, ConnectionLimits.MessagesPerSecond, time);
        _pace = new ReadingPace(time);
    }

    public void SetInput(AudioFormat format)
    {
        _format = format;
        _converter = format == AudioFormat.Cluster ? null : new AudioConverter(format, AudioFormat.Cluster);
    }

    /// <summary>The hello was read: what comes now is smaller.</summary>
    public void EndHello()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(LargestMessage + 1);
        _largestText = ConnectionLimits.LargestTextMessage;
    }

    /// <summary>The next text message; frames on the way go to the connection's ring. Null: the connection is over.</summary>
    public async Task<ClientMessage?> Next(CancellationToken cancellationToken)
    {
        while (await Receive(cancellationToken) is { } received)
        {
            if (received.MessageType == WebSocketMessageType.Binary)
            {
                if (!await TakeFrame(_buffer.AsMemory(0, received.Count), cancellationToken))
                    return null;
            }
            else
            {
                return ReadMessage(_buffer.AsSpan(0, received.Count));
            }
        }

        return null;
    }

    /// <summary>Takes typed text into the ring; a text that is refused still uses up its number.</summary>
    public void TakeText(Say say)
    {
        if (!IsNext(say.Number))
            return;
        var text = say.Text.Trim();
        if (text.Length > ConnectionLimits.LongestText)
            _connection.Refuse("text-too-long", $"A text may have {ConnectionLimits.LongestText} characters. Send it in parts.");
        else if (PlainText.HasHidden(text))
            _connection.Refuse("text-hidden-characters", "The text holds control characters or marks that override its direction. Remove them.");
        else if (text.Length == 0)
            _connection.Refuse("text-empty", "The text is empty.");
        var isGood = text.Length is > 0 and <= ConnectionLimits.LongestText && !PlainText.HasHidden(text);
        _connection.Ring.Add(new SpokenText(say.Number, isGood ? PlainText.OneLine(text) : ""));
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _converter?.Dispose();
    }

    async Task<ValueWebSocketReceiveResult?> Receive(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(length, Math.Max(_largestText, LargestMessage) + 1 - length), cancellationToken);
            }
            catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                return null;
            }

            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            var most = part.MessageType == WebSocketMessageType.Text ? _largestText : ConnectionLimits.LargestBinaryMessage;
            if (length > most)
            {
                _connection.Refuse("message-too-large", $"A message of this kind may have {most} bytes. Send less at once.", CloseCode.ProtocolError);
                return null;
            }

            if (part.EndOfMessage)
                return new ValueWebSocketReceiveResult(length, part.MessageType, true);
        }
    }

    ClientMessage? ReadMessage(ReadOnlySpan<byte> text)
    {
        if (_messages.Take(1) > TimeSpan.Zero)
        {
            _connection.Refuse(
                "too-many-messages", $"At most {ConnectionLimits.MessagesPerSecond} text messages a second are taken. Send fewer.", CloseCode.TooMuch);
            return null;
        }

        if (ProtocolJson.ReadClient(text) is { } message)
            return message;
        _connection.Refuse(
            "bad-message",
            "The message is no JSON object of a known 'type' with its fields. See docs/protocol.md.",
            CloseCode.ProtocolError);
        return null;
    }

    async Task<bool> TakeFrame(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (!FrameHeader.TryRead(message.Span, out var header) || header.Kind != FrameKind.Microphone)
            return Break("bad-frame", "A binary message is a header of 16 bytes with kind 1 and version 1, and audio. See docs/protocol.md.");
        var audio = message[FrameHeader.Size..];
        var duration = _format.DurationOf(audio.Length);
        if (duration < ConnectionLimits.ShortestFrame || (_format.Coding == Coding.Pcm16 && audio.Length % 2 != 0))
            return Break("frame-too-small", "A frame holds at least 5 ms of whole samples.");
        if (duration > ConnectionLimits.LongestFrame)
            return Break("frame-too-large", "A frame holds at most 200 ms of audio. Send shorter frames; 20 to 100 ms are best.");
        if (!_connection.Seat.Rights.HasFlag(Calls.Rights.Speak))
            return Break("may-not-speak", "This ticket does not give the right to speak.");

        if (_pace.WaitFor(duration, _connection.Ring) is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, _time, cancellationToken);
        if (!IsNext(header.Sequence))
            return true;
        var taken = _converter is null ? audio.ToArray() : _converter.Convert(audio.Span);
        _connection.Ring.Add(new SpokenFrame(header.Sequence, header.MediaTime, taken));
        return true;
    }

    bool IsNext(long number)
    {
        if (number > ConnectionLimits.LargestNumber)
        {
            _connection.Refuse("number-too-large", $"Numbers go up to {ConnectionLimits.LargestNumber}.", CloseCode.ProtocolError);
            return false;
        }

        var ring = _connection.Ring;
        var place = ring.Judge(number);
        if (place == Place.Next)
        {
            _hasToldOfGap = false;
            return true;
        }

        // Told once for each gap: the frames that are on their way would each cause it again.
        if (place == Place.Gap && !_hasToldOfGap)
        {
            _hasToldOfGap = true;
            _connection.Refuse("out-of-order", $"Number {number} came, but {ring.NextNumber} is next. Send again from {ring.NextNumber} on.");
            _connection.Send(new Resend(ring.NextNumber));
        }

        return false;
    }

    bool Break(string code, string message)
    {
        _connection.Refuse(code, message, CloseCode.ProtocolError);
        return false;
    }
}
