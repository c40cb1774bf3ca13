using System.Net.Http.Json;
using System.Text.Json;
using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Harness;

/// <summary>A call of its own for one test, with those who joined it.</summary>
sealed class TestCall : IAsyncDisposable
{
    readonly Uri _gateway;
    readonly CallsClient _calls;
    readonly List<Member> _members = [];

    TestCall(Uri gateway, string id)
    {
        _gateway = gateway;
        _calls = new CallsClient(gateway, SiloProcess.ApiKey);
        Id = id;
    }

    public string Id { get; }

    public static Task<TestCall> Open(SiloProcess silo, object? settings = null) => Open(silo.Address, settings);

    public static async Task<TestCall> Open(Uri gateway, object? settings = null)
    {
        var (_, answer) = await gateway.Post("/v1/calls", settings ?? new { });
        return new TestCall(gateway, answer.GetProperty("call").GetString()!);
    }

    /// <summary>A call that exists.</summary>
    public static TestCall Of(SiloProcess silo, string id) => new(silo.Address, id);

    /// <summary>The same call at another gateway.</summary>
    public TestCall At(Uri gateway) => new(gateway, Id);

    /// <summary>Somebody joins.</summary>
    public Task<Member> Join(string participant, string language, params string[] wants) =>
        Join(participant, new Hello(language, wants.Length == 0 ? null : wants));

    public async Task<Member> Join(string participant, Hello hello)
    {
        var (socket, ticket) = await Ticket(participant, hello.Language ?? "en");
        return await Connect(socket, ticket, hello);
    }

    public Task<(Uri Socket, string Ticket)> Ticket(string participant, string language) =>
        _calls.Ticket(Id, participant, participant, language, CancellationToken.None);

    /// <summary>Connects with a ticket or a resume token.</summary>
    public async Task<Member> Connect(Uri socket, string ticket, Hello hello)
    {
        var member = new Member(await CallClient.Connect(socket, ticket, hello, TimeProvider.System, CancellationToken.None));
        lock (_members)
            _members.Add(member);
        // From then on everybody who may speak knows of the newcomer.
        await member.Until<RosterMessage>("is in the roster", roster => roster.Participants.Any(entry => entry.Participant == member.Id && entry.Connected));
        return member;
    }

    /// <summary>Somebody comes back with the token of the last welcome.</summary>
    public Task<Member> Reconnect(Member member, Hello hello) =>
        Connect(new Uri($"ws://{_gateway.Authority}/v1/calls/{Id}/socket"), member.Client.Welcome.Resume, hello);

    public async Task<JsonElement> Describe() => (await _gateway.Get($"/v1/calls/{Id}")).Body;

    /// <summary>Where a participant's frames went, and how often engines worked for them.</summary>
    public async Task<JsonElement> Figures(string participant) => (await _gateway.Get($"/v1/calls/{Id}/participants/{participant}")).Body;

    public Task<string> Transcript(string query) => _gateway.GetText($"/v1/calls/{Id}/transcript?{query}");

    public Task End() => _calls.End(Id, CancellationToken.None);

    /// <summary>The ledger always balances, and comes to where nothing is pending and nothing is lost.</summary>
    public async Task AssertNothingIsLost(string participant)
    {
        var ledger = default(JsonElement);
        await Until.True($"nothing of {participant} is pending", async () =>
        {
            ledger = (await Figures(participant)).GetProperty("ledger");
            Assert.True(ledger.GetProperty("balanced").GetBoolean(), $"The ledger does not balance: {ledger}");
            return ledger.GetProperty("pending").GetInt64() == 0;
        });
        Assert.True(ledger.GetProperty("lost").GetInt64() == 0, $"Something is lost: {ledger}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
            await member.DisposeAsync();
        _calls.Dispose();
    }
}

/// <summary>The HTTP side of the product, as an application calls it.</summary>
static class Rest
{
    static readonly HttpClient Http = new();

    public static async Task<(int Status, JsonElement Body)> Post(this Uri gateway, string path, object? body, string key = SiloProcess.ApiKey)
    {
        using var content = JsonContent.Create(body);
        return await gateway.Send(HttpMethod.Post, path, content, key);
    }

    public static Task<(int Status, JsonElement Body)> Get(this Uri gateway, string path, string key = SiloProcess.ApiKey) =>
        gateway.Send(HttpMethod.Get, path, null, key);

    public static async Task<(int Status, JsonElement Body)> Send(
        this Uri gateway, HttpMethod method, string path, HttpContent? content, string key = SiloProcess.ApiKey)
    {
        using var response = await Ask(gateway, method, path, content, key);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public static async Task<string> GetText(this Uri gateway, string path)
    {
        using var response = await Ask(gateway, HttpMethod.Get, path, null, SiloProcess.ApiKey);
        return await response.Content.ReadAsStringAsync();
    }

    static async Task<HttpResponseMessage> Ask(Uri gateway, HttpMethod method, string path, HttpContent? content, string key)
    {
        using var request = new HttpRequestMessage(method, new Uri(gateway, path)) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        return await Http.SendAsync(request);
    }
}
