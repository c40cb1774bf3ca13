using VoiceGrains.Engines;

namespace VoiceGrains.Eval.Policies;

/// <summary>Translates and speaks each span of final words by itself, as products do that wait for the recognizer's <c>is_final</c>.</summary>
sealed class FinalsOnly(IBooth booth) : IPolicy
{
    readonly InOrder _texts = new(booth);
    int _segment = 1;

    public void Hear(RecognizerEvent heard)
    {
        if (heard is FinalWords { Words.Length: > 0 } final)
            _texts.Translate(_segment, final.Words);
        if (heard is TurnEnded)
            _segment++;
    }

    public void Pause(TimeSpan since)
    {
    }

    public void Take(Draft draft) => _texts.Take(draft);

    public void Miss(int call) => _texts.Miss();
}
