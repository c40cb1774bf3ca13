using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Eval.Models;

/// <summary>
/// A translator that knows the sentences of a talk. It answers in tagged fragments. Whole units are translated as in the whole sentence, so a draft has the prefix
/// property up to the last unit; of a unit that is not whole yet it says what is certain, or, in some units, all that can be said of the words it has: too early, and
/// with a tag that does not show it. Wrong words are translated as what they were taken for. The same words give the same answer.
/// </summary>
sealed class TranslatorModel(TranslatorProfile profile, long seed, Talk talk, Language to)
{
    readonly int _to = Targets.All.IndexOf(to);

    /// <summary>The words in the target language that were not said yet.</summary>
    /// <param name="said">Tokens that are in the committed text of the request.</param>
    public ImmutableArray<DraftToken> Translate(TranslateRequest request, IReadOnlySet<TokenKey> said)
    {
        var heard = Heard(request.Words);
        var tokens = ImmutableArray.CreateBuilder<DraftToken>();
        var needs = 0;
        foreach (var (utterance, unit) in heard.Keys.Select(word => (talk.Places[word].Utterance, talk.Places[word].Unit)).Distinct())
        {
            foreach (var (slot, token, source) in Chosen(utterance, unit, heard, request.IsWhole))
            {
                var (position, text) = heard[source];
                needs = Math.Max(needs, position + 1);
                var key = new TokenKey(utterance, unit, slot);
                if (!said.Contains(key))
                    tokens.Add(new DraftToken(key, TextOf(token, source, slot, text), source, text, needs));
            }
        }

        return tokens.ToImmutable();
    }

    /// <summary>The tokens in tagged fragments: those that need equally many words go together, up to a comma or full stop. Some tags are too low.</summary>
    public ImmutableArray<Fragment> InFragments(ImmutableArray<DraftToken> tokens, int visible)
    {
        var fragments = ImmutableArray.CreateBuilder<Fragment>();
        for (var from = 0; from < tokens.Length;)
        {
            var until = from + 1;
            while (until < tokens.Length && tokens[until].Needs == tokens[from].Needs && !Writing.EndsClause(tokens[until - 1].Text))
                until++;
            var text = tokens[from..until].Aggregate("", (before, token) => Writing.Join(to, before, token.Text));
            fragments.Add(new Fragment(Math.Max(Tag(tokens[from], visible), fragments.Count > 0 ? fragments[^1].Needs : 1), text));
            from = until;
        }

        return fragments.ToImmutable();
    }

    int Tag(DraftToken token, int visible)
    {
        var dice = Dice.For(seed, "tag", talk.Number, _to, token.Key.Utterance, token.Key.Unit, token.Key.Slot, visible);
        return dice.Falls(profile.TooLowTags) ? token.Needs - dice.Between(1, 3) : token.Needs;
    }

    // By word of the talk: its place in the request, and what it was taken for. In the order of the talk.
    SortedDictionary<int, (int Position, string Text)> Heard(ImmutableArray<Word> words)
    {
        var heard = new SortedDictionary<int, (int, string)>();
        for (var i = 0; i < words.Length; i++)
        {
            if (talk.WordAt(words[i].Start) is { } word)
                heard[word] = (i, Writing.Bare(words[i].Text));
        }

        return heard;
    }

    IEnumerable<(int Slot, TargetToken Token, int Source)> Chosen(
        int utterance, int number, SortedDictionary<int, (int Position, string Text)> heard, bool isWhole)
    {
        var unit = talk.Utterances[utterance].Units[number];
        var first = talk.FirstWord(utterance);
        var visible = Enumerable.Range(first + unit.First, unit.Count).LastOrDefault(heard.ContainsKey, -1);
        var isCut = visible < first + unit.End - 1;
        var holdsBack = isCut && !isWhole
            && !Dice.For(seed, "premature", talk.Number, _to, utterance, number).Falls(profile.PrematureWords);
        var tokens = unit.InAllTargets[_to];
        for (var slot = 0; slot < tokens.Length; slot++)
        {
            var source = first + tokens[slot].Source;
            if (holdsBack && source > visible)
                yield break;
            if (heard.ContainsKey(source))
                yield return (slot, tokens[slot], source);
        }
    }

    string TextOf(TargetToken token, int source, int slot, string heard)
    {
        if (heard == talk.Words[source].Text)
            return token.Text;
        var place = talk.Places[source];
        var tokens = talk.Utterances[place.Utterance].Units[place.Unit].InAllTargets[_to];
        // Of several words for one source word, the first carries the mistake.
        var isFirst = tokens.Take(slot).All(before => before.Source != token.Source);
        return isFirst ? Misheard.Translated(heard, to) + token.Mark : token.Text;
    }
}

/// <summary>Names a word of the translation of a talk. All count from 0.</summary>
readonly record struct TokenKey(int Utterance, int Unit, int Slot);

/// <summary>A word of a draft, and where it comes from.</summary>
/// <param name="Source">The word of the talk that it stands for.</param>
/// <param name="Heard">What that word was taken for.</param>
/// <param name="Needs">How many words of the request it really needs.</param>
sealed record DraftToken(TokenKey Key, string Text, int Source, string Heard, int Needs);
