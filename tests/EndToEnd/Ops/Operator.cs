using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Ops;

/// <summary>Somebody who operates through one gateway: by default with the token, as a program does.</summary>
sealed class Operator : IDisposable
{
    readonly HttpClient _http;

    public Operator(Uri gateway, string? token = SiloProcess.OpsToken)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        if (token is not null)
            _http.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        Origin = gateway.GetLeftPart(UriPartial.Authority);
    }

    public string Origin { get; }

    public static Operator Nobody(Uri gateway) => new(gateway, token: null);

    /// <summary>Signs in as a browser does. Returns the cookie.</summary>
    public async Task<string> SignIn(string token = SiloProcess.OpsToken)
    {
        using var form = new FormUrlEncodedContent([new("token", token)]);
        using var answer = await Send(HttpMethod.Post, "/ops/login", form, [("Origin", Origin)]);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        // As it is: ways around a gate are spelled in ways that clients would mend.
        var address = new Uri(Origin + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(method, address) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<(int Status, JsonElement Body)> Get(string path)
    {
        using var answer = await Send(HttpMethod.Get, path);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>Does something; <paramref name="body"/> may be null.</summary>
    public async Task<(int Status, JsonElement Body)> Post(string path, object? body = null)
    {
        using var content = body is null ? null : JsonContent.Create(body);
        using var answer = await Send(HttpMethod.Post, path, content);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>Follows the stream, and shows what it comes to after each event, until one is as it should be.</summary>
    public async Task<JsonObject> Follow(string query, Func<JsonObject, bool> isRight, Action<SseItem<string>>? seen = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var answer = await Send(HttpMethod.Get, $"/ops/stream?{query}");
        answer.EnsureSuccessStatusCode();
        var shown = new JsonObject();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(limit.Token)).EnumerateAsync(limit.Token))
        {
            seen?.Invoke(item);
            if (item.EventType is "snapshot" or "delta")
                Apply(shown, (JsonObject)JsonNode.Parse(item.Data)!);
            if (item.EventType is "snapshot" or "delta" && isRight(shown))
                return shown;
        }

        throw new InvalidOperationException($"The stream ended. The last was: {shown.ToJsonString()}");
    }

    /// <summary>The newest entries of the audit.</summary>
    public async Task<IReadOnlyList<(string What, string Target, string? Result)>> Audit()
    {
        var (status, body) = await Get("/ops/api/audit?take=200");
        Assert.True(status == 200, $"{status}: {body}");
        return [.. body.GetProperty("entries").EnumerateArray()
            .Select(static entry => (entry.GetProperty("what").GetString()!, entry.GetProperty("target").GetString()!, entry.GetProperty("result").GetString()))];
    }

    public void Dispose() => _http.Dispose();

    // As the page does: a merge patch (RFC 7396).
    static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject change)
                Apply(target[name] as JsonObject ?? (JsonObject)(target[name] = new JsonObject()), change);
            else
                target[name] = value.DeepClone();
        }
    }
}
