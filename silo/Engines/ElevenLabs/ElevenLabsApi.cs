using System.Globalization;
using System.Net.WebSockets;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>The vendor's API with our key: how requests and sockets are made, and what their headers say of the account.</summary>
sealed class ElevenLabsApi : IDisposable
{
    /// <summary>The most that the vendor allows: our own keep-alive and idle limit work below it.</summary>
    public static readonly TimeSpan InactivityTimeout = TimeSpan.FromSeconds(180);

    readonly ElevenLabsOptions _options;
    readonly VendorKey _key;
    readonly IAccountSlots _slots;
    readonly TimeProvider _time;
    readonly Uri _root;
    readonly HttpClient _client;

    public ElevenLabsApi(ElevenLabsOptions options, VendorKey key, IAccountSlots slots, TimeProvider time)
    {
        (_options, _key, _slots, _time) = (options, key, slots, time);
        _root = new Uri(options.Url.TrimEnd('/') + '/');
        // Deadlines are those of the callers, on their clock.
        _client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = options.ConnectLimit, PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Asks, and returns once the headers of a success are there. Throws <see cref="EngineFaultException"/>.</summary>
    public async Task<HttpResponseMessage> Ask(HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
    {
        var response = await Send(method, address, content, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await ElevenLabsFault.OfResponse(response, cancellationToken);
    }

    /// <summary>Asks, and returns the answer whatever it is. Throws <see cref="EngineFaultException"/> when none came.</summary>
    public async Task<HttpResponseMessage> Send(HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_root, address)) { Content = content };
        request.Headers.TryAddWithoutValidation("xi-api-key", _key.Reveal());
        try
        {
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            Learn(response.Headers.ToDictionary(static header => header.Key, static header => header.Value, StringComparer.OrdinalIgnoreCase));
            return response;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw ElevenLabsFault.OfTransport(error, hasBegun: false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing else than the limit for connecting ends it from within.
            throw ElevenLabsFault.Stalled("connection");
        }
    }

    /// <summary>Opens a multi-context socket for a voice. Throws <see cref="EngineFaultException"/> also when it takes longer than the limit.</summary>
    public async Task<(ClientWebSocket Socket, string? Request)> Connect(SpokenVoice voice, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("xi-api-key", _key.Reveal());
        // The operating system's clock, for peers that are gone; deadlines of clauses do not depend on it.
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(10);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(10);
        using var limit = new CancellationTokenSource(_options.ConnectLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(AddressOf(voice), _client, either.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or HttpRequestException)
        {
            using (socket)
                throw limit.IsCancellationRequested ? ElevenLabsFault.Stalled("connection") : ElevenLabsFault.OfHandshake(socket, error);
        }

        var headers = socket.HttpResponseHeaders ?? new Dictionary<string, IEnumerable<string>>();
        Learn(headers);
        return (socket, headers.TryGetValue("request-id", out var ids) ? ids.FirstOrDefault() : null);
    }

    // auto_mode stays off: a flush ends each clause, and so decides alone when something is spoken.
    Uri AddressOf(SpokenVoice voice)
    {
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"model_id={Uri.EscapeDataString(_options.Model)}&output_format=pcm_16000&inactivity_timeout={InactivityTimeout.TotalSeconds}&enable_logging={(_options.Logging ? "true" : "false")}");
        if (voice.Language is { } language)
            query += $"&language_code={Uri.EscapeDataString(language)}";
        return new UriBuilder(new Uri(_root, $"v1/text-to-speech/{Uri.EscapeDataString(voice.Id)}/multi-stream-input"))
        {
            Scheme = _root.Scheme == "https" ? "wss" : "ws",
            Query = query,
        }.Uri;
    }

    void Learn(IReadOnlyDictionary<string, IEnumerable<string>> headers)
    {
        if (NumberIn("maximum-concurrent-requests") is { } maximum)
            _slots.Told(NumberIn("current-concurrent-requests") ?? 0, maximum);

        int? NumberIn(string name) =>
            headers.TryGetValue(name, out var values) && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
