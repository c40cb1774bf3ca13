using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Eval.Models;

/// <summary>
/// A synthesizer whose audio says which word it is: each spoken word has a number, and its samples carry that number as their level, the last ones with the sign
/// turned round. So whoever reads what was played knows which words were heard, when, in which order, and whether to their end. A sample lasts a millisecond.
/// </summary>
sealed class SynthesizerModel(SynthesizerProfile profile, long seed, int talk, Language to)
{
    /// <summary>So many samples at the end of each word are negative.</summary>
    public const int EndMark = 10;

    const double ShortestWord = 60;

    readonly Dice _delays = Dice.For(seed, "synthesizer", talk, Targets.All.IndexOf(to));
    readonly double _perLetter = 1000 * profile.SecondsPerCharacter[to.Tag];
    (string Text, TimeSpan ReadyAt)? _prepared;
    TimeSpan _lastReady;

    /// <summary>Begins to make speech that may be asked for.</summary>
    public void Prepare(string text, TimeSpan now)
    {
        if (_prepared?.Text != text)
            _prepared = (text, _delays.Around(now + profile.Latency, profile.Jitter));
    }

    /// <summary>When the speech of a text is there: earlier if exactly this text was prepared. Clauses come in their order.</summary>
    public TimeSpan ReadyAt(string text, TimeSpan now)
    {
        var ready = _delays.Around(now + profile.Latency, profile.Jitter);
        if (_prepared is { } prepared && prepared.Text == text)
            ready = Later(prepared.ReadyAt, now + profile.PreparedLatency);
        _prepared = null;
        return _lastReady = Later(_lastReady, ready);
    }

    /// <summary>When speech is there that was kept: at once, but not before what was asked for earlier.</summary>
    public TimeSpan RepeatedAt(TimeSpan now) => _lastReady = Later(_lastReady, now + profile.PreparedLatency);

    /// <summary>The audio of words that follow each other.</summary>
    public short[] Speak(IReadOnlyList<(short Number, string Text)> words)
    {
        var audio = new List<short>();
        foreach (var (number, text) in words)
        {
            var length = (int)Math.Round(Math.Max(ShortestWord, _perLetter * Writing.Bare(text).Length));
            for (var i = 0; i < length; i++)
                audio.Add(i < length - EndMark ? number : (short)-number);
            if (Writing.EndsClause(text))
                audio.AddRange(new short[(int)profile.ClausePause.TotalMilliseconds]);
        }

        return [.. audio];
    }

    static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
