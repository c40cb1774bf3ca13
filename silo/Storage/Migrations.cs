using Npgsql;

namespace VoiceGrains.Silo.Storage;

/// <summary>Brings the database to the newest version. Several silos may start at once: an advisory lock lets one do it.</summary>
static class Migrations
{
    const long Lock = 0x564F494345; // "VOICE"
    const string Prefix = "VoiceGrains.Silo.Storage.Migrations.";

    /// <summary>Applies the numbered scripts that the database does not have yet, each in a transaction of its own.</summary>
    public static async Task Apply(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await Execute(connection, $"SELECT pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await Execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())", cancellationToken);
            var applied = await Applied(connection, cancellationToken);
            if (applied.Count > 0 && applied.Max() > Scripts().Max(static script => script.Version))
                throw new SchemaNewerException(applied.Max());
            foreach (var (version, text) in Scripts().Where(script => !applied.Contains(script.Version)))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await Execute(connection, text, cancellationToken);
                await Execute(connection, $"INSERT INTO schema_version (version) VALUES ({version})", cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }
        finally
        {
            await Execute(connection, $"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    static List<(int Version, string Text)> Scripts()
    {
        var assembly = typeof(Migrations).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return (int.Parse(name.AsSpan(Prefix.Length, 3), System.Globalization.CultureInfo.InvariantCulture), reader.ReadToEnd());
            })];
    }

    static async Task<HashSet<int>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT version FROM schema_version", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
            versions.Add(reader.GetInt32(0));
        return versions;
    }

    static async Task Execute(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The database was made by a newer version of this product.</summary>
sealed class SchemaNewerException(int version)
    : Exception($"The database has schema version {version}, which is newer than this program. Start the newer program, or use another database.");
