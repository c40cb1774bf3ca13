using System.Data;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>
/// Grain state in the table <c>grain_state</c>, which the product's migrations make. The version of a row is its ETag, and each
/// write is one conditional statement, so of two activations that both believe to own a grain only one can write.
/// </summary>
sealed class PostgresGrainStorage(AdoNetGrainStorageOptions options, ClusterOptions cluster) : IGrainStorage, IAsyncDisposable
{
    const string Read = "SELECT payload, version FROM grain_state WHERE service = $1 AND state = $2 AND grain_type = $3 AND grain_key = $4";

    const string Insert = """
        INSERT INTO grain_state (service, state, grain_type, grain_key, payload, version) VALUES ($1, $2, $3, $4, $5, 1)
        ON CONFLICT DO NOTHING RETURNING version
        """;

    const string Update = """
        UPDATE grain_state SET payload = $5, version = version + 1, modified_at = now()
        WHERE service = $1 AND state = $2 AND grain_type = $3 AND grain_key = $4 AND version = $6 RETURNING version
        """;

    const string Delete = "DELETE FROM grain_state WHERE service = $1 AND state = $2 AND grain_type = $3 AND grain_key = $4 AND version = $5 RETURNING version";

    readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(options.ConnectionString);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var command = Command(Read, stateName, grainId);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow);
        grainState.RecordExists = await reader.ReadAsync();
        grainState.ETag = grainState.RecordExists ? Etag(reader.GetInt32(1)) : null;
        grainState.State = grainState.RecordExists
            ? JsonSerializer.Deserialize<T>(reader.GetFieldValue<byte[]>(0))!
            : Activator.CreateInstance<T>();
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var command = Command(grainState.ETag is null ? Insert : Update, stateName, grainId);
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.SerializeToUtf8Bytes(grainState.State) });
        if (grainState.ETag is not null)
            command.Parameters.Add(new NpgsqlParameter { Value = int.Parse(grainState.ETag, CultureInfo.InvariantCulture) });
        grainState.ETag = Etag(await VersionAfter(command, grainState.ETag));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is not null)
        {
            await using var command = Command(Delete, stateName, grainId);
            command.Parameters.Add(new NpgsqlParameter { Value = int.Parse(grainState.ETag, CultureInfo.InvariantCulture) });
            await VersionAfter(command, grainState.ETag);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    static string Etag(int version) => version.ToString(CultureInfo.InvariantCulture);

    static async Task<int> VersionAfter(NpgsqlCommand command, string? current) => await command.ExecuteScalarAsync() is int version
        ? version
        : throw new InconsistentStateException("The state was written by another activation since this one read it.", "another", current);

    NpgsqlCommand Command(string text, string stateName, GrainId grainId)
    {
        var command = _database.CreateCommand(text);
        foreach (var value in (string[])[cluster.ServiceId, stateName, grainId.Type.Value, grainId.Key.Value])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
