namespace VoiceGrains.Lanes;

/// <summary>How a lane catches up with a speaker whose translation takes longer than the speech.</summary>
static class CatchUp
{
    const double MostTempo = 1.25;
    static readonly TimeSpan Normal = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan Much = TimeSpan.FromSeconds(2.5);
    static readonly TimeSpan TooMuch = TimeSpan.FromSeconds(8);

    /// <summary>How fast to speak with so much speech not yet played: 1 is as fast as it was made. Beyond a quarter faster people understand less.</summary>
    public static double Tempo(TimeSpan unplayed) => Math.Clamp(1 + (0.4 * (unplayed - Normal).TotalSeconds), 1, MostTempo);

    /// <summary>Whether to translate more briefly: the tempo alone does not make up for it.</summary>
    public static bool IsBrief(TimeSpan unplayed) => unplayed > Much;

    /// <summary>Whether what comes next is only read: who listens has lost touch with the speaker, and hears where they are again afterwards.</summary>
    public static bool IsOnlyRead(TimeSpan unplayed) => unplayed > TooMuch;
}
