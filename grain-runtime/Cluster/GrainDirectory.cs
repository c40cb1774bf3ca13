using Npgsql;
using Orleans.Runtime;

namespace Orleans.Cluster;

/// <summary>
/// Which silo holds which grain: a row for each activation, valid while its silo is alive. Taking over is one conditional statement, so of two silos that race
/// for a grain one wins. Failures of the database are <see cref="OrleansException"/>s that say so.
/// </summary>
sealed class GrainDirectory(NpgsqlDataSource database, string cluster)
{
    const string Find = """
        SELECT silo FROM runtime_activation a WHERE cluster = $1 AND grain_type = $2 AND grain_key = $3
        AND EXISTS (SELECT FROM runtime_silo s WHERE s.generation = a.silo AND s.status <> 6)
        """;

    // A silo that was declared dead, or has begun to leave, takes nothing.
    const string Take = """
        INSERT INTO runtime_activation AS a (cluster, grain_type, grain_key, silo)
        SELECT $1, $2, $3, $4 WHERE EXISTS (SELECT FROM runtime_silo s WHERE s.generation = $4 AND s.status = 3)
        ON CONFLICT (cluster, grain_type, grain_key) DO UPDATE SET silo = excluded.silo
        WHERE a.silo = excluded.silo OR NOT EXISTS (SELECT FROM runtime_silo s WHERE s.generation = a.silo AND s.status <> 6)
        RETURNING silo
        """;

    const string Delete = "DELETE FROM runtime_activation WHERE cluster = $1 AND grain_type = $2 AND grain_key = $3 AND silo = $4";
    const string Hand = "UPDATE runtime_activation SET silo = $5 WHERE cluster = $1 AND grain_type = $2 AND grain_key = $3 AND silo = $4";

    /// <summary>The silo that holds the grain; 0: none that is alive.</summary>
    internal Task<int> Lookup(GrainId grain) => Ask(grain, Find);

    /// <summary>Takes the grain for a silo unless another that is alive holds it. Returns who holds it then; 0: nobody, the silo may not take it.</summary>
    internal async Task<int> Claim(GrainId grain, int silo) => await Ask(grain, Take, silo) is not 0 and var taken ? taken : await Lookup(grain);

    /// <summary>The activation has ended. Only the row of this silo goes.</summary>
    internal Task Remove(GrainId grain, int silo) => Ask(grain, Delete, silo);

    /// <summary>The activation has ended, and the next one is to be on another silo.</summary>
    internal Task HandOver(GrainId grain, int silo, int next) => Ask(grain, Hand, silo, next);

    /// <summary>Removes every row of a silo that is no more. They are void anyway; this keeps the table small.</summary>
    internal async Task RemoveAll(int silo)
    {
        await using var command = database.CreateCommand("DELETE FROM runtime_activation WHERE silo = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = silo });
        await command.ExecuteNonQueryAsync();
    }

    async Task<int> Ask(GrainId grain, string question, params int[] silos)
    {
        try
        {
            await using var command = database.CreateCommand(question);
            foreach (var text in (string[])[cluster, grain.Type.Value, grain.Key.Value])
                command.Parameters.Add(new NpgsqlParameter { Value = text });
            foreach (var silo in silos)
                command.Parameters.Add(new NpgsqlParameter { Value = silo });
            return await command.ExecuteScalarAsync() as int? ?? 0;
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw new OrleansException($"The directory of grains can't be reached, so a {grain.Type} grain that is not active yet can't be activated now.");
        }
    }
}
