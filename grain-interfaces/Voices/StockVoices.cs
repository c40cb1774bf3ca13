namespace VoiceGrains.Voices;

/// <summary>The profiles that exist for every tenant: nobody needs to be asked for them.</summary>
public static class StockVoices
{
    /// <summary>Who speaks for those who did not choose.</summary>
    public const string Usual = "stock-female";

    /// <summary>What their names begin with, and no other name.</summary>
    public const string Prefix = "stock-";

    static readonly Dictionary<string, Gender> Genders = new()
    {
        [Usual] = Gender.Female,
        ["stock-male"] = Gender.Male,
        ["stock-female-young"] = Gender.Female,
        ["stock-male-deep"] = Gender.Male,
        ["stock-neutral"] = Gender.Female,
    };

    public static IReadOnlyCollection<string> Names => Genders.Keys;

    /// <summary>The voice of a stock profile. Null: the profile is somebody's own.</summary>
    public static Voice? Find(string profile, Language language) =>
        Genders.TryGetValue(profile, out var gender) ? new Voice(profile, gender, language) : null;
}
