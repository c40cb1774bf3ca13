using System.Net.WebSockets;
using VoiceGrains.Protocol;

namespace VoiceGrains.Client;

/// <summary>
/// One of the connections of a <see cref="Caller"/>: reads all that comes, and sends what was said from a number on, at its own pace. What a speaker
/// says waits in <see cref="SentFrames"/>, so a connection may come and go.
/// </summary>
sealed class CallerConnection(Uri gateway, CallClient client, SentFrames said) : IAsyncDisposable
{
    readonly Dictionary<int, string> _speakers = [];
    readonly Dictionary<int, ClausePlace> _clauses = [];
    readonly SemaphoreSlim _more = new(0, 1);
    readonly CancellationTokenSource _over = new();
    readonly TaskCompletionSource<IReadOnlyList<string>> _moving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task _sending = Task.CompletedTask;
    long _next;

    public Uri Gateway => gateway;

    public CallClient Client => client;

    /// <summary>The region's gateways, as far as this one has told.</summary>
    public IReadOnlyList<string> Gateways { get; set; } = client.Welcome.Gateways;

    /// <summary>Completes when nothing more comes.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Completes, with the others to go to, when the gateway asks to leave it.</summary>
    public Task<IReadOnlyList<string>> Moving => _moving.Task;

    /// <summary>Begins to read and to send.</summary>
    public void Start(Func<CallerConnection, Received, Task> take)
    {
        _next = client.Welcome.NextNumber;
        Ended = ReadAll(take);
        _sending = SendAll();
    }

    /// <summary>There is more to send.</summary>
    public void Wake()
    {
        lock (_more)
        {
            if (_more.CurrentCount == 0)
                _more.Release();
        }
    }

    /// <summary>Sends again from a number on.</summary>
    public void SendFrom(long number)
    {
        Interlocked.Exchange(ref _next, number);
        Wake();
    }

    public void AskToMove(IReadOnlyList<string> gateways) => _moving.TrySetResult(gateways);

    public void Name(StreamMessage stream) => _speakers[stream.Stream] = stream.Speaker;

    public string? SpeakerOf(int stream) => _speakers.GetValueOrDefault(stream);

    public void Begin(SpeechBegin begin) => _clauses[begin.Stream] = new ClausePlace(begin.Speaker, begin.Language, begin.Segment, begin.Clause);

    public ClausePlace? ClauseOf(int stream) => _clauses.TryGetValue(stream, out var place) ? place : null;

    /// <summary>Sends no more of what was said; what comes is still read.</summary>
    public void StopSending() => _over.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await client.DisposeAsync();
        await _sending;
        await Ended;
        _over.Dispose();
    }

    async Task ReadAll(Func<CallerConnection, Received, Task> take)
    {
        await foreach (var received in client.Events.ReadAllAsync())
            await take(this, received);
    }

    async Task SendAll()
    {
        try
        {
            while (true)
                await SendOnce();
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection is over; what was not sent waits for the next one.
        }
    }

    async Task SendOnce()
    {
        var number = Interlocked.Read(ref _next);
        if (said.TryNext(number, out var sent))
        {
            await client.SendAsItIs(sent.Message, sent.IsText, _over.Token);
            // Unless the server asked for earlier ones meanwhile.
            Interlocked.CompareExchange(ref _next, sent.Number + 1, number);
        }
        else
        {
            await _more.WaitAsync(_over.Token);
        }
    }
}
