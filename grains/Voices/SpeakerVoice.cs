namespace VoiceGrains.Voices;

/// <summary>What one participant asked to sound like.</summary>
/// <param name="person">Whose own voice they may use; null: nobody's.</param>
/// <param name="asked">A <see cref="VoiceName"/>.</param>
sealed class SpeakerVoice(IGrainFactory grains, TenantId tenant, CallId call, PersonId? person, string asked)
{
    readonly VoiceName _name = VoiceName.TryParse(asked, out var name) ? name : new VoiceName(StockVoices.Usual, null);

    /// <summary>The voice in a language, as it may be used at this moment. Never null: who has no voice of their own here speaks with a stock voice.</summary>
    public async Task<Voice?> In(Language language)
    {
        var voice = StockVoices.Find(_name.Profile, language) ?? await Own(language) ?? StockVoices.Find(StockVoices.Usual, language)!;
        return voice with { Effect = _name.Effect };
    }

    async Task<Voice?> Own(Language language) => person is { } owner
        ? await grains.GetGrain<IVoiceProfileGrain>(GrainKeys.Of(tenant, _name.Profile)).VoiceFor(language, new VoiceUse(owner, call))
        : null;
}
