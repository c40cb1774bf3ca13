using System.Text.Json.Nodes;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Ops;

/// <summary>Processes are drained or killed under talking people, and an operator sees it.</summary>
public sealed class ProcessesThatEnd : OperatedCall
{
    [Fact]
    public async Task A_silo_is_drained_under_talking_people_and_nobody_misses_a_word()
    {
        var silo = (await Call.Figures("ben")).GetProperty("silo").GetString()!;
        await Ben.Speak("said before");

        var drained = Operator.Post($"/ops/api/silos/{silo}/drain");
        await Ben.Speak("said meanwhile");
        Assert.Equal(200, (await drained).Status);
        Assert.Equal(0, await Cluster.Member(silo).Ended());
        await Ben.Speak("said after");

        await Ana.Until("every word", () => string.Join(' ', Ana.Finals("ben", "es")) == "said·es before·es said·es meanwhile·es said·es after·es");
        await Ben.UntilRecorded();
        await Call.AssertNothingIsLost("ben");
        await Operator.Follow("view=cluster", shown => Processes(shown, "alive").Count() == 3 && Processes(shown, "alive").All(row => (string)row["name"]! != silo)
            && !Processes(shown, "lost").Any());
        await AssertAudited("drain-silo", silo, "it drains: 1 other takes over");
        await AssertTheLastSiloStays();
    }

    [Fact]
    public async Task A_gateway_is_drained_and_its_people_go_on_at_the_other()
    {
        var cora = await Call.At(Second.Address).Join("cora", "en");
        var closing = cora.UntilClosed();
        await Ana.Until("the region knows the first", () => Ana.Gateways.Contains($"ws://{First.Address.Authority}"));

        Assert.Equal(200, (await Operator.Post($"/ops/api/gateways/{Second.Name}/drain")).Status);

        Assert.Equal(CloseCode.Draining, await closing);
        Assert.Contains(First.Address.Authority, string.Join(' ', cora.All<Moving>().SelectMany(static moving => moving.Gateways)), StringComparison.Ordinal);
        Assert.Equal(0, await Second.Ended());
        var (status, refused) = await Operator.Post($"/ops/api/gateways/{First.Name}/drain");
        Assert.Equal((409, "last-gateway"), (status, refused.GetProperty("title").GetString()));
        await AssertAudited("drain-gateway", Second.Name, "it drains: 1 other takes over");
    }

    [Fact]
    public async Task A_silo_that_is_killed_is_named_as_lost_and_its_calls_are_shown_where_they_went()
    {
        var silo = (await Call.Describe()).GetProperty("silo").GetString()!;

        await Cluster.Member(silo).Kill();

        var shown = await Operator.Follow($"view=cluster&search={Call.Id}", shown =>
            Processes(shown, "lost").Any(row => (string)row["name"]! == silo) && (string?)shown["calls"]!["rows"]![Call.Id]?["silo"] is { } now && now != silo);
        Assert.Contains(shown["troubles"]!.AsObject(), trouble => ((string)trouble.Value!["text"]!).StartsWith($"Silo {silo} is lost", StringComparison.Ordinal));
    }

    protected override Task<ClusterProcesses> Begin() => ClusterProcesses.Start(silos: 2, gateways: 2, SiloProcess.Scripted);

    protected override async Task End()
    {
        var errors = Cluster.Members.SelectMany(static member => member.Errors).ToList();
        await Cluster.DisposeAsync();
        Assert.True(errors.Count == 0, $"The logs hold errors:\n{string.Join('\n', errors.Take(5))}");
    }

    async Task AssertTheLastSiloStays()
    {
        var left = (await Call.Figures("ben")).GetProperty("silo").GetString()!;
        var (status, refused) = await Operator.Post($"/ops/api/silos/{left}/drain");
        Assert.Equal((409, "last-silo"), (status, refused.GetProperty("title").GetString()));
        Assert.False(Cluster.Member(left).HasEnded);
        await AssertAudited("drain-silo", left, "it is the only silo: nobody could go on with its calls");
    }
}
