using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>Adds ElevenLabs to the silo.</summary>
static class ElevenLabsRegistration
{
    const string Engine = ElevenLabsFault.Engine;

    /// <summary>Adds the synthesizer and the cloner. What is wrong with the settings goes to the mistakes, but only when it was chosen.</summary>
    public static IServiceCollection AddElevenLabs(this IServiceCollection services, IConfiguration configuration, bool isChosen, List<string> mistakes)
    {
        if (!isChosen)
            return services;
        var options = VendorSettings.Read<ElevenLabsOptions>(configuration, "Engines:ElevenLabs", mistakes);
        mistakes.AddRange(options.Mistakes());
        if (VendorKey.Read(configuration, "ElevenLabs", out var mistake) is not { } key)
        {
            mistakes.Add(mistake ?? "Engines:Synthesizers or Engines:Cloner names elevenlabs, which needs a key: set Engines:ElevenLabs:Key, Engines:ElevenLabs:KeyFile or ELEVENLABS_API_KEY.");
            return services;
        }

        services.AddSingleton(options);
        services.AddKeyedSingleton(Engine, (provider, _) => AccountSlots.Of(provider, Engine, options.Concurrency));
        services.AddSingleton(provider => new ElevenLabsApi(options, key, provider.GetRequiredKeyedService<IAccountSlots>(Engine), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ElevenLabsSynthesizer(
            options, provider.GetRequiredService<ElevenLabsApi>(), provider.GetRequiredKeyedService<IAccountSlots>(Engine), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<ElevenLabsCloner>();
    }
}
