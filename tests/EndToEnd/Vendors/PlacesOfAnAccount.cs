using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Vendors;

/// <summary>What an account may do at a time is counted over all silos: the vendor never has to refuse, and what a dead silo held comes back.</summary>
public sealed class PlacesOfAnAccount
{
    const int Places = 3;

    [Fact]
    public async Task Two_silos_together_never_speak_more_at_a_time_than_the_account_may()
    {
        await using var doubles = await Doubles.Start();
        doubles.ElevenLabs.Account.Concurrency = Places;
        await using var cluster = await ClusterProcesses.Start(silos: 2, gateways: 1, [.. doubles.Settings, "--Engines:ElevenLabs:Concurrency", $"{Places}", "--Engines:ElevenLabs:SlotLimit", "00:00:20"]);
        // The ledger of places is new: for a moment it only listens.
        var calls = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            var call = await TestCall.Open(cluster.Gateways[0].Address);
            return (Call: call, Ana: await call.Join("ana", "es"), Ben: await call.Join("ben", "en"));
        }));

        await Task.WhenAll(calls.Select(async call =>
        {
            await call.Ben.Client.Say("one two three, four five six, seven eight nine.");
            await call.Ana.Until("all is heard", () => call.Ana.WordsHeard().Count == 9);
        }));

        Assert.InRange(doubles.ElevenLabs.Ledger.Peak("generation"), 1, Places);
        Assert.Empty(doubles.ElevenLabs.Ledger.Mistakes);
        Assert.Empty(doubles.OpenAI.Speeches);

        await cluster.Silos[0].Kill();
        await Task.WhenAll(calls.Select(async call =>
        {
            await call.Ben.Client.Say("ten eleven twelve.");
            await call.Ana.Until("the rest is heard", () => call.Ana.WordsHeard().Count >= 12);
        }));
        Assert.InRange(doubles.ElevenLabs.Ledger.Peak("generation"), 1, Places);
        foreach (var (call, _, _) in calls)
            await call.DisposeAsync();
        Doubles.AssertNothingIsTold(cluster.Members.SelectMany(static member => member.Output), "eleven twelve");
    }
}
