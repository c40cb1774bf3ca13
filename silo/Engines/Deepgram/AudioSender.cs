using System.Net.WebSockets;
using System.Threading.Channels;
using VoiceGrains.Audio;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>Sends what was written, in order and no faster than the vendor takes it, and keeps the connection alive while nothing is written.</summary>
sealed class AudioSender : IAsyncDisposable
{
    const string CloseStream = """{"type":"CloseStream"}""";

    // Less than a piece is held back this long, in case more comes.
    static readonly TimeSpan TailAfter = TimeSpan.FromMilliseconds(100);

    // A gap in the audio that is longer is filled with silence, if the vendor needs it.
    static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(500);

    readonly ListenSocket _socket;
    readonly OutgoingAudio _outgoing;
    readonly Listening _listening;
    readonly ChannelReader<bool> _news;
    readonly DeepgramOptions _options;
    readonly TimeProvider _time;
    readonly ReplayPace _pace;
    readonly ITimer _finishTimer;
    readonly ITimer _timer;
    readonly byte[] _piece;
    readonly byte[] _silence;
    long _sentAt;
    long? _tailSince;
    bool _isFilling;

    /// <param name="news">Says when something was written.</param>
    /// <param name="finishTimer">Runs from each finish until it is given up.</param>
    public AudioSender(ListenSocket socket, OutgoingAudio outgoing, Listening listening, Channel<bool> news, ITimer finishTimer, DeepgramConnections connections)
    {
        (_socket, _outgoing, _listening, _news, _finishTimer) = (socket, outgoing, listening, news.Reader, finishTimer);
        (_options, _time) = (connections.Options, connections.Time);
        _pace = new ReplayPace(_options.ReplaySpeed, _time);
        _piece = new byte[listening.Dialect.Piece.Most];
        _silence = new byte[listening.Dialect.Piece.Most];
        _sentAt = _time.GetTimestamp();
        _timer = _time.CreateTimer(_ => news.Writer.TryWrite(true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends after the end of the stream was sent. Throws <see cref="EngineFaultException"/>.</summary>
    public async Task Send(CancellationToken cancellationToken)
    {
        try
        {
            while (await SendDue(cancellationToken) is { } pause)
            {
                _timer.Change(pause, Timeout.InfiniteTimeSpan);
                await _news.ReadAsync(cancellationToken);
            }
        }
        catch (TimeoutException)
        {
            throw _listening.Fault(FaultKind.Stalled, "The vendor takes no audio.");
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            throw _listening.Fault(FaultKind.Transport, "The connection broke.", error);
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    // Sends all that may go now. Returns how long nothing is due after it; null: the end was sent.
    async Task<TimeSpan?> SendDue(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_pace.Wait() is { Ticks: > 0 } wait)
                return wait;
            switch (_outgoing.Take(_piece, _listening.Dialect.Piece.Least, IsTail(), out var length))
            {
                case OutgoingKind.Audio:
                    await SendAudio(length, cancellationToken);
                    break;
                case OutgoingKind.Finish:
                    _listening.SendFinish();
                    await SendText(_listening.Dialect.Finish, cancellationToken);
                    _finishTimer.Change(_options.FinishDeadline, Timeout.InfiniteTimeSpan);
                    break;
                case OutgoingKind.Words:
                    if (_listening.SendWords())
                        await SendText(_listening.Dialect.Finish, cancellationToken);
                    break;
                case OutgoingKind.End:
                    _listening.SendEnd();
                    await SendText(CloseStream, cancellationToken);
                    return null;
                default:
                    if (await Idle(cancellationToken) is { } pause)
                        return pause;
                    break;
            }
        }
    }

    bool IsTail() => _tailSince is { } since && _time.GetElapsedTime(since) >= TailAfter;

    async Task SendAudio(int length, CancellationToken cancellationToken)
    {
        (_tailSince, _isFilling) = (null, false);
        _listening.Send(_piece.AsSpan(0, length));
        _pace.Spend(AudioFormat.Cluster.DurationOf(length));
        await _socket.SendAudio(_piece.AsMemory(0, length), cancellationToken);
        _sentAt = _time.GetTimestamp();
    }

    // Nothing is there to be sent, or too little. Null: look again.
    async Task<TimeSpan?> Idle(CancellationToken cancellationToken)
    {
        if (_outgoing.Waiting > 1)
        {
            _tailSince ??= _time.GetTimestamp();
            return Left(TailAfter, _time.GetElapsedTime(_tailSince.Value));
        }

        if (_listening.IsToBeAsked)
            return Ask();
        var isNeeded = _listening.NeedsAudio;
        _isFilling &= isNeeded;
        var due = (isNeeded, _isFilling) switch
        {
            (true, true) => AudioFormat.Cluster.DurationOf(_silence.Length),
            (true, false) => LongestGap,
            _ => _options.KeepAlive,
        };
        if (Left(due, _time.GetElapsedTime(_sentAt)) is var left && left > TimeSpan.FromMilliseconds(1))
            // What the vendor says meanwhile may make it need audio.
            return _listening.Dialect.KeepAlive is null && left > LongestGap ? LongestGap : left;
        if (isNeeded || _listening.Dialect.KeepAlive is not { } keepAlive || !_listening.HasSentAudio)
            await SendSilence(isNeeded, cancellationToken);
        else
            await KeepAlive(keepAlive, cancellationToken);
        return null;
    }

    // The audio stopped in silence: its end must be told too, or its frames stay uncovered.
    TimeSpan? Ask()
    {
        if (Left(LongestGap, _time.GetElapsedTime(_sentAt)) is var left && left > TimeSpan.FromMilliseconds(1))
            return left;
        _outgoing.FinishNow();
        return null;
    }

    // A keep-alive alone does not keep a connection that never had audio, and Flux knows none.
    async Task SendSilence(bool isNeeded, CancellationToken cancellationToken)
    {
        var started = _isFilling ? _sentAt + (long)(AudioFormat.Cluster.DurationOf(_silence.Length).TotalSeconds * _time.TimestampFrequency) : _time.GetTimestamp();
        _isFilling = isNeeded;
        _listening.SendSilence(_silence.Length);
        _pace.Spend(AudioFormat.Cluster.DurationOf(_silence.Length));
        await _socket.SendAudio(_silence, cancellationToken);
        _sentAt = started;
    }

    async Task KeepAlive(string text, CancellationToken cancellationToken)
    {
        _listening.Idle(_options.KeepAlive);
        await SendText(text, cancellationToken);
    }

    async Task SendText(string text, CancellationToken cancellationToken)
    {
        await _socket.SendText(text, cancellationToken);
        _sentAt = _time.GetTimestamp();
    }

    static TimeSpan Left(TimeSpan whole, TimeSpan passed) => whole - passed + TimeSpan.FromMilliseconds(1);
}
