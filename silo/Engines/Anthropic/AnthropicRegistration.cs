using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.Anthropic;

/// <summary>Adds the engine of Anthropic.</summary>
static class AnthropicRegistration
{
    /// <param name="isChosen">Whether a setting names it. If so, a missing key or a wrong setting is a mistake; if not, nothing is asked of anybody.</param>
    public static IServiceCollection AddAnthropic(this IServiceCollection services, IConfiguration configuration, bool isChosen, List<string> mistakes)
    {
        if (!isChosen)
            return services;
        var options = VendorSettings.Read<AnthropicOptions>(configuration, "Engines:Anthropic", mistakes);
        options.Check(mistakes);
        var key = VendorKey.Read(configuration, "Anthropic", out var mistake);
        if (key is null)
        {
            mistakes.Add(mistake ?? "Engines:Anthropic:Key is missing, and the engine anthropic is chosen. Set it, or Engines:Anthropic:KeyFile or ANTHROPIC_API_KEY, or choose other engines.");
            return services;
        }

        return services.AddSingleton(provider => new AnthropicTranslator(options, key, provider.GetRequiredService<TimeProvider>()));
    }
}
