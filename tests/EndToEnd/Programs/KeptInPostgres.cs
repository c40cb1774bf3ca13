using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Programs;

/// <summary>With a connection string, what must last is in PostgreSQL.</summary>
public sealed class KeptInPostgres
{
    static readonly Dictionary<string, string>[] Glossary = [new() { ["en"] = "cluster", ["es"] = "clúster" }];

    [Fact]
    public async Task A_restart_keeps_calls_transcripts_and_the_numbering_of_participants()
    {
        await using var postgres = await PrivatePostgres.Start();
        var settings = Settings(postgres);
        await using var before = await SiloProcess.Start(settings);
        await using var call = await TestCall.Open(before, new { title = "kept", emptySeconds = 3600, glossary = Glossary, formality = "formal" });
        await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        await ben.Speak("said before the restart");
        await ben.UntilRecorded();

        Assert.Equal(0, await before.Stop());
        Assert.Equal(CloseCode.Draining, await ben.UntilClosed());
        await using var after = await SiloProcess.Start(settings);
        await using var same = TestCall.Of(after, call.Id);
        var again = await same.Reconnect(ben, new Hello("en"));
        await again.Speak("said after it");
        await again.UntilRecorded();

        Assert.Equal((ben.Client.Welcome.Epoch + 1, ben.Client.NextNumber), (again.Client.Welcome.Epoch, again.Client.Welcome.NextNumber));
        var kept = await same.Describe();
        Assert.Equal(("kept", "formal"), (kept.GetProperty("title").GetString(), kept.GetProperty("formality").GetString()));
        Assert.Equal("clúster", Assert.Single(kept.GetProperty("glossary").EnumerateArray()).GetProperty("es").GetString());
        Assert.Contains("said·es before·es the·es restart·es", await same.Transcript("language=es"), StringComparison.Ordinal);
        var texts = await same.Transcript("language=en");
        Assert.Contains("said before the restart", texts, StringComparison.Ordinal);
        Assert.Contains("said after it", texts, StringComparison.Ordinal);
        await same.AssertNothingIsLost("ben");
        Assert.Empty(before.Errors.Concat(after.Errors));
    }

    [Fact]
    public async Task While_the_database_is_away_talking_goes_on_and_is_recorded_later()
    {
        await using var postgres = await PrivatePostgres.Start();
        await using var silo = await SiloProcess.Start(Settings(postgres));
        await using var call = await TestCall.Open(silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        await ben.Speak("with it");
        await ben.UntilRecorded();

        await postgres.Stop();
        await ben.Speak("without it");
        await ana.Until("the translation", () => ana.HeardWords == "with·es it·es without·es it·es");
        var recorded = ben.Client.Recorded;
        await postgres.StartAgain();
        await ben.UntilRecorded();

        Assert.True(recorded < ben.Client.Recorded, "It was recorded while there was no database.");
        Assert.Contains("without it", await call.Transcript("format=text"), StringComparison.Ordinal);
        await call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task A_database_that_can_not_be_reached_is_named_at_start()
    {
        var (code, output) = await SiloProcess.Run("--ConnectionStrings:Database", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2", "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains("ConnectionStrings:Database", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    static string[] Settings(PrivatePostgres postgres) => [.. SiloProcess.Scripted, "--ConnectionStrings:Database", postgres.ConnectionString];
}
