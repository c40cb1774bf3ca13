using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Harness;

/// <summary>One process with scripted engines, for all tests that need no other. At its end its log must be clean.</summary>
public sealed class ScriptedSilo : IAsyncLifetime
{
    public SiloProcess Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Silo = await SiloProcess.Start(SiloProcess.Scripted);

    public async ValueTask DisposeAsync()
    {
        var code = await Silo.Stop();
        await Silo.DisposeAsync();
        Assert.Equal(0, code);
        Assert.True(!Silo.Errors.Any(), $"The log holds errors:\n{string.Join('\n', Silo.Errors.Take(5))}");
    }
}

/// <summary>Tests that share the process.</summary>
[CollectionDefinition(Name)]
public sealed class ScriptedCollection : ICollectionFixture<ScriptedSilo>
{
    public const string Name = "scripted";
}
