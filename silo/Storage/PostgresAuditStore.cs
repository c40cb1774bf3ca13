using Npgsql;
using VoiceGrains.Operations;

namespace VoiceGrains.Silo.Storage;

/// <summary>The audit in PostgreSQL.</summary>
sealed class PostgresAuditStore(NpgsqlDataSource database) : IAuditStore
{
    const string Insert = "INSERT INTO audit_entry (at, who, caller, what, target) VALUES ($1, $2, $3, $4, $5) RETURNING number";
    const string Complete = "UPDATE audit_entry SET result = $2, ended_at = $3 WHERE number = $1 AND result IS NULL";
    const string Select = "SELECT number, at, who, caller, what, target, result, ended_at FROM audit_entry WHERE number < $1 ORDER BY number DESC LIMIT $2";

    public async Task<long> Begin(AuditedAction action, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = Command(Insert, at, action.Who, action.From, action.What, action.Target);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task End(long number, string result, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = Command(Complete, number, result, at);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AuditEntry>> List(long below, int count, CancellationToken cancellationToken)
    {
        await using var command = Command(Select, below, count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<AuditEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(await Entry(reader, cancellationToken));
        return entries;
    }

    static async Task<AuditEntry> Entry(NpgsqlDataReader reader, CancellationToken cancellationToken) => new(
        reader.GetInt64(0),
        reader.GetFieldValue<DateTimeOffset>(1),
        new AuditedAction(reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)),
        await reader.IsDBNullAsync(6, cancellationToken) ? null : reader.GetString(6),
        await reader.IsDBNullAsync(7, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(7));

    NpgsqlCommand Command(string text, params object[] values)
    {
        var command = database.CreateCommand(text);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
