using System.Collections.Immutable;

namespace VoiceGrains.Silo.Engines.Phrasebooks;

/// <summary>Parallel sentences with slots. The format of the files is described in docs/phrasebooks.md.</summary>
/// <param name="Name">The file's name without its ending.</param>
sealed record Phrasebook(string Name, ImmutableArray<PhraseEntry> Phrases, ImmutableDictionary<string, Slot> Slots)
{
    /// <summary>No sentences at all.</summary>
    public static Phrasebook Empty { get; } = new("", [], ImmutableDictionary<string, Slot>.Empty);

    /// <summary>The languages that at least one sentence has.</summary>
    public IEnumerable<string> Languages => Phrases.SelectMany(static phrase => phrase.Texts.Keys).Distinct();
}

/// <summary>One sentence in several languages.</summary>
/// <param name="Texts">By language tag: first the text to say, then other ways to say it that are understood too.</param>
sealed record PhraseEntry(ImmutableDictionary<string, ImmutableArray<PhraseText>> Texts);

/// <summary>A sentence of one language, in pieces: words as written, and slots.</summary>
sealed record PhraseText(string Text, ImmutableArray<PhrasePiece> Pieces);

/// <summary>Plain text, or a slot.</summary>
/// <param name="Slot">Name of the slot with its number, for example <c>number</c> or <c>number:2</c>; null for plain text.</param>
sealed record PhrasePiece(string Text, string? Slot)
{
    /// <summary>The slot's name without its number.</summary>
    public string SlotName => Slot!.Split(':')[0];
}

/// <summary>What may stand in a slot, in several languages.</summary>
sealed record Slot(string Name, ImmutableArray<PhraseEntry> Values);
