namespace VoiceGrains.Client;

/// <summary>Asks every second which silo a participant lives on, and shows it when it changes: so one knows which process to kill.</summary>
sealed class SpeakerHome(Func<CallsClient> calls, string call, string participant, CallReport report, TimeProvider time)
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Where `./voicegrains cluster` keeps the process ids.
    static readonly string Processes = Path.Combine(Environment.GetEnvironmentVariable("VOICEGRAINS_RUN") ?? ".run", "cluster");

    string? _shown;

    public async Task WatchAll(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await WatchOnce(cancellationToken);
                await Task.Delay(Every, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The call is over.
        }
    }

    async Task WatchOnce(CancellationToken cancellationToken)
    {
        using var client = calls();
        try
        {
            if (await client.SiloOf(call, participant, cancellationToken) is not { } silo || silo == _shown)
                return;
            _shown = silo;
            report.Note($"{participant} on {silo}{ProcessOf(silo)}");
        }
        catch (Exception error) when (error is HttpRequestException or System.Text.Json.JsonException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The gateway or the silo is gone just now; asked again in a second.
        }
    }

    static string ProcessOf(string silo)
    {
        var file = Path.Combine(Processes, silo + ".pid");
        return File.Exists(file) ? $" (process {File.ReadAllText(file).Trim()})" : "";
    }
}
