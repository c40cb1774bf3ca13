namespace VoiceGrains.Recognition;

/// <summary>
/// When to ask the recognizer for final words instead of waiting for them: in a pause that it does not know of yet, and when a number, a negation or a name holds
/// back what follows. Not too often, because every request cuts the sound that the recognizer looks at.
/// </summary>
sealed class ForcedFinality(AdmissionRules rules)
{
    TimeSpan? _asked;
    bool _hasSpeech;

    /// <summary>Somebody speaks.</summary>
    public void Begin() => _hasSpeech = true;

    /// <summary>Final words came.</summary>
    public void Settle() => _hasSpeech = false;

    /// <summary>Whether to ask now that the speaker pauses.</summary>
    public bool IsWantedAtPause(TimeSpan now) => _hasSpeech && MayAsk(now, rules.LeastBetweenPauses);

    /// <summary>Whether to ask now that a word waits only for being final.</summary>
    public bool IsWantedForRisk(TimeSpan now) => MayAsk(now, rules.LeastBetweenRisks);

    bool MayAsk(TimeSpan now, TimeSpan least)
    {
        if (_asked is { } asked && now - asked < least)
            return false;
        _asked = now;
        return true;
    }
}
