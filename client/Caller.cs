using System.Net.WebSockets;
using System.Threading.Channels;
using VoiceGrains.Audio;
using VoiceGrains.Protocol;

namespace VoiceGrains.Client;

/// <summary>
/// A participant of a call, over any number of connections: what applications use. Comes back by itself when a gateway or the network is lost, says again
/// what was not recorded, and raises one stream of events in which nothing comes twice. It ends when the server says so, with a named reason.
/// </summary>
public sealed class Caller : IAsyncDisposable
{
    readonly TimeProvider _time;
    readonly AudioFormat _format;
    readonly SentFrames _said;
    readonly CallerReconnection _reconnection;
    readonly CallerInbox _inbox;
    readonly Lock _speaking = new();
    readonly CancellationTokenSource _closing = new();
    readonly TaskCompletionSource<string> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<Task> _leaving = [];
    CallerConnection _current = null!;
    Task _staying = Task.CompletedTask;
    TimeSpan _mediaTime;

    Caller(Uri socket, Hello hello, TimeProvider time)
    {
        _time = time;
        _format = FormatOf(hello.AudioIn);
        _said = new SentFrames(_format.BytesPerSecond);
        _inbox = new CallerInbox(_said, FormatOf(hello.AudioOut), time);
        _reconnection = new CallerReconnection(socket, hello, _said, _inbox, time);
    }

    /// <summary>What happens, in order and each thing once. A reader that stops reading holds up the connection.</summary>
    public ChannelReader<CallEvent> Events => _inbox.Events;

    /// <summary>Completes when the caller is no part of the call any more: <c>left</c>, <c>ended</c>, <c>replaced</c>, or the name of what went wrong.</summary>
    public Task<string> Over => _over.Task;

    /// <summary>Number of the next frame or text.</summary>
    public long NextNumber { get; private set; }

    /// <summary>Everything up to here is recorded.</summary>
    public long Recorded => _inbox.Recorded;

    /// <summary>The newest welcome.</summary>
    public Welcome Welcome => _current.Client.Welcome;

    /// <summary>Where the newest connection is, for example <c>ws://127.0.0.1:8080</c>.</summary>
    public Uri Gateway => _current.Gateway;

    /// <summary>
    /// Joins with a ticket. Throws <see cref="CallRefusedException"/> with the server's reason, and <see cref="WebSocketException"/> when there is no
    /// connection; from then on it comes back by itself.
    /// </summary>
    public static async Task<Caller> Join(Uri socket, string ticket, Hello hello, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = new Caller(socket, hello, time);
        caller._current = await caller._reconnection.Open(ticket, cancellationToken);
        await caller.Begin(isAgain: false);
        caller._staying = caller.StayAll();
        return caller;
    }

    /// <summary>Says a frame of 5 to 200 ms in the format of the hello. Never waits: without a connection it is kept, at most 120 s of audio.</summary>
    public void Speak(ReadOnlyMemory<byte> audio)
    {
        lock (_speaking)
        {
            var header = new FrameHeader(FrameKind.Microphone, 0, (uint)NextNumber, _mediaTime);
            _mediaTime += _format.DurationOf(audio.Length);
            _said.Add(NextNumber++, header.WithAudio(audio.Span), isText: false);
        }

        _current.Wake();
    }

    /// <summary>Says a text by typing; returns its number.</summary>
    public long Say(string text)
    {
        long number;
        lock (_speaking)
        {
            number = NextNumber++;
            _said.Add(number, ProtocolJson.Write(new Say(number, text)), isText: true);
        }

        _current.Wake();
        return number;
    }

    /// <summary>Another language from now on, to speak and to hear; also after coming back.</summary>
    public Task ChangeLanguage(string language) => Change(hello => hello with { Language = language }, new ChangeLanguage(language));

    /// <summary>Other wants from now on; also after coming back.</summary>
    public Task ChangeWants(IReadOnlyList<string> wants) => Change(hello => hello with { Wants = wants }, new Want(wants));

    /// <summary>Leaves for good; <see cref="Over"/> completes when the server has heard it.</summary>
    public Task Leave() => Tell(new Leave());

    /// <summary>Loses the connection as a broken network would, and finds none for a while. For tests of what is lost by it.</summary>
    public void DropNetwork(TimeSpan duration)
    {
        _reconnection.StayAway(duration);
        _current.Client.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult("closed");
        await _closing.CancelAsync();
        await _staying;
        _inbox.Complete();
        await _current.DisposeAsync();
        await Task.WhenAll(_leaving);
        _closing.Dispose();
    }

    static AudioFormat FormatOf(string? name) => AudioFormat.TryParse(name, out var format) ? format : AudioFormat.Cluster;

    async Task StayAll()
    {
        try
        {
            while (await StayOnce())
                _leaving.RemoveAll(static task => task.IsCompleted);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The caller is disposed of.
        }
    }

    // One connection, until there is another or none is to be had any more.
    async Task<bool> StayOnce()
    {
        var old = _current;
        await Task.WhenAny(old.Ended, old.Moving).WaitAsync(_closing.Token);
        if (old.Ended.IsCompleted)
        {
            if (old.Client.CloseCode is { } code and >= CloseCode.Replaced)
                return End(NameOf(code));
            await _inbox.Raise(new CallerDisconnected(_time.GetTimestamp(), old.Client.CloseCode));
        }

        try
        {
            _current = await _reconnection.OpenAgain(old, _closing.Token);
        }
        catch (CallRefusedException refused)
        {
            return End(refused.Code);
        }

        old.StopSending();
        await Begin(isAgain: true);
        _leaving.Add(old.DisposeAsync().AsTask());
        return true;
    }

    async Task Begin(bool isAgain)
    {
        lock (_speaking)
            NextNumber = Math.Max(NextNumber, Welcome.NextNumber);
        await _inbox.Begin(_current, isAgain);
    }

    bool End(string reason)
    {
        _over.TrySetResult(reason);
        _inbox.Complete();
        return false;
    }

    Task Change(Func<Hello, Hello> change, ClientMessage message)
    {
        _reconnection.Hello = change(_reconnection.Hello);
        return Tell(message);
    }

    async Task Tell(ClientMessage message)
    {
        try
        {
            await _current.Client.Send(message, _closing.Token);
        }
        catch (Exception error) when (error is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // There is no connection just now: the next hello says it.
        }
    }

    static string NameOf(CloseCode code) => code switch
    {
        CloseCode.Left => "left",
        CloseCode.Ended => "ended",
        CloseCode.Replaced => "replaced",
        CloseCode.TicketRefused => "ticket-refused",
        CloseCode.Full => "call-full",
        CloseCode.TooMuch => "too-many-messages",
        _ => $"closed-{(int)code}",
    };
}
