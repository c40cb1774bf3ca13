namespace VoiceGrains.Voices;

/// <summary>The profiles that exist for every tenant: nobody needs to be asked for them.</summary>
static class StockVoices
{
    /// <summary>The voice of a stock profile. Null: the profile is somebody's own.</summary>
    public static Voice? Find(string profile, Language language) => profile switch
    {
        "stock-female" => new Voice(profile, Gender.Female, language),
        "stock-male" => new Voice(profile, Gender.Male, language),
        _ => null,
    };
}
