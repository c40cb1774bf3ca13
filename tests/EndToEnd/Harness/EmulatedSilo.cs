using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Harness;

/// <summary>
/// The doubles of all vendors and a silo that uses them, in two processes, as <c>./voicegrains up --engines emulated</c> starts them. At the end both must stop by
/// themselves, and the product must have broken no rule of a vendor.
/// </summary>
public sealed class EmulatedSilo : IAsyncLifetime
{
    const string Doubles = "VoiceGrains.Tests.EmulatedVendors";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doubles-");
    SiloProcess _doubles = null!;

    public SiloProcess Silo { get; private set; } = null!;

    /// <summary>What the doubles understand.</summary>
    public string Recording => Path.Combine(_folder.FullName, "emulated.wav");

    public async ValueTask InitializeAsync()
    {
        var settings = Path.Combine(_folder.FullName, "emulated.env");
        _doubles = SiloProcess.Begin(SiloProcess.Program(Doubles, Doubles), "--settings", settings, "--recording", Recording);
        await Until.True("the doubles are ready", () => _doubles.HasEnded || File.Exists(settings));
        Assert.False(_doubles.HasEnded, string.Join('\n', _doubles.Output));
        Silo = await SiloProcess.Start([.. SiloProcess.WithDemo, .. File.ReadLines(settings).SelectMany(OptionOf)]);
    }

    public async ValueTask DisposeAsync()
    {
        var code = await Silo.Stop();
        await Silo.DisposeAsync();
        Assert.Equal(0, code);
        Assert.Equal(0, await _doubles.Stop());
        await _doubles.DisposeAsync();
        _folder.Delete(recursive: true);
        Assert.Empty(Silo.Errors);
        Assert.Empty(_doubles.Output);
    }

    static string[] OptionOf(string line) => line.Split('=', 2) is [var name, var value] ? ["--" + name.Replace("__", ":", StringComparison.Ordinal), value] : [];
}
