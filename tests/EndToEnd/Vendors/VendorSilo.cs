using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Vendors;

/// <summary>One process whose engines are vendors', at the doubles, and are tried again and again, however often they fail. At its end its log must hold no error, no key and no word.</summary>
public sealed class VendorSilo : IAsyncLifetime
{
    /// <summary>Spoken by everybody in these tests, so that it is found wherever speech should not be.</summary>
    public const string Password = "swordfish";

    internal Doubles Doubles { get; private set; } = null!;

    public SiloProcess Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Doubles = await Doubles.Start();
        Silo = await SiloProcess.Start([.. Doubles.Settings, "--Voices:Slots", "200", "--Engines:BreakerFailures", "1000"]);
        // Who counts the places of an account gives none before it has heard of every silo.
        await using var call = await TestCall.Open(Silo);
        var ben = await call.Join("ben", "en");
        await Until.True("the first vendor is used", async () =>
        {
            await ben.Speak("hello");
            return Doubles.Deepgram.Ledger.CountOf("nova") > 0;
        });
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await Silo.Stop());
        await Silo.DisposeAsync();
        await Doubles.DisposeAsync();
        Doubles.AssertNothingIsTold(Silo.Output, Password);
        Assert.Empty(Silo.Errors);
    }
}
