using Npgsql;
using VoiceGrains.Calls;
using VoiceGrains.Media;
using VoiceGrains.Silo.Storage;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Programs;

/// <summary>Transcripts in PostgreSQL are read as those in memory are.</summary>
public sealed class StoredTranscripts
{
    [Fact]
    public async Task The_last_segments_of_a_call_are_read_oldest_first_whoever_spoke()
    {
        await using var postgres = await PrivatePostgres.Start();
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        await Migrations.Apply(database, CancellationToken.None);
        var (store, here) = (new PostgresTranscriptStore(database), new CallId("local-k3v9x2m4q7ab"));
        foreach (var (call, speaker, number) in ((CallId, string, int)[])[(here, "ana", 1), (here, "ben", 1), (new CallId("local-other2345"), "eve", 1), (here, "ana", 2)])
            await store.Append(call, Segment(speaker, number), CancellationToken.None);

        var last = await store.ReadLast(here, 2, CancellationToken.None);
        var all = await store.ReadLast(here, 6, CancellationToken.None);

        Assert.Equal(["ben1", "ana2"], last.Select(static segment => segment.Text));
        Assert.Equal(["ana1", "ben1", "ana2"], all.Select(static segment => segment.Text));
    }

    static RecordedSegment Segment(string speaker, int number) => new(
        new ParticipantId(speaker), "A name", number, Language.Parse("en"), $"{speaker}{number}", SegmentOrigin.Spoken, DateTimeOffset.UnixEpoch, TimeSpan.Zero, 1, []);
}
