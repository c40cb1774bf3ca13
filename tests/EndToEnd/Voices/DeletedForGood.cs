using Npgsql;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Voices;

/// <summary>What is to be deleted is deleted, also when the vendor refuses and the process dies in between.</summary>
public sealed class DeletedForGood : IDisposable
{
    readonly VendorFolder _vendor = new();

    public void Dispose() => _vendor.Dispose();

    [Fact]
    public async Task A_deletion_that_the_vendor_refuses_is_done_after_a_crash()
    {
        await using var postgres = await PrivatePostgres.Start();
        string[] settings = [.. SiloProcess.Scripted, .. _vendor.Settings, "--ConnectionStrings:Database", postgres.ConnectionString];
        await using var before = await SiloProcess.Start(settings);
        var voice = new VoiceOverRest(before, "voice-1", person: "person-4711");
        await voice.MakeReady();
        Assert.Equal([1], await Recordings(postgres));
        _vendor.Tell("deletes-fail");
        await voice.Revoke();
        Assert.False((await voice.Get()).Body.GetProperty("clean").GetBoolean());
        await before.Kill();

        await using var after = await SiloProcess.Start(settings);
        Assert.Single(_vendor.Voices);
        _vendor.TellNoMore("deletes-fail");
        await Until.True("the vendor has no voice any more", () => _vendor.Voices.Count == 0);

        var again = new VoiceOverRest(after, "voice-1", person: "person-4711");
        await again.UntilClean();
        Assert.Empty(await Recordings(postgres));
        var consent = (await again.Get()).Body.GetProperty("consents")[0];
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, consent.GetProperty("revokedAt").ValueKind);
        Assert.Equal(64, consent.GetProperty("recordingHash").GetString()!.Length);
        Assert.DoesNotContain(before.Output.Concat(after.Output), static line => line.Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_voice_that_nobody_knows_is_deleted_at_the_next_start()
    {
        string[] settings = [.. SiloProcess.Scripted, .. _vendor.Settings, "--Voices:Installation", "test"];
        await using (var first = await SiloProcess.Start(settings))
        {
            await new VoiceOverRest(first, "voice-1").MakeReady();
            // Without a database the profile is gone with the process, and the vendor has the voice still.
            Assert.Equal(0, await first.Stop());
        }

        Assert.Single(_vendor.Voices);
        await using var second = await SiloProcess.Start(settings);

        await Until.True("the vendor has no voice any more", () => _vendor.Voices.Count == 0);
    }

    static async Task<IReadOnlyList<int>> Recordings(PrivatePostgres postgres)
    {
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = database.CreateCommand("SELECT kind FROM voice_recording ORDER BY kind");
        await using var reader = await command.ExecuteReaderAsync();
        var kinds = new List<int>();
        while (await reader.ReadAsync())
            kinds.Add(reader.GetInt16(0));
        return kinds;
    }
}
