using System.Globalization;
using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Demo;

/// <summary>On a development cluster a visitor kills the silo that the demo call lives on, and sees that nothing is lost.</summary>
public sealed class KilledNode(Chromium chromium) : IAsyncLifetime
{
    readonly DirectoryInfo _processes = Directory.CreateTempSubdirectory("processes-");
    ClusterProcesses _cluster = null!;
    SiloProcess _voices = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterProcesses.Start(silos: 3, gateways: 1, [.. SiloProcess.Scripted, .. SiloProcess.WithDemo, "--Gateway:DemoProcesses", _processes.FullName]);
        foreach (var silo in _cluster.Silos)
            await File.WriteAllTextAsync(Path.Combine(_processes.FullName, $"{silo.Name}.pid"), silo.Id.ToString(CultureInfo.InvariantCulture));
        _voices = SiloProcess.BeginCommand("demo", [.. SiloProcess.Scripted, "--Demo:Gateway", _cluster.Gateways[0].Address.ToString()]);
    }

    public async ValueTask DisposeAsync()
    {
        var code = await _voices.Stop();
        await _voices.DisposeAsync();
        await _cluster.DisposeAsync();
        _processes.Delete(recursive: true);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task The_call_goes_on_elsewhere_without_a_lost_frame()
    {
        await using var visitor = await chromium.Open(_cluster.Gateways[0].Address);
        await Assertions.Expect(visitor["#left .text"].First).Not.ToBeEmptyAsync();

        await visitor["#kill"].ClickAsync();
        await visitor.Sees("#events li", "was killed.");
        await visitor.Sees("#events li", "went on, on silo-");
        await visitor.Sees("#events li", "No frame was lost.");
        var lines = await visitor["#left li"].CountAsync();
        await Assertions.Expect(visitor[$"#left li:nth-child({lines + 2}) .text-line .text"]).Not.ToBeEmptyAsync();

        Assert.Single(_cluster.Silos, static silo => silo.HasEnded);
        await Assertions.Expect(visitor["#lost"]).ToHaveTextAsync("0");
        Assert.NotEqual("of 0", await visitor["#frames"].TextContentAsync());
        await visitor.Picture("killed");
    }
}
