using Npgsql;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Storage;

/// <summary>Recordings in PostgreSQL.</summary>
sealed class PostgresRecordingStore(NpgsqlDataSource database) : IRecordingStore
{
    const string Upsert = """
        INSERT INTO voice_recording (profile, kind, wav) VALUES ($1, $2, $3)
        ON CONFLICT (profile, kind) DO UPDATE SET wav = excluded.wav, kept_at = now()
        """;

    public async Task Write(string profile, RecordingKind kind, ReadOnlyMemory<byte> wav, CancellationToken cancellationToken)
    {
        await using var command = Command(Upsert, profile, (short)kind, wav);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<byte[]?> Read(string profile, RecordingKind kind, CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT wav FROM voice_recording WHERE profile = $1 AND kind = $2", profile, (short)kind);
        return (byte[]?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task Delete(string profile, RecordingKind kind, CancellationToken cancellationToken)
    {
        await using var command = Command("DELETE FROM voice_recording WHERE profile = $1 AND kind = $2", profile, (short)kind);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<string>> Profiles(CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT DISTINCT profile FROM voice_recording");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var profiles = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            profiles.Add(reader.GetString(0));
        return profiles;
    }

    public async Task<string> Installation(CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT id FROM voice_installation");
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    NpgsqlCommand Command(string text, params object[] values)
    {
        var command = database.CreateCommand(text);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
