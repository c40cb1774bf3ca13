using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using VoiceGrains.Calls;
using VoiceGrains.Media;
using VoiceGrains.Transcripts;

namespace VoiceGrains.Silo.Storage;

/// <summary>Transcripts in PostgreSQL: one transaction stores a segment and books its usage.</summary>
sealed class PostgresTranscriptStore(NpgsqlDataSource database) : ITranscriptStore
{
    const string Insert = """
        WITH stored AS (
            INSERT INTO transcript_segment
                (call, speaker, segment, speaker_name, language, text, origin, started_at, duration_ms, frames, translations)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT DO NOTHING RETURNING 1),
        booked AS (
            INSERT INTO usage_segment (call, speaker, segment, speech_ms, characters, translated_characters)
            SELECT $1, $2, $3, $9, $12, $13 FROM stored)
        SELECT (SELECT count(*) FROM stored) AS added, (SELECT text FROM transcript_segment WHERE call = $1 AND speaker = $2 AND segment = $3) AS before
        """;

    const string Columns = "speaker, speaker_name, segment, language, text, origin, started_at, duration_ms, frames, translations";

    const string Select = $"SELECT {Columns} FROM transcript_segment WHERE call = $1 ORDER BY ordinal OFFSET $2 LIMIT $3";

    const string SelectLast = $"""
        SELECT {Columns} FROM (
            SELECT {Columns}, ordinal FROM transcript_segment WHERE call = $1 ORDER BY ordinal DESC LIMIT $2) newest
        ORDER BY ordinal
        """;

    const string SelectOfSpeaker = $"""
        SELECT {Columns} FROM (
            SELECT {Columns} FROM transcript_segment WHERE call = $1 AND speaker = $2 AND segment > $3 ORDER BY segment DESC LIMIT $4) newest
        ORDER BY segment
        """;

    public async Task<AppendOutcome> Append(CallId call, RecordedSegment segment, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Insert);
        foreach (var value in (object[])
        [
            call.Value, segment.Speaker.Value, segment.Number, segment.SpeakerName, segment.Language.Tag, segment.Text, (short)segment.Origin,
            segment.StartedAt, (long)segment.Duration.TotalMilliseconds, segment.Frames,
        ])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        var translations = JsonSerializer.Serialize(segment.Translations.Select(static translation => new StoredTranslation(
            translation.Language.Tag, translation.Text, translation.Quality)));
        command.Parameters.Add(new NpgsqlParameter { Value = translations, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter { Value = segment.Text.Length });
        command.Parameters.Add(new NpgsqlParameter { Value = segment.Translations.Sum(static translation => translation.Text.Length) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetInt64(0) > 0)
            return AppendOutcome.Stored;
        // The one that came first may be hidden from this statement's snapshot: then it is as new as this one, and the next look would find it.
        return await reader.IsDBNullAsync(1, cancellationToken) || reader.GetString(1) == segment.Text ? AppendOutcome.Same : AppendOutcome.Other;
    }

    public Task<IReadOnlyList<RecordedSegment>> Read(CallId call, int position, int count, CancellationToken cancellationToken) =>
        Read(Select, [call.Value, position, count], cancellationToken);

    public Task<IReadOnlyList<RecordedSegment>> ReadLast(CallId call, int count, CancellationToken cancellationToken) =>
        Read(SelectLast, [call.Value, count], cancellationToken);

    public Task<IReadOnlyList<RecordedSegment>> ReadSpeaker(
        CallId call, ParticipantId speaker, int after, int count, CancellationToken cancellationToken) =>
        Read(SelectOfSpeaker, [call.Value, speaker.Value, after, count], cancellationToken);

    async Task<IReadOnlyList<RecordedSegment>> Read(string query, object[] values, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(query);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var segments = new List<RecordedSegment>();
        while (await reader.ReadAsync(cancellationToken))
            segments.Add(Segment(reader));
        return segments;
    }

    public async Task<int> LastSegment(CallId call, ParticipantId speaker, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT coalesce(max(segment), 0) FROM transcript_segment WHERE call = $1 AND speaker = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = call.Value });
        command.Parameters.Add(new NpgsqlParameter { Value = speaker.Value });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    static RecordedSegment Segment(NpgsqlDataReader reader) => new(
        new ParticipantId(reader.GetString(0)),
        reader.GetString(1),
        reader.GetInt32(2),
        Language.Parse(reader.GetString(3)),
        reader.GetString(4),
        (SegmentOrigin)reader.GetInt16(5),
        reader.GetFieldValue<DateTimeOffset>(6),
        TimeSpan.FromMilliseconds(reader.GetInt64(7)),
        reader.GetInt32(8),
        [.. JsonSerializer.Deserialize<ImmutableArray<StoredTranslation>>(reader.GetString(9))
            .Select(static stored => new RecordedTranslation(Language.Parse(stored.Language), stored.Text, stored.Quality))]);

    sealed record StoredTranslation(string Language, string Text, TranslationQuality Quality);
}
