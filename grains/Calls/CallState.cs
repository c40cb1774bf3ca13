namespace VoiceGrains.Calls;

/// <summary>What a call keeps. No text, audio or names of people.</summary>
public sealed class CallState
{
    public string Tenant { get; set; } = "";

    public string? Title { get; set; }

    public int MaxParticipants { get; set; }

    public TimeSpan AbsenceLimit { get; set; }

    public TimeSpan EmptyLimit { get; set; }

    public DateTimeOffset OpenedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How often the call was activated: orders the audiences of its activations.</summary>
    public int Activations { get; set; }
}
