using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Faults.Checks;

/// <summary>All that must hold of a call that was played, whatever happened to the servers meanwhile.</summary>
static class CallCheck
{
    /// <param name="mayRepeat">Whether the call went through a double failure: then one clause may have been heard twice.</param>
    public static IReadOnlyList<Finding> Check(CallHistory call, bool mayRepeat)
    {
        var findings = new List<Finding>();
        var speech = new SpeechCheck(call, mayRepeat);
        foreach (var listener in call.Script.People)
        {
            findings.AddRange(CheckLedger(call, call.Of(listener.Name)));
            foreach (var speaker in call.Script.People)
            {
                findings.AddRange(CaptionCheck.Check(call, listener.Name, speaker.Name));
                if (ExpectedWords.HearsTranslated(call.Script, speaker.Name, listener.Name))
                    findings.AddRange(speech.Check(listener.Name, speaker.Name));
            }
        }

        // One repetition is forgiven to a listener, not more.
        var repeated = findings.Where(static finding => finding.Kind == FindingKind.Repeated).GroupBy(static finding => finding.Participant);
        foreach (var second in repeated.SelectMany(static group => group.Skip(1)).ToList())
            findings[findings.IndexOf(second)] = second with { Kind = FindingKind.Duplicated };
        return findings;
    }

    static IEnumerable<Finding> CheckLedger(CallHistory call, ParticipantHistory participant)
    {
        if (participant.Over is { } reason)
            yield return new Finding(FindingKind.Lost, call.Call, participant.Name, $"was put out of the call: {reason}");
        if (participant.Ledger is not { } ledger)
            yield break;
        if (!ledger.IsBalanced || ledger.Lost > 0 || ledger.Pending > 0 || ledger.Highest != participant.Sent)
            yield return new Finding(FindingKind.Unaccounted, call.Call, participant.Name, $"{participant.Sent} frames were said; the ledger: {ledger}");
    }

    /// <summary>How many frames nobody can say what became of.</summary>
    public static long Unaccounted(CallHistory call) => call.Participants
        .Where(static participant => participant.Ledger is not null)
        .Sum(static participant => Math.Abs(participant.Sent - participant.Ledger!.Highest) + participant.Ledger.Lost + participant.Ledger.Pending);
}
