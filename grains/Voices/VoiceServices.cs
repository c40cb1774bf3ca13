using VoiceGrains.Engines;

namespace VoiceGrains.Voices;

/// <summary>Settings of people's own voices, section <c>Voices</c>.</summary>
public sealed class VoiceOptions
{
    /// <summary>Profiles that a tenant may have at a time. Default: 1,000.</summary>
    public int MaxProfiles { get; set; } = 1_000;

    /// <summary>Voices that a tenant may have at the vendor at a time. Default: 10, the slots of a small ElevenLabs plan.</summary>
    public int Slots { get; set; } = 10;

    /// <summary>How often it is looked for voices and recordings that must go, beside at each start. Default: 10.</summary>
    public int SweepMinutes { get; set; } = 10;

    /// <summary>
    /// Tells the voices of this installation from those of others that use the same account at the vendor: voices with this label that nobody knows are deleted.
    /// Default: made once and kept in the database; without a database another one for each process, so voices of processes before are not found.
    /// </summary>
    public string? Installation { get; set; }

    /// <summary>One line for each setting that is wrong.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (MaxProfiles is < 1 or > 100_000)
            yield return "Voices:MaxProfiles must be from 1 to 100,000.";
        if (Slots is < 1 or > 10_000)
            yield return "Voices:Slots must be from 1 to 10,000.";
        if (SweepMinutes is < 1 or > 1_440)
            yield return "Voices:SweepMinutes must be from 1 to 1,440.";
        if (Installation is { Length: 0 or > 64 })
            yield return "Voices:Installation must have 1 to 64 characters.";
    }
}

/// <summary>What profiles need of their silo.</summary>
/// <param name="Cloner">Null: none is configured.</param>
public sealed record VoiceServices(IVoiceCloner? Cloner, IRecordingStore Recordings, VoiceOptions Options, TimeProvider Time)
{
    /// <summary>The label of this installation.</summary>
    internal async Task<string> Installation(CancellationToken cancellationToken) => Options.Installation ?? await Recordings.Installation(cancellationToken);
}

/// <summary>Names of the labels that voices carry at the vendor.</summary>
static class VoiceLabels
{
    public const string Installation = "installation";
    public const string Tenant = "tenant";
    public const string Profile = "profile";
    public const string Consent = "consent";
}
