using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Voices;

/// <summary>Recordings, profiles and voices go from process to process.</summary>
public sealed class VoicesOfACluster : IDisposable
{
    readonly VendorFolder _vendor = new();

    public void Dispose() => _vendor.Dispose();

    [Fact]
    public async Task A_voice_made_through_a_gateway_is_heard_and_taken_back_on_any_silo()
    {
        await using var cluster = await ClusterProcesses.Start(2, 1, [.. SiloProcess.Scripted, .. _vendor.Settings]);
        var gateway = cluster.Gateways[0].Process;
        var voice = new VoiceOverRest(gateway, "voice-1");
        await voice.MakeReady();
        await using var call = await TestCall.Open(gateway);
        var ben = await call.Join("ben", "es");
        var ana = await voice.Join(call, "ana", new Hello("en", Voice: "voice-1"));

        await ana.Speak("mine");
        await ben.Until("the own voice", () => ben.HeardWords == $"mine·es@{_vendor.Voices[0]}");
        await voice.Revoke();
        await ana.Speak("theirs");

        await ben.Until("the stock voice", () => ben.HeardWords.EndsWith(" theirs·es", StringComparison.Ordinal));
        await voice.UntilClean();
        Assert.Empty(_vendor.Voices);
        Assert.Empty(cluster.Members.SelectMany(static member => member.Errors));
    }

    [Fact]
    public async Task Slots_and_names_are_limited_for_each_tenant()
    {
        await using var silo = await SiloProcess.Start([.. SiloProcess.Scripted, .. _vendor.Settings, "--Voices:Slots", "1", "--Voices:MaxProfiles", "2"]);
        var first = new VoiceOverRest(silo, "first");
        await first.MakeReady();
        var second = new VoiceOverRest(silo, "second", person: "bob");
        await second.Create();
        await second.Consent();
        await second.Sample();

        Assert.Equal("voice-slots-taken", (await second.Clone()).Body.GetProperty("title").GetString());
        Assert.Equal("too-many-voices", (await new VoiceOverRest(silo, "third").Create()).Body.GetProperty("title").GetString());
        await new VoiceOverRest(silo, "first", key: SiloProcess.ApiKey + "-of-another-tenant").MakeReady();

        // A slot is free when the vendor has confirmed that the voice is gone.
        await first.Delete();
        await Until.True("the slot is free", async () => (await second.Clone()).Status == 202);
        await second.Until("ready");
        Assert.Equal(201, (await new VoiceOverRest(silo, "third").Create()).Status);
    }
}
