using Npgsql;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Clusters;

/// <summary>A database that an older version of the product made.</summary>
public sealed class OlderSchemas
{
    [Fact]
    public async Task A_silo_brings_an_older_database_to_its_version_and_keeps_what_is_in_it()
    {
        await using var postgres = await PrivatePostgres.Start();
        await Execute(postgres, $"""
            CREATE TABLE schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
            {await File.ReadAllTextAsync(Repository.File("silo", "Storage", "Migrations", "001_calls.sql"))}
            INSERT INTO schema_version (version) VALUES (1);
            """);

        await using var silo = await SiloProcess.Start([.. SiloProcess.Scripted, "--ConnectionStrings:Database", postgres.ConnectionString]);
        await using var call = await TestCall.Open(silo);
        var ben = await call.Join("ben", "en");
        await ben.Speak("in the new schema");
        await ben.UntilRecorded();

        Assert.Contains("in the new schema", await call.Transcript("format=text"), StringComparison.Ordinal);
        var scripts = Directory.GetFiles(Repository.File("silo", "Storage", "Migrations"), "*.sql").Length;
        Assert.Equal((long)scripts, await Read(postgres, "SELECT count(*) FROM schema_version"));
    }

    static async Task Execute(PrivatePostgres postgres, string text)
    {
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = database.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<object?> Read(PrivatePostgres postgres, string text)
    {
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = database.CreateCommand(text);
        return await command.ExecuteScalarAsync();
    }
}
