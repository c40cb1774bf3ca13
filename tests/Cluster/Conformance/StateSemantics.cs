using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Cluster.Conformance;

/// <summary>What the grains rely on of stored state.</summary>
public sealed class StateSemantics(SiloFixture silo) : IClassFixture<SiloFixture>
{
    IStoredGrain NewGrain() => silo.Grains.GetGrain<IStoredGrain>(Guid.NewGuid().ToString());

    [Fact]
    public async Task State_survives_the_activation()
    {
        var grain = NewGrain();
        await grain.Write("kept");

        await grain.End();

        Assert.Equal("kept", await grain.Read());
        Assert.True(await grain.Exists());
    }

    [Fact]
    public async Task What_was_not_written_is_gone_with_the_activation()
    {
        var grain = NewGrain();
        await grain.Write("kept");
        await grain.ChangeWithoutWriting("lost");

        await grain.End();

        await Until.True("the next activation reads what was written", () => grain.Read().Result == "kept");
    }

    [Fact]
    public async Task Cleared_state_does_not_exist()
    {
        var grain = NewGrain();
        await grain.Write("kept");

        await grain.Clear();
        await grain.End();

        await Until.True("the next activation finds nothing", () => grain.Read().Result.Length == 0);
        Assert.False(await grain.Exists());
    }

    [Fact]
    public async Task A_new_grain_has_empty_state()
    {
        Assert.False(await NewGrain().Exists());
        Assert.Equal("", await NewGrain().Read());
    }
}
