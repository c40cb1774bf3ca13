namespace VoiceGrains.Tests.Faults.Running;

/// <summary>What happened to the servers: whom it hit, and when.</summary>
sealed record Strike(TimeSpan At, IReadOnlyDictionary<(string Call, string Participant), TimeSpan> Hit)
{
    /// <summary>How long a process took that was asked to end until it had; null: none was.</summary>
    public TimeSpan? Drained { get; init; }

    /// <summary>Everybody was hit at the same time.</summary>
    public static Strike On(TimeSpan at, IEnumerable<(string Call, string Participant)> hit) => new(at, hit.Distinct().ToDictionary(static who => who, _ => at));

    /// <summary>Two strikes; whom both hit was hit by the first.</summary>
    public Strike And(Strike later) => new(
        At, Hit.Concat(later.Hit).GroupBy(static hit => hit.Key).ToDictionary(static group => group.Key, static group => group.Min(static hit => hit.Value)));

    /// <summary>Who was hit in a call, and when.</summary>
    public IReadOnlyDictionary<string, TimeSpan> HitIn(string call) =>
        Hit.Where(hit => hit.Key.Call == call).ToDictionary(static hit => hit.Key.Participant, static hit => hit.Value);
}

/// <summary>One way in which things break.</summary>
/// <param name="Inflict">Breaks it, in the middle of the calls, and returns when what it does is done.</param>
/// <param name="Share">How many of 200 seeds it gets.</param>
/// <param name="Talk">How long people talk.</param>
/// <param name="IsDouble">Whether two things fail at once or in a row: then one repeated clause is forgiven.</param>
sealed record Fault(string Name, int Share, Func<Scene, Task<Strike>> Inflict, TimeSpan Talk, bool IsDouble = false);
