namespace VoiceGrains.Voices;

/// <summary>Knows the stock profiles; profiles of people's own voices come with consent, later.</summary>
[GrainType("voiceprofile")]
sealed class VoiceProfileGrain : Grain, IVoiceProfileGrain
{
    public Task<Voice?> VoiceFor(Language language)
    {
        var key = this.GetPrimaryKeyString();
        var profile = key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return Task.FromResult(StockVoices.Find(profile, language));
    }
}
