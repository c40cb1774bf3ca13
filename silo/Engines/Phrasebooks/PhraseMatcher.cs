using System.Collections.Immutable;
using System.Text;

namespace VoiceGrains.Silo.Engines.Phrasebooks;

/// <summary>A sentence that was found, with what stood in its slots.</summary>
/// <param name="Values">By slot with its number: the value's entry.</param>
sealed record PhraseMatch(PhraseEntry Entry, PhraseText Said, ImmutableDictionary<string, PhraseEntry> Values)
{
    /// <summary>The sentence as it is written in its own language.</summary>
    public string Written(string language) => Fill(Said, language);

    /// <summary>The sentence in another language; null if the phrasebook lacks it.</summary>
    public string? In(string language) => Entry.Texts.TryGetValue(language, out var texts) ? Fill(texts[0], language) : null;

    string Fill(PhraseText text, string language)
    {
        var filled = new StringBuilder();
        foreach (var piece in text.Pieces)
            filled.Append(piece.Slot is null ? piece.Text : Values[piece.Slot].Texts[language][0].Text);
        // A slot at the beginning of a sentence is written like its first word.
        if (text.Pieces[0].Slot is not null)
            filled[0] = char.ToUpperInvariant(filled[0]);
        return filled.ToString();
    }
}

/// <summary>Finds the sentence of one language that a row of words is: a tree of words in which slots are branches.</summary>
sealed class PhraseMatcher
{
    readonly Node _root = new();

    public PhraseMatcher(string language, IEnumerable<Phrasebook> books)
    {
        foreach (var book in books)
        {
            var slots = new Dictionary<string, Node>();
            foreach (var entry in book.Phrases)
            {
                foreach (var text in entry.Texts.GetValueOrDefault(language, []))
                    Add(entry, text, book, language, slots);
            }
        }
    }

    /// <summary>The sentence that consists of exactly these words.</summary>
    public PhraseMatch? Match(string text) => Match(PhraseWords.Of(text));

    /// <inheritdoc cref="Match(string)"/>
    public PhraseMatch? Match(List<string> words)
    {
        var values = new Stack<(string Slot, PhraseEntry Value)>();
        return Follow(_root, words, 0, values) is { } end
            ? new PhraseMatch(end.Entry!, end.Text!, values.ToImmutableDictionary(static value => value.Slot, static value => value.Value))
            : null;
    }

    static Node? Follow(Node node, List<string> words, int at, Stack<(string Slot, PhraseEntry Value)> values)
    {
        if (at == words.Count)
            return node.Entry is null ? null : node;
        if (node.Words.TryGetValue(words[at], out var next) && Follow(next, words, at + 1, values) is { } found)
            return found;
        foreach (var ((slot, inside), after) in node.Slots)
        {
            // Longest values first: "twenty one" before "twenty".
            foreach (var (value, end) in EndsOf(inside, words, at).Reverse())
            {
                values.Push((slot, value));
                if (Follow(after, words, end, values) is { } whole)
                    return whole;
                values.Pop();
            }
        }

        return null;
    }

    static IEnumerable<(PhraseEntry Value, int End)> EndsOf(Node node, List<string> words, int at)
    {
        while (true)
        {
            if (node.Entry is not null)
                yield return (node.Entry, at);
            if (at == words.Count || !node.Words.TryGetValue(words[at], out node!))
                yield break;
            at++;
        }
    }

    void Add(PhraseEntry entry, PhraseText text, Phrasebook book, string language, Dictionary<string, Node> slots)
    {
        var node = _root;
        foreach (var piece in text.Pieces)
            node = piece.Slot is null ? node.Along(PhraseWords.Of(piece.Text)) : node.Through(piece.Slot, TreeOf(piece.SlotName, book, language, slots));
        // The first sentence that is said this way wins.
        node.Entry ??= entry;
        node.Text ??= text;
    }

    static Node TreeOf(string name, Phrasebook book, string language, Dictionary<string, Node> slots)
    {
        if (slots.TryGetValue(name, out var tree))
            return tree;
        slots[name] = tree = new Node();
        foreach (var value in book.Slots[name].Values)
        {
            foreach (var text in value.Texts.GetValueOrDefault(language, []))
                tree.Along(PhraseWords.Of(text.Text)).Entry ??= value;
        }

        return tree;
    }

    sealed class Node
    {
        public Dictionary<string, Node> Words { get; } = [];

        /// <summary>What comes after a slot. Two books may have slots of the same name with other values.</summary>
        public Dictionary<(string Slot, Node Inside), Node> Slots { get; } = [];

        public PhraseEntry? Entry { get; set; }

        public PhraseText? Text { get; set; }

        public Node Along(List<string> words)
        {
            var node = this;
            foreach (var word in words)
            {
                if (!node.Words.TryGetValue(word, out var next))
                    node.Words[word] = next = new Node();
                node = next;
            }

            return node;
        }

        public Node Through(string slot, Node inside)
        {
            if (!Slots.TryGetValue((slot, inside), out var after))
                Slots[(slot, inside)] = after = new Node();
            return after;
        }
    }
}
