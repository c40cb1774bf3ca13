using System.Diagnostics;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Programs;

/// <summary><c>./voicegrains doctor</c>, and a start that does not get far: both tell everything that is wrong at once.</summary>
public sealed class DoctorCommand
{
    const string Secret = "never-to-be-shown";

    static readonly string[] Wrong =
    [
        "--Engines:Recognizers", "psychic", "--Engines:Cloner", "elevenlabs", "--Engines:ElevenLabs:Key", Secret, "--Engines:Deepgram:Key", Secret,
        "--Engines:Phrasebooks:0", "/no/such/file.phrases", "--Gateway:Region", "Not A Region", "--Gateway:MaxConnections", "many", "--Voices:Slots", "0", "--Tickets:Key", "short",
        "--Grains:IdleLimit", "soon", "--ConnectionStrings:Database", $"Hostess=here;Password={Secret}",
    ];

    static readonly string[] Mistakes =
    [
        "Engines:Recognizers: there is no engine 'psychic'. Known: ", "Engines:Cloner is elevenlabs, but nobody could speak with its voices", "/no/such/file.phrases: no such file",
        "Gateway:MaxConnections", "Voices:Slots must be from 1 to 10,000", "Tickets:Key must have at least 32 bytes", "Grains:IdleLimit", "ConnectionStrings:Database can't be read",
    ];

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var (code, output) = await Doctor(Wrong);

        Assert.Equal(1, code);
        Assert.All(Mistakes, mistake => Assert.Contains(mistake, output, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_tells_the_same()
    {
        var (code, output) = await SiloProcess.Run(["--urls", "http://127.0.0.1:0", .. Wrong]);

        Assert.Equal(1, code);
        Assert.All(Mistakes, mistake => Assert.Contains(mistake, output, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_offline_engines_everything_is_there()
    {
        var (code, output) = await Doctor();

        Assert.True(code == 0, output);
        Assert.Contains("1. pocketsphinx: first for en es fr de it pt", output, StringComparison.Ordinal);
        Assert.Contains("nobody for ar", output, StringComparison.Ordinal);
        Assert.EndsWith("Everything is there.\n", output, StringComparison.Ordinal);
    }

    static async Task<(int Code, string Output)> Doctor(params string[] settings)
    {
        var start = new ProcessStartInfo(SiloProcess.Program("VoiceGrains.Silo", "VoiceGrains.Silo"), ["doctor", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Tickets__Key"] = SiloProcess.TicketKey;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
