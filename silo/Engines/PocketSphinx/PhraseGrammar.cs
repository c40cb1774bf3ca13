using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VoiceGrains.Silo.Engines.Phrasebooks;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>
/// The sentences of one language as a JSGF grammar (W3C note, version 1.0). Words appear as <c>w1</c>, <c>w2</c>, ...: so no letter or reserved word
/// of any language can break the grammar or the dictionary.
/// </summary>
sealed class PhraseGrammar
{
    readonly Dictionary<string, string> _tokens = [];
    readonly Dictionary<string, string> _shown = [];

    public PhraseGrammar(string language, IEnumerable<Phrasebook> books)
    {
        var sentences = new List<string>();
        var slots = new List<string>();
        var number = 0;
        foreach (var book in books)
        {
            var rules = book.Slots.Keys.ToDictionary(static name => name, name => $"s{number}_{name}");
            number++;
            foreach (var (name, slot) in book.Slots)
            {
                var values = slot.Values.SelectMany(value => value.Texts.GetValueOrDefault(language, [])).Select(text => Tokens(text.Text)).Distinct().ToList();
                if (values.Count > 0)
                    slots.Add($"<{rules[name]}> = {string.Join(" | ", values)};");
            }

            sentences.AddRange(book.Phrases
                .SelectMany(phrase => phrase.Texts.GetValueOrDefault(language, []))
                .Select(text => string.Join(' ', text.Pieces.Select(piece => piece.Slot is null ? Tokens(piece.Text) : $"<{rules[piece.SlotName]}>"))));
        }

        var text = new StringBuilder("#JSGF V1.0;\ngrammar phrasebook;\n");
        foreach (var slot in slots)
            text.Append(slot).Append('\n');
        Text = text.Append("public <sentence> = ").AppendJoin("\n | ", sentences.Distinct()).Append(";\n").ToString();
    }

    public string Text { get; }

    /// <summary>The words in lower case, with the token that stands for each.</summary>
    public IReadOnlyDictionary<string, string> TokenOfWord => _tokens;

    /// <summary>How to show each token.</summary>
    public ImmutableDictionary<string, ShownWord> Shown => _tokens.ToImmutableDictionary(
        static token => token.Value, token => new ShownWord(token.Key, _shown[token.Key]));

    string Tokens(string text) => string.Join(' ', PhraseWords.Of(text).Zip(Written(text)).Select(word => Token(word.First, word.Second)));

    string Token(string word, string written)
    {
        if (!_tokens.TryGetValue(word, out var token))
            _tokens[word] = token = string.Create(CultureInfo.InvariantCulture, $"w{_tokens.Count}");
        // A capital may only be the beginning of a sentence, so a small letter anywhere wins.
        if (!_shown.TryGetValue(word, out var shown) || char.IsUpper(shown[0]))
            _shown[word] = written;
        return token;
    }

    // The same cut as PhraseWords makes, with the letters as they are written.
    static IEnumerable<string> Written(string text)
    {
        var composed = text.Normalize(NormalizationForm.FormC);
        var plain = composed.Replace('’', '\'');
        var at = 0;
        foreach (var word in PhraseWords.Of(text))
        {
            // Each word is looked for behind the one before it: "I" is not the i of "this".
            var found = plain.IndexOf(word, at, StringComparison.OrdinalIgnoreCase);
            if (found >= 0)
                at = found + word.Length;
            yield return found < 0 ? word : composed.Substring(found, word.Length);
        }
    }
}
