using VoiceGrains.Voices;

namespace VoiceGrains.Engines;

/// <summary>The engines of this silo, in the order in which they are tried.</summary>
public sealed record EngineSet(IReadOnlyList<IRecognizer> Recognizers, IReadOnlyList<ITranslator> Translators, IReadOnlyList<ISynthesizer> Synthesizers)
{
    public IRecognizer? RecognizerFor(Language language) => Recognizers.FirstOrDefault(engine => engine.Knows(language));

    public IEnumerable<ITranslator> TranslatorsFor(Language from, Language to) => Translators.Where(engine => engine.Knows(from, to));

    public ISynthesizer? SynthesizerFor(Language language) => Synthesizers.FirstOrDefault(engine => engine.Speaks(language));

    /// <summary>The synthesizer that a vendor's voice belongs to, when it speaks the language. Null: it is not there, or does not.</summary>
    public ISynthesizer? SynthesizerOf(VendorVoice voice, Language language) =>
        Synthesizers.FirstOrDefault(engine => engine.Name == voice.Engine && engine.Speaks(language));
}
