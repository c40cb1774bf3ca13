using System.Text.Json;
using VoiceGrains.Client;
using VoiceGrains.Tests.Faults.Checks;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>The HTTP side of a cluster: asks one gateway after the other until one answers, since some may be dead.</summary>
sealed class Gateways(Func<IReadOnlyList<Uri>> addresses) : IDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly HttpClient _http = new()
    {
        Timeout = Limit,
        DefaultRequestHeaders = { { "Authorization", $"Bearer {SiloProcess.ApiKey}" } },
    };

    public IReadOnlyList<Uri> Addresses => addresses();

    public Task<string> Open() => OnAny(static gateway => Calls(gateway, static calls => calls.Open("chaos", CancellationToken.None)));

    /// <summary>A ticket for the socket of one gateway.</summary>
    public Task<(Uri Socket, string Ticket)> Ticket(int seat, string call, string participant, string language)
    {
        var gateway = Addresses[seat % Addresses.Count];
        return Calls(gateway, calls => calls.Ticket(call, participant, participant, language, CancellationToken.None));
    }

    /// <summary>What the server knows of a participant. Null: it knows none of this name.</summary>
    public Task<JsonElement?> Participant(string call, string participant) => OnAny<JsonElement?>(async gateway =>
    {
        using var response = await _http.GetAsync(new Uri(gateway, $"/v1/calls/{call}/participants/{participant}"));
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
            return null;
        return JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;
    });

    /// <summary>Null: the server knows no such participant.</summary>
    public async Task<Ledger?> LedgerOf(string call, string participant)
    {
        if (await Participant(call, participant) is not { } found)
            return null;
        var ledger = found.GetProperty("ledger");
        return new Ledger(Number("highest"), Number("lost"), Number("pending"), ledger.GetProperty("balanced").GetBoolean());

        long Number(string name) => ledger.GetProperty(name).GetInt64();
    }

    /// <summary>Where a participant lives; null: the server does not tell.</summary>
    public async Task<string?> SiloOf(string call, string participant) =>
        await Participant(call, participant) is { } found && found.TryGetProperty("silo", out var silo) ? silo.GetString() : null;

    public Task End(string call) => OnAny(gateway => Calls(gateway, async calls =>
    {
        await calls.End(call, CancellationToken.None);
        return true;
    }));

    public void Dispose() => _http.Dispose();

    static async Task<T> Calls<T>(Uri gateway, Func<CallsClient, Task<T>> ask)
    {
        using var calls = new CallsClient(gateway, SiloProcess.ApiKey);
        return await ask(calls);
    }

    async Task<T> OnAny<T>(Func<Uri, Task<T>> ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            foreach (var gateway in Addresses)
            {
                try
                {
                    return await ask(gateway);
                }
                catch (Exception error) when (error is HttpRequestException or CallRefusedException or TaskCanceledException && attempt < 40)
                {
                    // It is dead, or its cluster does not answer just now: the next one.
                }
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
