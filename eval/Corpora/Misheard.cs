using System.Collections.Frozen;
using System.Collections.Immutable;
using VoiceGrains.Eval.Clock;

namespace VoiceGrains.Eval.Corpora;

/// <summary>What words are taken for, what that means in the target languages, and with which words a mistake does harm.</summary>
static class Misheard
{
    static readonly FrozenDictionary<string, string[]> SoundsLike = """
        fifteen fifty; thirteen thirty; four for; nine fine; five find; not now; Maria Marie; Keller Heller; the a; we he; they there; she he; will would; can could
        must most; should would; send sent; read red; check change; show so; close clothes; find fine; write ride; sell tell; buy by; test text; use used; new knew
        old cold; small tall; red read; long wrong; big pick; plan plane; contract contact; report reports; house mouse; car card; list lift; price prize; shop chop
        book look; door four; code cold; bill bell; and end; but what; because before; if is; today Tuesday; soon moon; week weak; Monday money; boss box; team time
        room broom; call car; lunch launch; days daze; yes yet; no know; thanks tanks; minutes minute; boxes foxes; pages cages; chairs cheers; cards cars
        """.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split(' '))
        .GroupBy(static pair => pair[0]).ToFrozenDictionary(static group => group.Key, static group => group.Select(static pair => pair[1]).ToArray());

    static readonly ImmutableArray<FrozenDictionary<string, string>> Meanings = [.. Targets.All.Select(static to => SingleWords
        .DistinctBy(static phrase => phrase.Words[^1]).ToFrozenDictionary(static phrase => phrase.Words[^1], phrase => phrase.InAllTargets[Targets.All.IndexOf(to)][^1].Word))];

    static readonly FrozenSet<string> RiskWords =
        Lexicon.Numbers.Select(static number => number.Words[0]).Concat(["not", "no", "now", "know", "Maria", "Marie", "Keller", "Heller"]).ToFrozenSet();

    static IEnumerable<Phrase> SingleWords => [.. Lexicon.Numbers, .. Lexicon.Verbs, .. Lexicon.Nouns, .. Lexicon.Counted, .. Lexicon.Joining];

    /// <summary>A number, a negation or a name: a mistake in it changes what was meant.</summary>
    public static bool IsRisk(string word) => RiskWords.Contains(word);

    /// <summary>A word that it can be taken for.</summary>
    public static string As(string word, Dice dice)
    {
        if (SoundsLike.TryGetValue(word, out var others))
            return dice.Of(others);
        return word.EndsWith('s') && word.Length > 2 ? word[..^1] : word + "s";
    }

    /// <summary>What a wrong word is translated to. One that the lexicon does not know stays as it is, as translators do with words they do not know.</summary>
    public static string Translated(string word, Language to) => Meanings[Targets.All.IndexOf(to)].GetValueOrDefault(word, word);
}
