using System.Globalization;
using System.Net.Http.Headers;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Vendors;

/// <summary>One request and its answer, as far as the line to the vendor knows it.</summary>
/// <param name="Aborted">Cuts the body: not every client of a vendor passes a token on to its reads.</param>
sealed record VendorExchange(CancellationToken Aborted)
{
    /// <summary>The vendor's name for the request. Null: no answer yet, or it has none.</summary>
    public string? RequestId { get; set; }
}

/// <summary>
/// The line from an engine to its vendor, below whichever client speaks over it: reads every refusal and broken connection as an
/// <see cref="EngineFaultException"/>, with the wait that was asked for and the name of the request, before a client can put the vendor's words into messages.
/// </summary>
sealed class VendorLine(string engine, HttpMessageHandler network, TimeProvider time) : DelegatingHandler(network)
{
    const int LongestRefusal = 16 * 1024;

    readonly AsyncLocal<VendorExchange?> _exchange = new();

    /// <summary>The handler that connects. For all engines of a vendor one, so that they share connections.</summary>
    /// <param name="connectLimit">Name, TCP and TLS together.</param>
    public static SocketsHttpHandler Network(TimeSpan connectLimit) => new()
    {
        ConnectTimeout = connectLimit,
        // Names of vendors move; and a connection that idles longer than a minute is cut by many a router without a word.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        MaxConnectionsPerServer = 256,
    };

    /// <summary>A client over this line. Its own time limit is off: a <see cref="Watchdog"/> decides.</summary>
    public HttpClient Client() => new(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The next request that the calling method makes belongs to this exchange.</summary>
    public void Begin(VendorExchange exchange) => _exchange.Value = exchange;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = _exchange.Value;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, exchange?.Aborted ?? CancellationToken.None);
        try
        {
            var answer = await base.SendAsync(request, either.Token);
            var id = IdOf(answer);
            if (exchange is not null)
                exchange.RequestId = id;
            if (!answer.IsSuccessStatusCode)
                throw await Refusal(answer, id, either.Token);
            answer.Content = await Watched(answer.Content, id, exchange?.Aborted ?? CancellationToken.None, either.Token);
            return answer;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw VendorBody.Broken(engine, error, exchange?.RequestId);
        }
        catch (OperationCanceledException error) when (!either.IsCancellationRequested)
        {
            throw new EngineFaultException(engine, FaultKind.Stalled, "No connection within the limit.", error);
        }
    }

    async Task<HttpContent> Watched(HttpContent content, string? requestId, CancellationToken aborted, CancellationToken cancellationToken)
    {
        var body = new VendorBody(await content.ReadAsStreamAsync(cancellationToken), engine, requestId, aborted);
        var watched = new StreamContent(body);
        foreach (var (name, values) in content.Headers)
            watched.Headers.TryAddWithoutValidation(name, values);
        return watched;
    }

    async Task<EngineFaultException> Refusal(HttpResponseMessage answer, string? requestId, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        var error = VendorError.Read(await Beginning(answer, cancellationToken));
        answer.Dispose();
        return new EngineFaultException(engine, error.KindWith(status), $"Answered with status {status}, {error.Name}.")
        {
            RequestId = requestId,
            RetryAfter = WaitOf(answer.Headers),
        };
    }

    static async Task<ReadOnlyMemory<byte>> Beginning(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestRefusal];
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return buffer.AsMemory(0, await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken));
        }
        catch (IOException)
        {
            // The status is known; what breaks behind it does not matter.
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    TimeSpan? WaitOf(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < 86_400_000)
            return TimeSpan.FromMilliseconds(milliseconds);
        return headers.RetryAfter switch
        {
            { Delta: { } wait } => wait,
            { Date: { } moment } when moment > time.GetUtcNow() => moment - time.GetUtcNow(),
            _ => null,
        };
    }

    static string? IdOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("x-request-id", out var ids) || answer.Headers.TryGetValues("request-id", out ids) ? Shortened(ids.First()) : null;

    static string Shortened(string id) => id.Length <= 128 ? id : id[..128];
}
