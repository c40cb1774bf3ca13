using VoiceGrains.Voices;

namespace VoiceGrains.Engines;

/// <summary>The engines of this silo, in the order in which they are tried.</summary>
/// <param name="Health">Null: every engine is tried every time.</param>
public sealed record EngineSet(
    IReadOnlyList<IRecognizer> Recognizers, IReadOnlyList<ITranslator> Translators, IReadOnlyList<ISynthesizer> Synthesizers, IEngineHealth? Health = null)
{
    public SpeechRules Speech { get; init; } = new();

    public IEnumerable<IRecognizer> RecognizersFor(Language language) => Recognizers.Where(engine => engine.Knows(language));

    public IEnumerable<ITranslator> TranslatorsFor(Language from, Language to) => Translators.Where(engine => engine.Knows(from, to));

    /// <summary>Whether sentences are translated while they are spoken: the first engine for the languages can, so it is not an engine of whole sentences that was preferred.</summary>
    public bool CanDraft(Language from, Language to) => TranslatorsFor(from, to).FirstOrDefault() is IDraftingTranslator;

    /// <summary>The engine to ask for a draft now, which must then be asked; null: none works, or one of whole sentences comes before it.</summary>
    public IDraftingTranslator? DrafterFor(Language from, Language to)
    {
        foreach (var engine in TranslatorsFor(from, to))
        {
            if (engine is not IDraftingTranslator drafter)
                return null;
            if (MayTry(drafter))
                return drafter;
        }

        return null;
    }

    public IEnumerable<ISynthesizer> SynthesizersFor(Language language) => Synthesizers.Where(engine => engine.Speaks(language));

    /// <summary>The synthesizer that a vendor's voice belongs to, when it speaks the language. Null: it is not there, or does not.</summary>
    public ISynthesizer? SynthesizerOf(VendorVoice voice, Language language) =>
        Synthesizers.FirstOrDefault(engine => engine.Name == voice.Engine && engine.Speaks(language));

    /// <inheritdoc cref="IEngineHealth.MayTry"/>
    public bool MayTry(IEngine engine) => Health?.MayTry(engine) ?? true;

    /// <inheritdoc cref="IEngineHealth.Succeeded"/>
    public void Succeeded(IEngine engine) => Health?.Succeeded(engine);

    /// <summary>The engine failed, in whatever way. Returns the fault.</summary>
    public EngineFaultException Failed(IEngine engine, Exception error)
    {
        var fault = error as EngineFaultException ?? new EngineFaultException(engine.Name, FaultKind.Transport, "The engine broke.", error);
        CallMeters.Fault(fault);
        Health?.Failed(engine, fault);
        return fault;
    }
}
