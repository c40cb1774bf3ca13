using System.Text.Json.Nodes;
using Npgsql;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Clusters;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Ops;

/// <summary>What operators do to a call under talking people, and what the audit says of it. All processes stay.</summary>
[Collection(CallsClusterCollection.Name)]
public sealed class ActionsAtWork(CallsCluster cluster) : OperatedCall
{
    [Fact]
    public async Task Any_gateway_takes_the_session_of_another()
    {
        using var here = Operator.Nobody(First.Address);
        using var there = Operator.Nobody(Second.Address);

        using var answer = await there.Send(HttpMethod.Get, "/ops/api/session", null, ("Cookie", await here.SignIn()));

        Assert.True(answer.IsSuccessStatusCode);
        await AssertAudited("sign-in", "dashboard", "signed in");
    }

    [Fact]
    public async Task A_participant_is_moved_while_they_talk()
    {
        var before = (await Call.Figures("ben")).GetProperty("silo").GetString();

        Assert.Equal(200, (await Operator.Post($"/ops/api/calls/{Call.Id}/participants/ben/move")).Status);
        await Until.True("Ben lives elsewhere", async () =>
        {
            await Ben.Speak("still here");
            return (await Call.Figures("ben")).GetProperty("silo").GetString() != before;
        });

        await Ben.UntilRecorded();
        await Call.AssertNothingIsLost("ben");
        await AssertAudited("move", $"{Call.Id}/ben", "they move at their next pause, within 2 s");
    }

    [Fact]
    public async Task A_participant_is_taken_out_through_another_gateway_than_theirs_and_stays_out()
    {
        var cora = await Call.At(Second.Address).Join("cora", "en");

        Assert.Equal(200, (await Operator.Post($"/ops/api/calls/{Call.Id}/participants/cora/disconnect")).Status);

        Assert.Equal(CloseCode.Left, await cora.UntilClosed());
        Assert.Contains(cora.All<Error>(), static error => error.Code == "removed");
        await Ana.Until<RosterMessage>("Cora is out of the roster", static roster => roster.Participants.All(static person => person.Participant != "cora"));
        await AssertAudited("disconnect", $"{Call.Id}/cora", "taken out of the call at gateway-2");
        Assert.Equal(404, (await Operator.Post($"/ops/api/calls/{Call.Id}/participants/cora/disconnect")).Status);
    }

    [Fact]
    public async Task A_call_is_ended_once()
    {
        Assert.Equal(200, (await Operator.Post($"/ops/api/calls/{Call.Id}/end")).Status);

        Assert.Equal(CloseCode.Ended, await Ana.UntilClosed());
        var (status, refused) = await Operator.Post($"/ops/api/calls/{Call.Id}/end");
        Assert.Equal((409, "call-ended"), (status, refused.GetProperty("title").GetString()));
        await AssertAudited("end-call", Call.Id, "it ends: what was said is finished first");
        await AssertAudited("end-call", Call.Id, "it was over already");
        Assert.Equal(404, (await Operator.Post("/ops/api/calls/local-aaaaaaaaaaaa/end")).Status);
    }

    [Fact]
    public async Task The_log_level_of_a_running_process_is_changed_and_taken_back()
    {
        Assert.Equal(200, (await Operator.Post("/ops/api/silos/silo-2/log-level", new { level = "debug", minutes = 5 })).Status);
        await Operator.Follow("view=cluster", static shown => Processes(shown, "alive").Any(static row => (string)row["name"]! == "silo-2" && (string?)row["logLevel"] == "Debug"));

        Assert.Equal(200, (await Operator.Post("/ops/api/silos/silo-2/log-level", new { level = (string?)null })).Status);
        await Operator.Follow("view=cluster", static shown => Processes(shown, "alive").All(static row => row["logLevel"] is null));

        await AssertAudited("log-level", "silo-2 Debug", "it logs at Debug for 5 min");
        await AssertAudited("log-level", "silo-2 as set", "it logs as its settings say");
        foreach (var bad in (object[])[new { level = "trace" }, new { level = "0" }, new { level = "debug", minutes = 0 }, new { level = "debug", minutes = 100_000 }])
            Assert.Equal(400, (await Operator.Post("/ops/api/silos/silo-2/log-level", bad)).Status);
        Assert.Equal(404, (await Operator.Post("/ops/api/silos/silo-9/log-level", new { level = "debug" })).Status);
    }

    [Fact]
    public async Task What_can_not_be_written_down_is_not_done()
    {
        await Execute("ALTER TABLE audit_entry RENAME TO audit_entry_away");

        var (status, refused) = await Operator.Post($"/ops/api/calls/{Call.Id}/end");

        Assert.Equal((503, "audit-unavailable"), (status, refused.GetProperty("title").GetString()));
        Assert.Equal("open", (await Call.Describe()).GetProperty("status").GetString());
        await Execute("ALTER TABLE audit_entry_away RENAME TO audit_entry");
        Assert.Equal(200, (await Operator.Post($"/ops/api/calls/{Call.Id}/end")).Status);
    }

    protected override Task<ClusterProcesses> Begin() => Task.FromResult(cluster.Processes);

    async Task Execute(string text)
    {
        await using var database = NpgsqlDataSource.Create(Cluster.Postgres.ConnectionString);
        await using var command = database.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }
}
