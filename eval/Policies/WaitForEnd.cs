using VoiceGrains.Engines;

namespace VoiceGrains.Eval.Policies;

/// <summary>What most call products do: wait until the speaker has finished, then translate everything and speak it.</summary>
sealed class WaitForEnd(IBooth booth) : IPolicy
{
    readonly InOrder _texts = new(booth);
    readonly List<Word> _words = [];
    int _segment = 1;

    public void Hear(RecognizerEvent heard)
    {
        if (heard is FinalWords final)
            _words.AddRange(final.Words);
        if (heard is not TurnEnded)
            return;
        _texts.Translate(_segment++, [.. _words]);
        _words.Clear();
    }

    public void Pause(TimeSpan since)
    {
    }

    public void Take(Draft draft) => _texts.Take(draft);

    public void Miss(int call) => _texts.Miss();
}
