namespace VoiceGrains.Calls;

/// <summary>What a call keeps. Nothing that was said, and no names but those that it was opened with.</summary>
public sealed class CallState
{
    public string Tenant { get; set; } = "";

    public string? Title { get; set; }

    public int MaxParticipants { get; set; }

    public TimeSpan AbsenceLimit { get; set; }

    public TimeSpan EmptyLimit { get; set; }

    public CallTerms Terms { get; set; } = CallTerms.None;

    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>Why the call is to end; null: it is not. Stored before anything is ended, so that an end survives the activation that began it.</summary>
    public EndReason? Ending { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How often the call was activated: orders the audiences of its activations.</summary>
    public int Activations { get; set; }
}
