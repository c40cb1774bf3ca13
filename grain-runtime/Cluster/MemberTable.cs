using System.Data;
using System.Net;
using System.Text.Json;
using Npgsql;
using Orleans.Runtime;

namespace Orleans.Cluster;

/// <summary>The rows of the silos. Every time in them is the database's, so clocks of processes don't matter.</summary>
sealed class MemberTable(string cluster)
{
    /// <summary>The channel on which each change is announced, so that nobody waits for the next look.</summary>
    internal const string Channel = "voicegrains_silos";

    // Whoever has the port now shows that an earlier silo there has ended. Dead rows are kept for an hour: a silo that wakes up must find itself dead.
    const string Insert = """
        WITH earlier AS (UPDATE runtime_silo SET status = 6 WHERE cluster = $1 AND host = $3 AND port = $4 AND status <> 6),
             old AS (DELETE FROM runtime_silo WHERE cluster = $1 AND status = 6 AND lease_until < clock_timestamp() - interval '1 hour')
        INSERT INTO runtime_silo (cluster, name, host, port, grains, status, lease_until)
        VALUES ($1, $2, $3, $4, $5::jsonb, 2, clock_timestamp() + $6) RETURNING generation
        """;

    const string Renewal = """
        UPDATE runtime_silo SET lease_until = clock_timestamp() + $2, activations = $3 WHERE generation = $1 AND status <> 6 RETURNING 1
        """;

    const string Read = """
        SELECT generation, name, host, port, status, lease_until - clock_timestamp(), activations FROM runtime_silo WHERE cluster = $1
        """;

    // The database itself may just have started: then nobody could renew, and nobody is to blame.
    const string Death = """
        UPDATE runtime_silo SET status = 6
        WHERE generation = $1 AND status <> 6 AND ($2 OR lease_until < clock_timestamp()) AND pg_postmaster_start_time() + $3 < clock_timestamp()
        RETURNING 1
        """;

    const string Change = "UPDATE runtime_silo SET status = $2 WHERE generation = $1 AND status <> 6";
    const string Delete = "DELETE FROM runtime_silo WHERE generation = $1";

    /// <summary>Adds a silo that joins, and returns its generation: no two silos ever have the same.</summary>
    internal async Task<int> Join(
        NpgsqlDataSource database, string name, IPEndPoint endpoint, IReadOnlyDictionary<string, string> grains, CancellationToken cancellationToken)
    {
        await using var command = Command(
            database.CreateCommand(Insert), cluster, name, endpoint.Address.ToString(), endpoint.Port, JsonSerializer.Serialize(grains), Lease.Length);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Renews a lease. False: the silo was declared dead.</summary>
    internal static async Task<bool> Renew(NpgsqlConnection connection, int generation, int activations, CancellationToken cancellationToken)
    {
        await using var command = Command(new NpgsqlCommand(Renewal, connection), generation, Lease.Length, activations);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    internal async Task<ClusterView> View(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(new NpgsqlCommand(Read, connection), cluster);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var members = new List<Member>();
        while (await reader.ReadAsync(cancellationToken))
            members.Add(new Member(
                reader.GetInt32(0),
                reader.GetString(1),
                new IPEndPoint(IPAddress.Parse(reader.GetString(2)), reader.GetInt32(3)),
                (SiloStatus)reader.GetInt16(4),
                reader.GetTimeSpan(5),
                reader.GetInt32(6)));
        return new ClusterView(members);
    }

    /// <summary>Interface to grain type, as the newest silo knows them: what a process without grain classes needs for its references.</summary>
    internal async Task<Dictionary<string, string>> Grains(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(
            new NpgsqlCommand("SELECT grains FROM runtime_silo WHERE cluster = $1 ORDER BY generation DESC LIMIT 1", connection), cluster);
        return await command.ExecuteScalarAsync(cancellationToken) is string text ? JsonSerializer.Deserialize<Dictionary<string, string>>(text)! : [];
    }

    /// <summary>Declares a silo dead, if nobody did. False: the database says that it is too early, or that somebody was faster.</summary>
    internal static async Task<bool> DeclareDead(NpgsqlDataSource database, int generation, bool isRefused, CancellationToken cancellationToken)
    {
        await using var command = Command(database.CreateCommand(Death), generation, isRefused, Lease.Length);
        if (await command.ExecuteScalarAsync(cancellationToken) is null)
            return false;
        await Announce(database, cancellationToken);
        return true;
    }

    internal static async Task SetStatus(NpgsqlDataSource database, int generation, SiloStatus status, CancellationToken cancellationToken)
    {
        await using (var command = Command(database.CreateCommand(Change), generation, (short)status))
            await command.ExecuteNonQueryAsync(cancellationToken);
        await Announce(database, cancellationToken);
    }

    /// <summary>Removes a silo that has left.</summary>
    internal static async Task Leave(NpgsqlDataSource database, int generation, CancellationToken cancellationToken)
    {
        await using (var command = Command(database.CreateCommand(Delete), generation))
            await command.ExecuteNonQueryAsync(cancellationToken);
        await Announce(database, cancellationToken);
    }

    static async Task Announce(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"NOTIFY {Channel}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static NpgsqlCommand Command(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
