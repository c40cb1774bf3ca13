using System.Collections.Immutable;
using VoiceGrains.Media;

namespace VoiceGrains.Engines;

/// <summary>Turns text of one language into another.</summary>
public interface ITranslator : IEngine
{
    bool Knows(Language from, Language to);

    /// <summary>Whether it can go on with a translation that another engine began: <see cref="TranslationRequest.Begun"/>.</summary>
    bool CanContinue => false;

    /// <summary>
    /// Streams the translation. The last item has <see cref="TranslatedText.IsLast"/>; a stream that ends without it was cut short.
    /// An empty stream means that this translator declines this text, and another may try. Throws <see cref="EngineFaultException"/>.
    /// </summary>
    IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, CancellationToken cancellationToken);
}

/// <summary>What to translate.</summary>
/// <param name="Text">One or more sentences.</param>
/// <param name="Committed">Translation of the same segment that was already delivered: continue it. Empty: begin.</param>
public sealed record TranslationRequest(Language From, Language To, string Text, string Committed)
{
    /// <summary>
    /// How the translation of <see cref="Text"/> itself was begun, and delivered already, by an engine that failed: only what follows is wanted. Default: not at all.
    /// </summary>
    public string Begun { get; init; } = "";

    /// <summary>How terms of the call are to be translated. Default: none.</summary>
    public ImmutableArray<GlossaryTerm> Glossary { get; init; } = [];

    /// <summary>How people address each other. Default: as the engine thinks right.</summary>
    public Formality Formality { get; init; }

    /// <summary>What was said before, oldest first, for context only. Default: nothing.</summary>
    public ImmutableArray<DialogueLine> Dialogue { get; init; } = [];

    /// <summary>The listener is far behind: the same in fewer words, if the engine can. Default: false.</summary>
    public bool IsBrief { get; init; }
}

/// <summary>A term, and what it is in the target language.</summary>
public sealed record GlossaryTerm(string Source, string Target);

/// <summary>A sentence that was said in the call.</summary>
/// <param name="Speaker">Tells speakers apart; no name.</param>
/// <param name="Text">In the language that was spoken.</param>
public sealed record DialogueLine(string Speaker, string Text);

/// <summary>The next piece of a translation.</summary>
/// <param name="Text">To be appended to what came before.</param>
public sealed record TranslatedText(string Text, TranslationQuality Quality, bool IsLast);
