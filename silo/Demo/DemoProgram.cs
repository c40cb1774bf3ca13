using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;

namespace VoiceGrains.Silo.Demo;

/// <summary>
/// The demo call of a cluster: a process of its own with engines and no grains, so that it loses nothing when a silo is killed. <c>demo --Demo:Gateway URL</c>, with
/// <c>Gateway:ApiKeys</c>.
/// </summary>
static class DemoProgram
{
    public static async Task<int> Run(WebApplicationBuilder builder)
    {
        var keys = builder.Configuration.GetSection("Gateway:ApiKeys").Get<Dictionary<string, string>>() ?? [];
        if (keys.Count == 0 || !Uri.TryCreate(builder.Configuration["Demo:Gateway"], UriKind.Absolute, out var gateway))
            throw new SettingsException(["The demo needs --Demo:Gateway, for example http://127.0.0.1:8080, and the key of a tenant: Gateway:ApiKeys:TENANT."]);
        await using var services = builder.Services.BuildServiceProvider();
        using var stopping = new CancellationTokenSource();
        using var onTerm = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });
        try
        {
            var talk = new DemoTalk(
                gateway, DemoTalk.KeyOf(keys), services.GetRequiredService<EngineSet>(), services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<DemoTalk>>());
            await talk.TalkAll(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Whoever started it stops it.
        }

        return 0;
    }
}
