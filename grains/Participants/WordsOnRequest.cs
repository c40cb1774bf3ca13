using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Participants;

/// <summary>Asks the recognizer for final words in mid-sentence, where lanes that translate while somebody speaks would be helped by them.</summary>
sealed class WordsOnRequest(SpeakerLanes lanes, AdmissionRules rules, TimeProvider time)
{
    readonly ForcedFinality _finality = new(rules);
    readonly long _begun = time.GetTimestamp();

    /// <summary>Final words would help now.</summary>
    public event Action? Wanted;

    TimeSpan Now => time.GetElapsedTime(_begun);

    /// <summary>The words of the segment look as they do now.</summary>
    public void See(OpenSegment open)
    {
        if (!open.Words.Source.Words.IsEmpty)
            _finality.Begin();
        if (open.Words.WaitsForFinal && lanes.AreLive(open.Number) && _finality.IsWantedForRisk(Now))
            Wanted?.Invoke();
    }

    /// <summary>The speaker pauses in the segment.</summary>
    public void Pause(OpenSegment open)
    {
        if (open.Words.HasTail && lanes.AreLive(open.Number) && _finality.IsWantedAtPause(Now))
            Wanted?.Invoke();
    }

    /// <summary>Final words came, or the segment is over.</summary>
    public void Settle() => _finality.Settle();
}
