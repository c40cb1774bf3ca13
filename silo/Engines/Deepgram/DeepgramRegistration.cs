namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>Adds the Deepgram recognizers to a silo.</summary>
static class DeepgramRegistration
{
    /// <summary>Names in <c>Engines:Recognizers</c>.</summary>
    public static IReadOnlyDictionary<string, Type> Recognizers { get; } = new Dictionary<string, Type>
    {
        [DeepgramRecognizer.EngineName] = typeof(DeepgramRecognizer),
        [DeepgramNovaRecognizer.EngineName] = typeof(DeepgramNovaRecognizer),
        [DeepgramFluxRecognizer.EngineName] = typeof(DeepgramFluxRecognizer),
    };

    /// <summary>Adds them if a chosen name asks for it; without a key, or with settings that can't be, that is a mistake.</summary>
    public static IServiceCollection AddDeepgram(this IServiceCollection services, IConfiguration configuration, IEnumerable<string> chosen, List<string> mistakes)
    {
        if (!chosen.Any(Recognizers.ContainsKey))
            return services;
        var options = Read(configuration, mistakes);
        options.Validate(mistakes);
        if (VendorKey.Read(configuration, "Deepgram", out var mistake) is not { } key)
        {
            mistakes.Add(mistake ?? "Engines:Recognizers names deepgram, but there is no key for it. Set Engines:Deepgram:Key, Engines:Deepgram:KeyFile or DEEPGRAM_API_KEY.");
            return services;
        }

        services.AddSingleton(provider => new DeepgramConnections(
            options, key, AccountSlots.Of(provider, DeepgramRecognizer.EngineName, options.Streams), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<DeepgramNovaRecognizer>().AddSingleton<DeepgramFluxRecognizer>().AddSingleton<DeepgramRecognizer>();
    }

    static DeepgramOptions Read(IConfiguration configuration, List<string> mistakes)
    {
        try
        {
            return configuration.GetSection("Engines:Deepgram").Get<DeepgramOptions>() ?? new DeepgramOptions();
        }
        catch (InvalidOperationException error)
        {
            // The binder's message names the setting.
            mistakes.Add(error.Message);
            return new DeepgramOptions();
        }
    }
}
