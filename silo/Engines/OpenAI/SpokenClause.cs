using System.Threading.Channels;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>What all clauses of an engine have in common.</summary>
/// <param name="IsEvents">Whether the answer is a stream of events, else plain audio.</param>
sealed record SpokenClauseSettings(string Engine, bool IsEvents, VendorDeadlines Deadlines, TimeProvider Time);

/// <summary>
/// The audio of one clause, being made from the moment this is made. A fault before the first sound is tried once more; a later one ends it: the listener
/// would hear words twice. Disposing aborts the request.
/// </summary>
sealed class SpokenClause : IAsyncDisposable
{
    readonly SpokenClauseSettings _settings;
    readonly Func<HttpRequestMessage> _request;
    readonly HttpClient _http;
    readonly CancellationTokenSource _aborted = new();

    // 64 pieces of about 100 ms. When nobody takes them, nothing more is read, and the vendor waits.
    readonly Channel<byte[]> _audio = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(64) { SingleReader = true, SingleWriter = true });
    readonly Task _speaking;
    bool _hasSpoken;

    public SpokenClause(Func<HttpRequestMessage> request, HttpClient http, SpokenClauseSettings settings)
    {
        (_request, _http, _settings) = (request, http, settings);
        _speaking = Speak();
    }

    /// <summary>The next audio, 16 kHz. Null: the clause is over. Throws <see cref="EngineFaultException"/>.</summary>
    public async Task<byte[]?> Next(CancellationToken cancellationToken)
    {
        if (await _audio.Reader.WaitToReadAsync(cancellationToken) && _audio.Reader.TryRead(out var audio))
            return audio;
        await _audio.Reader.Completion;
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _aborted.CancelAsync();
        await _speaking;
        _aborted.Dispose();
    }

    async Task Speak()
    {
        Exception? failure = null;
        try
        {
            await SpeakOrTryAgain();
        }
        catch (OperationCanceledException) when (_aborted.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (EngineFaultException fault)
        {
            failure = fault;
        }

        _audio.Writer.TryComplete(failure);
    }

    async Task SpeakOrTryAgain()
    {
        var second = new SecondTry(_settings.Deadlines, _settings.Time);
        for (TimeSpan? again = TimeSpan.Zero; again is { } pause;)
        {
            again = null;
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, _settings.Time, _aborted.Token);
            try
            {
                await SpeakOnce();
            }
            catch (EngineFaultException fault) when (!_hasSpoken && second.IsWorthIt(fault, out var wait))
            {
                again = wait;
            }
        }
    }

    async Task SpeakOnce()
    {
        using var watchdog = new Watchdog(_settings.Time, _aborted.Token);
        using var voice = new SpokenSamples();
        var requestId = (string?)null;
        try
        {
            watchdog.Expect(_settings.Deadlines.First);
            using var request = _request();
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watchdog.Token);
            requestId = answer.Headers.TryGetValues("x-request-id", out var ids) ? ids.First() : null;
            await using var body = await answer.Content.ReadAsStreamAsync(watchdog.Token);
            await foreach (var piece in _settings.IsEvents ? SpeechEvents.Read(body, _settings.Engine, requestId, watchdog.Token) : PlainAudio(body, watchdog.Token))
                await HandOn(voice.Take(piece.Span), watchdog);
            if (!voice.IsWhole)
                throw new EngineFaultException(_settings.Engine, FaultKind.Truncated, "The audio ended within a sample, or before it began.") { RequestId = requestId };
            await HandOn(voice.Finish(), watchdog);
        }
        catch (Exception error) when (error is not EngineFaultException)
        {
            throw watchdog.Explain(error, _settings.Engine, requestId, broken =>
                new EngineFaultException(_settings.Engine, FaultKind.Transport, $"The answer could not be read ({broken.GetType().Name}).") { RequestId = requestId });
        }
    }

    // Waiting for our own listener is not the vendor's fault.
    async Task HandOn(byte[] audio, Watchdog watchdog)
    {
        if (audio.Length > 0)
        {
            watchdog.Rest();
            _hasSpoken = true;
            await _audio.Writer.WriteAsync(audio, _aborted.Token);
        }

        watchdog.Expect(_hasSpoken ? _settings.Deadlines.Between : _settings.Deadlines.First);
    }

    static async IAsyncEnumerable<ReadOnlyMemory<byte>> PlainAudio(Stream body, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // 100 ms of 24 kHz; the first sound is handed on as soon as it is there.
        var buffer = new byte[4_800];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            yield return buffer.AsMemory(0, read);
    }
}
