using System.Text.Json.Nodes;
using Npgsql;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Ops;

/// <summary>What operators do to a cluster under talking people, and what the audit says of it.</summary>
public sealed class ActionsAtWork : IAsyncLifetime
{
    ClusterProcesses _cluster = null!;
    Operator _operator = null!;
    TestCall _call = null!;
    Member _ana = null!;
    Member _ben = null!;

    ClusterProcess First => _cluster.Gateways[0];

    ClusterProcess Second => _cluster.Gateways[1];

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterProcesses.Start(silos: 2, gateways: 2, SiloProcess.Scripted);
        _operator = new Operator(First.Address);
        _call = await TestCall.Open(First.Address);
        (_ana, _ben) = (await _call.Join("ana", "es"), await _call.Join("ben", "en"));
        await _operator.Follow("view=cluster", shown => Processes(shown, "alive").Count() == 4);
    }

    public async ValueTask DisposeAsync()
    {
        await _call.DisposeAsync();
        _operator.Dispose();
        var errors = _cluster.Members.SelectMany(static member => member.Errors).ToList();
        await _cluster.DisposeAsync();
        Assert.True(errors.Count == 0, $"The logs hold errors:\n{string.Join('\n', errors.Take(5))}");
    }

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
    public async Task A_silo_is_drained_under_talking_people_and_nobody_misses_a_word()
    {
        var silo = (await _call.Figures("ben")).GetProperty("silo").GetString()!;
        await _ben.Speak("said before");

        var drained = _operator.Post($"/ops/api/silos/{silo}/drain");
        await _ben.Speak("said meanwhile");
        Assert.Equal(200, (await drained).Status);
        Assert.Equal(0, await _cluster.Member(silo).Ended());
        await _ben.Speak("said after");

        await _ana.Until("every word", () => string.Join(' ', _ana.Finals("ben", "es")) == "said·es before·es said·es meanwhile·es said·es after·es");
        await _ben.UntilRecorded();
        await _call.AssertNothingIsLost("ben");
        await _operator.Follow("view=cluster", shown => Processes(shown, "alive").Count() == 3 && Processes(shown, "alive").All(row => (string)row["name"]! != silo)
            && !Processes(shown, "lost").Any());
        await AssertAudited("drain-silo", silo, "it drains: 1 other takes over");
        await AssertTheLastSiloStays();
    }

    [Fact]
    public async Task A_gateway_is_drained_and_its_people_go_on_at_the_other()
    {
        var cora = await _call.At(Second.Address).Join("cora", "en");
        var closing = cora.UntilClosed();
        await _ana.Until("the region knows the first", () => _ana.Gateways.Contains($"ws://{First.Address.Authority}"));

        Assert.Equal(200, (await _operator.Post($"/ops/api/gateways/{Second.Name}/drain")).Status);

        Assert.Equal(CloseCode.Draining, await closing);
        Assert.Contains(First.Address.Authority, string.Join(' ', cora.All<Moving>().SelectMany(static moving => moving.Gateways)), StringComparison.Ordinal);
        Assert.Equal(0, await Second.Ended());
        var (status, refused) = await _operator.Post($"/ops/api/gateways/{First.Name}/drain");
        Assert.Equal((409, "last-gateway"), (status, refused.GetProperty("title").GetString()));
        await AssertAudited("drain-gateway", Second.Name, "it drains: 1 other takes over");
    }

    [Fact]
    public async Task A_participant_is_moved_while_they_talk()
    {
        var before = (await _call.Figures("ben")).GetProperty("silo").GetString();

        Assert.Equal(200, (await _operator.Post($"/ops/api/calls/{_call.Id}/participants/ben/move")).Status);
        await Until.True("Ben lives elsewhere", async () =>
        {
            await _ben.Speak("still here");
            return (await _call.Figures("ben")).GetProperty("silo").GetString() != before;
        });

        await _ben.UntilRecorded();
        await _call.AssertNothingIsLost("ben");
        await AssertAudited("move", $"{_call.Id}/ben", "they move at their next pause, within 2 s");
    }

    [Fact]
    public async Task A_participant_is_taken_out_through_another_gateway_than_theirs_and_stays_out()
    {
        var cora = await _call.At(Second.Address).Join("cora", "en");

        Assert.Equal(200, (await _operator.Post($"/ops/api/calls/{_call.Id}/participants/cora/disconnect")).Status);

        Assert.Equal(CloseCode.Left, await cora.UntilClosed());
        Assert.Contains(cora.All<Error>(), static error => error.Code == "removed");
        await _ana.Until<RosterMessage>("Cora is out of the roster", static roster => roster.Participants.All(static person => person.Participant != "cora"));
        await AssertAudited("disconnect", $"{_call.Id}/cora", "taken out of the call at gateway-2");
        Assert.Equal(404, (await _operator.Post($"/ops/api/calls/{_call.Id}/participants/cora/disconnect")).Status);
    }

    [Fact]
    public async Task A_call_is_ended_once()
    {
        Assert.Equal(200, (await _operator.Post($"/ops/api/calls/{_call.Id}/end")).Status);

        Assert.Equal(CloseCode.Ended, await _ana.UntilClosed());
        var (status, refused) = await _operator.Post($"/ops/api/calls/{_call.Id}/end");
        Assert.Equal((409, "call-ended"), (status, refused.GetProperty("title").GetString()));
        await AssertAudited("end-call", _call.Id, "it ends: what was said is finished first");
        await AssertAudited("end-call", _call.Id, "it was over already");
        Assert.Equal(404, (await _operator.Post("/ops/api/calls/local-aaaaaaaaaaaa/end")).Status);
    }

    [Fact]
    public async Task The_log_level_of_a_running_process_is_changed_and_taken_back()
    {
        Assert.Equal(200, (await _operator.Post("/ops/api/silos/silo-2/log-level", new { level = "debug", minutes = 5 })).Status);
        await _operator.Follow("view=cluster", static shown => Processes(shown, "alive").Any(static row => (string)row["name"]! == "silo-2" && (string?)row["logLevel"] == "Debug"));

        Assert.Equal(200, (await _operator.Post("/ops/api/silos/silo-2/log-level", new { level = (string?)null })).Status);
        await _operator.Follow("view=cluster", static shown => Processes(shown, "alive").All(static row => row["logLevel"] is null));

        await AssertAudited("log-level", "silo-2 Debug", "it logs at Debug for 5 min");
        await AssertAudited("log-level", "silo-2 as set", "it logs as its settings say");
        foreach (var bad in (object[])[new { level = "trace" }, new { level = "0" }, new { level = "debug", minutes = 0 }, new { level = "debug", minutes = 100_000 }])
            Assert.Equal(400, (await _operator.Post("/ops/api/silos/silo-2/log-level", bad)).Status);
        Assert.Equal(404, (await _operator.Post("/ops/api/silos/silo-9/log-level", new { level = "debug" })).Status);
    }

    [Fact]
    public async Task A_silo_that_is_killed_is_named_as_lost_and_its_calls_are_shown_where_they_went()
    {
        var silo = (await _call.Describe()).GetProperty("silo").GetString()!;

        await _cluster.Member(silo).Kill();

        var shown = await _operator.Follow($"view=cluster&search={_call.Id}", shown =>
            Processes(shown, "lost").Any(row => (string)row["name"]! == silo) && (string?)shown["calls"]!["rows"]![_call.Id]?["silo"] is { } now && now != silo);
        Assert.Contains(shown["troubles"]!.AsObject(), trouble => ((string)trouble.Value!["text"]!).StartsWith($"Silo {silo} is lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_not_be_written_down_is_not_done()
    {
        await Execute("ALTER TABLE audit_entry RENAME TO audit_entry_away");

        var (status, refused) = await _operator.Post($"/ops/api/calls/{_call.Id}/end");

        Assert.Equal((503, "audit-unavailable"), (status, refused.GetProperty("title").GetString()));
        Assert.Equal("open", (await _call.Describe()).GetProperty("status").GetString());
        await Execute("ALTER TABLE audit_entry_away RENAME TO audit_entry");
        Assert.Equal(200, (await _operator.Post($"/ops/api/calls/{_call.Id}/end")).Status);
    }

    async Task AssertTheLastSiloStays()
    {
        var left = (await _call.Figures("ben")).GetProperty("silo").GetString()!;
        var (status, refused) = await _operator.Post($"/ops/api/silos/{left}/drain");
        Assert.Equal((409, "last-silo"), (status, refused.GetProperty("title").GetString()));
        Assert.False(_cluster.Member(left).HasEnded);
        await AssertAudited("drain-silo", left, "it is the only silo: nobody could go on with its calls");
    }

    // In the database, where it outlives every process.
    async Task AssertAudited(string what, string target, string result)
    {
        Assert.Contains((what, target, result), await _operator.Audit());
        await using var database = NpgsqlDataSource.Create(_cluster.Postgres.ConnectionString);
        await using var command = database.CreateCommand("SELECT count(*) FROM audit_entry WHERE what = $1 AND target = $2 AND result = $3 AND ended_at >= at AND caller = '127.0.0.1'");
        foreach (var value in (string[])[what, target, result])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    async Task Execute(string text)
    {
        await using var database = NpgsqlDataSource.Create(_cluster.Postgres.ConnectionString);
        await using var command = database.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    static IEnumerable<JsonObject> Processes(JsonObject shown, string state) =>
        shown["processes"]?.AsObject().Select(static row => row.Value!.AsObject()).Where(row => (string)row["state"]! == state) ?? [];
}
