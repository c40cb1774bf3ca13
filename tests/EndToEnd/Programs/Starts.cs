using System.Net;
using System.Net.Sockets;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Programs;

/// <summary>A start that can't be says what to change; one that can shows what it is.</summary>
public sealed class Starts
{
    public static TheoryData<string[], string> Impossible => new()
    {
        { ["--Tickets:Key", "short"], "Tickets:Key must have at least 32 bytes" },
        { ["--Gateway:Region", "Not A Region"], "Gateway:Region must be" },
        { ["--Gateway:MaxConnections", "0"], "Gateway:MaxConnections must be" },
        { ["--Gateway:Demo", "true"], "Gateway:Demo is for development only" },
        { ["--Gateway:DemoProcesses", "/tmp"], "Gateway:DemoProcesses means nothing without Gateway:Demo" },
        { ["--Engines:Recognizers", "psychic"], "Engines:Recognizers: there is no engine 'psychic'. Known: " },
        { ["--Engines:Translators", ""], "Engines:Translators names no engine" },
        { ["--Engines:Phrasebooks:0", "/no/such/file.phrases"], "no such file" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task A_wrong_setting_is_named_with_what_to_do(string[] settings, string expected)
    {
        var (code, output) = await SiloProcess.Run(["--urls", "http://127.0.0.1:0", .. settings]);

        Assert.Equal(1, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var (code, output) = await SiloProcess.Run([.. SiloProcess.Scripted, "--urls", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}"]);

        Assert.Equal(1, code);
        Assert.Contains("The port is in use. Choose another: ./voicegrains up --port 8081", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phrasebook_with_mistakes_is_refused_with_file_and_line()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("phrases-").FullName, "broken.phrases");
        await File.WriteAllTextAsync(file, "[phrases]\nen  Hello {nobody}.\nes  Hola {nobody}.\n\nen  Alone.\n");

        var (code, output) = await SiloProcess.Run("--urls", "http://127.0.0.1:0", "--Engines:Phrasebooks:0", file);

        Assert.Equal(1, code);
        Assert.Contains("broken.phrases:2: the slot {nobody} is not defined", output, StringComparison.Ordinal);
        Assert.Contains("broken.phrases:5: the sentence stands in one language only", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_process_describes_itself()
    {
        await using var silo = await SiloProcess.Start(SiloProcess.Scripted);
        await using var call = await TestCall.Open(silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        await ben.Speak("counted");
        await ana.Until("the translation", () => ana.HeardWords == "counted·es");

        var metrics = await silo.Address.GetText("/metrics");
        var openApi = await silo.Address.GetText("/openapi/v1.json");

        Assert.Equal("Healthy", await silo.Address.GetText("/health/live"));
        foreach (var line in (string[])["voicegrains_connections 2", "voicegrains_gateway_calls 1", "voicegrains_calls 1", "voicegrains_participants 2",
            "voicegrains_segments_total{outcome=\"recognized\"} 1", "voicegrains_frames_total{outcome=\"heard\"}", "stage=\"recognize\",le=", "stage=\"translate\",le=", "stage=\"synthesize\",le="])
            Assert.Contains(line, metrics, StringComparison.Ordinal);
        Assert.Contains("/v1/calls/{call}/transcript", openApi, StringComparison.Ordinal);
    }
}
