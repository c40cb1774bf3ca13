namespace VoiceGrains.Tests.Faults.Running;

/// <summary>What happened to the servers, and whom it hit.</summary>
/// <param name="At">When it began.</param>
/// <param name="Hit">Participants that lived or were connected there.</param>
sealed record Strike(TimeSpan At, IReadOnlySet<(string Call, string Participant)> Hit)
{
    /// <summary>Nothing happened.</summary>
    public static Strike None(TimeSpan at) => new(at, new HashSet<(string, string)>());

    public IEnumerable<string> HitIn(string call) => Hit.Where(hit => hit.Call == call).Select(static hit => hit.Participant);
}

/// <summary>One way in which things break.</summary>
/// <param name="Inflict">Breaks it, in the middle of the calls, and returns when what it does is done.</param>
/// <param name="IsDouble">Whether two things fail at once or in a row: then one repeated clause is forgiven.</param>
sealed record Fault(string Name, Func<Scene, Task<Strike>> Inflict, bool IsDouble = false);
