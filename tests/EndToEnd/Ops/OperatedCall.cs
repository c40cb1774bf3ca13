using System.Text.Json.Nodes;
using Npgsql;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Ops;

/// <summary>A call of Ana and Ben on a cluster of two silos and two gateways, and somebody who operates it.</summary>
public abstract class OperatedCall : IAsyncLifetime
{
    private protected ClusterProcesses Cluster { get; private set; } = null!;

    private protected Operator Operator { get; private set; } = null!;

    private protected TestCall Call { get; private set; } = null!;

    private protected Member Ana { get; private set; } = null!;

    private protected Member Ben { get; private set; } = null!;

    private protected ClusterProcess First => Cluster.Gateways[0];

    private protected ClusterProcess Second => Cluster.Gateways[1];

    public async ValueTask InitializeAsync()
    {
        Cluster = await Begin();
        Operator = new Operator(First.Address);
        Call = await TestCall.Open(First.Address);
        (Ana, Ben) = (await Call.Join("ana", "es"), await Call.Join("ben", "en"));
        await Operator.Follow("view=cluster", static shown => Processes(shown, "alive").Count() == 4);
    }

    public async ValueTask DisposeAsync()
    {
        await Call.DisposeAsync();
        Operator.Dispose();
        await End();
    }

    protected abstract Task<ClusterProcesses> Begin();

    protected virtual Task End() => Task.CompletedTask;

    private protected static IEnumerable<JsonObject> Processes(JsonObject shown, string state) =>
        shown["processes"]?.AsObject().Select(static row => row.Value!.AsObject()).Where(row => (string)row["state"]! == state) ?? [];

    // In the database, where it outlives every process.
    private protected async Task AssertAudited(string what, string target, string result)
    {
        Assert.Contains((what, target, result), await Operator.Audit());
        await using var database = NpgsqlDataSource.Create(Cluster.Postgres.ConnectionString);
        await using var command = database.CreateCommand("SELECT count(*) FROM audit_entry WHERE what = $1 AND target = $2 AND result = $3 AND ended_at >= at AND caller = '127.0.0.1'");
        foreach (var value in (string[])[what, target, result])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }
}
