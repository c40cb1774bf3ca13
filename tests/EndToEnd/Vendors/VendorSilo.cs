using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Vendors;

/// <summary>One process whose engines are vendors', at the doubles. At its end its log must hold no error, no key and no word.</summary>
public sealed class VendorSilo : IAsyncLifetime
{
    /// <summary>Spoken by everybody in these tests, so that it is found wherever speech should not be.</summary>
    public const string Password = "swordfish";

    internal Doubles Doubles { get; private set; } = null!;

    public SiloProcess Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Doubles = await Doubles.Start();
        Silo = await SiloProcess.Start([.. Doubles.Settings, "--Voices:Slots", "200"]);
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
