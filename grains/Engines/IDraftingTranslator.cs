using System.Collections.Immutable;

namespace VoiceGrains.Engines;

/// <summary>A translator that can also interpret a sentence while it is being spoken.</summary>
public interface IDraftingTranslator : ITranslator
{
    /// <summary>
    /// Translates what can be said already, in pieces as they come; a piece that ends with a stream that throws counts for nothing. Ends when the draft is complete.
    /// No pieces: nothing can be said yet. Throws <see cref="EngineFaultException"/>, also when the answer was cut short.
    /// </summary>
    IAsyncEnumerable<DraftFragment> Draft(DraftRequest request, CancellationToken cancellationToken);
}

/// <summary>A sentence that is not over, to be interpreted.</summary>
/// <param name="Words">The words of the sentence as they look now, in order; at least one.</param>
/// <param name="Admitted">So many of them will hardly change; the rest serves to choose words.</param>
/// <param name="Committed">Translation of the same segment before this sentence, delivered already. Empty: none.</param>
/// <param name="Begun">How the translation of these words was begun, and delivered already: only what follows is wanted. Empty: begin.</param>
public sealed record DraftRequest(Language From, Language To, ImmutableArray<string> Words, int Admitted, string Committed, string Begun)
{
    /// <summary>How terms of the call are to be translated. Default: none.</summary>
    public ImmutableArray<GlossaryTerm> Glossary { get; init; } = [];

    /// <summary>How people address each other. Default: as the engine thinks right.</summary>
    public Formality Formality { get; init; }

    /// <summary>What was said before, oldest first, for context only. Default: nothing.</summary>
    public ImmutableArray<DialogueLine> Dialogue { get; init; } = [];

    /// <summary>Nothing is to be held back: what can be said of the words is to be said. Default: what may still come out differently is held back.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The listener is far behind: the same in fewer words, if the engine can. Default: false.</summary>
    public bool IsBrief { get; init; }
}

/// <summary>A piece of a draft: one or more words that follow each other in the target language.</summary>
/// <param name="Needs">How many words of the request it needs: text that comes of the first three needs 3. Never falls within a draft; what can't be told needs all.</param>
/// <param name="Text">To be appended, with a space where the language writes one.</param>
public sealed record DraftFragment(int Needs, string Text);
