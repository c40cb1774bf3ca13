using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Cluster.Runtime;

/// <summary>A client of the cluster at a database that no silo of this version has been at.</summary>
public sealed class OlderSchema
{
    [Fact]
    public async Task A_gateway_says_that_the_schema_is_older_and_what_to_do_and_is_ready_when_it_is_done()
    {
        await using var postgres = await PrivatePostgres.Start();
        string[] settings = ["--ConnectionStrings:Database", postgres.ConnectionString];
        var address = new Uri($"http://127.0.0.1:{PrivatePostgres.FreePort()}");
        await using var gateway = SiloProcess.Begin(
            SiloProcess.Program("VoiceGrains.Gateway", "VoiceGrains.Gateway"), [.. settings, "--urls", address.ToString()]);

        await Until.True("it says what is wrong", () =>
            gateway.Output.Any(static line => line.Contains("start a silo of this version first", StringComparison.Ordinal)));
        Assert.False(await IsReady(address), "It is ready without a cluster.");
        await using var silo = await SiloProcess.Start(
            [.. SiloProcess.Scripted, .. settings, "--Silo:HostGateway", "false", "--Cluster:Name", "silo-1", "--Cluster:Port", $"{PrivatePostgres.FreePort()}"]);

        await Until.True("it is ready", () => IsReady(address));
    }

    static async Task<bool> IsReady(Uri gateway)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(gateway, "/health/ready"));
        return response.IsSuccessStatusCode;
    }
}
