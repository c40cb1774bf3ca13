using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>Something that a turn is told, and when.</summary>
sealed record Happening(TimeSpan At, string What, Action<Admission> Tell)
{
    public override string ToString() => $"{At} {What}";
}

/// <summary>
/// A turn as a bad recognizer hears it: words turn wrong, vanish, are split in two and move near the edge of the audio; final words come in the middle, are others
/// or none; the detector of speech tells pauses that are none. The same seed gives the same.
/// </summary>
sealed class RandomSpeech
{
    static readonly string[] Vocabulary =
        ["we", "meet", "today", "the", "contract", "is", "ready,", "and", "then", "good.", "now", "for", "fifteen", "15", "not", "don't", "Keller", "Maria", "I", "very"];

    readonly Dice _dice;
    readonly bool _tellsConfidence;
    readonly List<Word> _said = [];
    readonly List<Happening> _happenings = [];
    int _final;
    bool _isSilent;

    RandomSpeech(long seed)
    {
        _dice = Dice.For(seed, "speech");
        _tellsConfidence = _dice.Falls(0.7);
        var at = TimeSpan.Zero;
        for (var words = _dice.Between(1, 25); words > 0; words--)
        {
            var end = at + _dice.Between(TimeSpan.Zero, Heard.At(0.45));
            _said.Add(new Word(_dice.Of(Vocabulary), at, end, null));
            at = end + (_dice.Falls(0.15) ? _dice.Between(Heard.At(0.3), Heard.At(1.5)) : _dice.Between(TimeSpan.Zero, Heard.At(0.15)));
        }
    }

    public static ImmutableArray<Happening> Of(long seed)
    {
        var speech = new RandomSpeech(seed);
        speech.Hear();
        return [.. speech._happenings];
    }

    void Hear()
    {
        var edge = TimeSpan.Zero;
        while (edge < _said[^1].End + Heard.At(0.5))
        {
            edge += _dice.Between(Heard.At(0.03), Heard.At(0.35));
            Notice(edge);
            Look(edge);
        }

        if (_dice.Falls(0.8))
            Settle(_said.Count, edge);
        Tell(edge, "end", static admission => admission.End());
    }

    // What the detector of speech says; sometimes it is wrong.
    void Notice(TimeSpan edge)
    {
        var heard = _said.LastOrDefault(word => word.Start <= edge);
        var isSilent = (heard is not null && heard.End < edge - Heard.At(0.12)) != _dice.Falls(0.02);
        if (isSilent == _isSilent)
            return;
        _isSilent = isSilent;
        if (isSilent)
            Tell(edge, "silence", admission => admission.Pause(heard?.End ?? edge, edge));
        else
            Tell(edge, "speech", static admission => admission.Resume());
    }

    void Look(TimeSpan edge)
    {
        var visible = _said.Count(word => word.End <= edge - Heard.At(0.05));
        if (_dice.Falls(0.08))
            Settle(_dice.Between(_final, Math.Max(_final, visible)), edge);
        var words = _said[Math.Min(_final, visible)..visible].SelectMany((word, i) => Misheard(word, visible - _final - i)).ToImmutableArray();
        if (words.Length > 0)
            Tell(edge, $"[{string.Join(' ', words.Select(static word => word.Text))}]", admission => admission.Revise(words, edge));
    }

    void Settle(int until, TimeSpan edge)
    {
        var words = _said[_final..until].SelectMany(word => Misheard(word, _dice.Falls(0.9) ? 99 : 1)).ToImmutableArray();
        _final = until;
        Tell(edge, $"<{string.Join(' ', words.Select(static word => word.Text))}>", admission => admission.Settle(words, edge));
    }

    IEnumerable<Word> Misheard(Word word, int fromEdge)
    {
        var confidence = _tellsConfidence ? _dice.Between(fromEdge < 3 ? 60 : 70, 100) / 100.0 : (double?)null;
        var text = _dice.Falls(fromEdge < 3 ? 0.2 : 0.02) ? _dice.Of(Vocabulary) : word.Text;
        var start = word.Start + (_dice.Falls(0.2) ? _dice.Between(TimeSpan.Zero, (word.End - word.Start) / 2) : TimeSpan.Zero);
        var seen = new Word(text, start, word.End, confidence);
        var chance = fromEdge == 99 ? 1 : _dice.Unit();
        if (chance < 0.03)
            return [];
        var middle = start + ((word.End - start) / 2);
        return chance < 0.06 ? [seen with { End = middle }, seen with { Text = _dice.Of(Vocabulary), Start = middle }] : [seen];
    }

    void Tell(TimeSpan edge, string what, Action<Admission> tell)
    {
        var at = edge + _dice.Between(Heard.At(0.1), Heard.At(0.3));
        _happenings.Add(new Happening(_happenings.Count > 0 && _happenings[^1].At > at ? _happenings[^1].At : at, what, tell));
    }
}
