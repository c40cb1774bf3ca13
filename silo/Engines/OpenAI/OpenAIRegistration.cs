using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>Adds the engines of OpenAI.</summary>
static class OpenAIRegistration
{
    /// <summary>All engines that need its key.</summary>
    public static IReadOnlyList<Type> Engines { get; } = [typeof(OpenAITranslator), typeof(OpenAISpeech), typeof(OpenAITranscription)];

    /// <param name="isChosen">Whether any setting names one of them. If so, a missing key or a wrong setting is a mistake; if not, nothing is asked of anybody.</param>
    public static IServiceCollection AddOpenAI(this IServiceCollection services, IConfiguration configuration, bool isChosen, List<string> mistakes)
    {
        if (!isChosen)
            return services;
        var options = VendorSettings.Read<OpenAIOptions>(configuration, "Engines:OpenAI", mistakes);
        options.Check(mistakes);
        var key = VendorKey.Read(configuration, "OpenAI", out var mistake);
        if (key is null)
        {
            mistakes.Add(mistake ?? "Engines:OpenAI:Key is missing, and an engine of OpenAI is chosen. Set it, or Engines:OpenAI:KeyFile or OPENAI_API_KEY, or choose other engines.");
            return services;
        }

        services.AddSingleton(provider => new OpenAIAccount(options, key, provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<OpenAITranslator>().AddSingleton<OpenAISpeech>().AddSingleton<OpenAITranscription>();
    }
}
