using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace VoiceGrains.Client;

/// <summary>Opens calls and makes tickets over HTTP.</summary>
public sealed class CallsClient : IDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    readonly HttpClient _http;

    public CallsClient(Uri server, string apiKey)
    {
        _http = new HttpClient { BaseAddress = server, Timeout = Limit };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
    }

    /// <summary>The HTTP address of the gateway of a socket.</summary>
    public static Uri AddressOf(Uri socket) => new($"{(socket.Scheme == Uri.UriSchemeWss ? "https" : "http")}://{socket.Authority}");

    /// <summary>Opens a call; returns its id.</summary>
    public async Task<string> Open(string? title, CancellationToken cancellationToken) =>
        (await Post("/v1/calls", new { title }, cancellationToken)).GetProperty("call").GetString()!;

    /// <summary>Makes a ticket; returns the socket's address and the ticket.</summary>
    public async Task<(Uri Socket, string Ticket)> Ticket(
        string call, string participant, string name, string language, CancellationToken cancellationToken)
    {
        var made = await Post($"/v1/calls/{call}/tickets", new { participant, name, language }, cancellationToken);
        return (new Uri(made.GetProperty("socket").GetString()!), made.GetProperty("ticket").GetString()!);
    }

    /// <summary>The silo that a participant lives on. Null: the server does not tell.</summary>
    public async Task<string?> SiloOf(string call, string participant, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"/v1/calls/{call}/participants/{participant}", cancellationToken);
        if (!response.IsSuccessStatusCode)
            return null;
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.TryGetProperty("silo", out var silo) ? silo.GetString() : null;
    }

    /// <summary>Who has a place in a call. Null: it is over, or there is none.</summary>
    public async Task<IReadOnlyList<string>?> Participants(string call, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"/v1/calls/{call}", cancellationToken);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.GetProperty("status").GetString() == "open"
            ? [.. answer.GetProperty("participants").EnumerateArray().Select(static entry => entry.GetProperty("participant").GetString()!)]
            : null;
    }

    public async Task End(string call, CancellationToken cancellationToken) => (await _http.DeleteAsync($"/v1/calls/{call}", cancellationToken)).Dispose();

    public void Dispose() => _http.Dispose();

    async Task<JsonElement> Post(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync(path, body, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (response.IsSuccessStatusCode)
            return answer;
        throw new CallRefusedException(
            answer.TryGetProperty("title", out var title) ? title.GetString() ?? "" : "",
            answer.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : $"The server answered {(int)response.StatusCode}.");
    }
}
