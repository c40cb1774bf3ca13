using System.Collections.Immutable;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Eval.Corpora;

/// <summary>Makes utterances with their timing: words by syllables with jitter, micro-pauses at commas and where somebody hesitates.</summary>
sealed class Sentences(CorpusProfile profile, Dice dice)
{
    static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(30);

    readonly Clauses _clauses = new(dice, profile.VerbFinalChance);

    /// <summary>A sentence of at least so many words.</summary>
    public Utterance Sentence(int number, int words, TimeSpan start)
    {
        var (texts, units) = (new List<string>(), new List<Unit>());
        var commas = new HashSet<int>();
        units.Add(_clauses.Add(texts, isFirst: true));
        while (texts.Count < words)
        {
            // A clause has about seven words; what is left below that is filled with adverbials.
            if (words - texts.Count < 5 || dice.Falls(0.45))
            {
                units.Add(_clauses.AddAdverbial(texts));
                continue;
            }

            commas.Add(units.Count - 1);
            units.Add(_clauses.Add(texts, isFirst: false));
        }

        return Timed(number, texts, [.. units.Select((unit, at) => Marked(unit, at == units.Count - 1 ? Mark.FullStop : commas.Contains(at) ? Mark.Comma : Mark.None))], start);
    }

    /// <summary>An answer of one to four words.</summary>
    public Utterance ShortAnswer(int number, TimeSpan start)
    {
        var texts = new List<string>();
        var unit = Clauses.AddPhrase(texts, dice.Of(Lexicon.ShortAnswers));
        return Timed(number, texts, [Marked(unit, Mark.FullStop)], start);
    }

    static Unit Marked(Unit unit, Mark mark) => mark == Mark.None ? unit : unit with
    {
        InAllTargets = [.. Targets.All.Select(to => unit.Tokens(to).SetItem(unit.Tokens(to).Length - 1, unit.Tokens(to)[^1] with { Mark = mark.In(to) }))],
    };

    Utterance Timed(int number, List<string> texts, ImmutableArray<Unit> units, TimeSpan start)
    {
        var words = ImmutableArray.CreateBuilder<SourceWord>(texts.Count);
        var at = start;
        foreach (var unit in units)
        {
            var mark = Mark.Of(unit);
            for (var i = unit.First; i < unit.End; i++)
            {
                var isLast = i == unit.End - 1;
                var end = at + Duration(texts[i]);
                words.Add(new SourceWord(texts[i], isLast ? mark.In(Targets.Source) : "", at, end));
                var pauses = isLast && (mark == Mark.Comma || dice.Falls(profile.HesitationChance));
                at = end + (pauses ? dice.Between(profile.LeastMicroPause, profile.MostMicroPause) : dice.Between(TimeSpan.Zero, LongestGap));
            }
        }

        return new Utterance(number, words.ToImmutable(), units);
    }

    TimeSpan Duration(string word)
    {
        var stretch = 1 + profile.SyllableJitter * (2 * dice.Unit() - 1);
        return TimeSpan.FromMilliseconds(Math.Round(1000 * Syllables.Of(word) / profile.SyllablesPerSecond * stretch));
    }

    sealed record Mark(string Wide, string Narrow)
    {
        public static readonly Mark None = new("", "");
        public static readonly Mark Comma = new("、", ",");
        public static readonly Mark FullStop = new("。", ".");

        public static Mark Of(Unit unit) => unit.InAllTargets[0][^1].Mark switch
        {
            "," => Comma,
            "." => FullStop,
            _ => None,
        };

        public string In(Language language) => Writing.HasSpaces(language) ? Narrow : Wide;
    }
}
