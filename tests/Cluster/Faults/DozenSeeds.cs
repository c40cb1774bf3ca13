using VoiceGrains.Tests.Faults;

namespace VoiceGrains.Tests.Cluster.Faults;

/// <summary>
/// The fault suite in small: every fault once, with real processes, sockets and kills. <c>./voicegrains chaos</c> is the whole of it.
/// </summary>
public sealed class DozenSeeds(ITestOutputHelper output)
{
    [Fact]
    public async Task Nobody_misses_a_word_or_hears_one_twice_whatever_breaks()
    {
        using var written = new StringWriter();
        var chaos = new Chaos(ChaosArguments.Read(["--seeds", "12", "--calls", "8"]), written);

        await chaos.Run(TestContext.Current.CancellationToken);

        ChaosTable.Print(chaos.Rows, written);
        output.WriteLine(written.ToString());
        Assert.True(chaos.IsClean, written.ToString());
    }
}
