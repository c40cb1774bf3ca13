using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>Adds ElevenLabs to the silo.</summary>
static class ElevenLabsRegistration
{
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
        // Whoever shares the account's places over the cluster registers other slots before.
        services.TryAddSingleton<IVoiceSlots>(provider => new LocalVoiceSlots(options.Concurrency, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ElevenLabsApi(options, key, provider.GetRequiredService<IVoiceSlots>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ElevenLabsSynthesizer>();
        return services.AddSingleton<ElevenLabsCloner>();
    }
}
