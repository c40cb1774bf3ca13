using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Phrasebooks;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>Recognizes the sentences of the phrasebooks. Speech that is none of them is reported as not understood, never guessed.</summary>
sealed class PocketSphinxRecognizer(PocketSphinxOptions options, LanguageModels models, DecoderPool decoders, PhrasebookLibrary library, TimeProvider time) : IRecognizer
{
    public string Name => "pocketsphinx";

    public bool Knows(Language language) => models.TagFor(language) is not null;

    public IRecognizerSession Open(RecognizerRequest request)
    {
        var tag = models.TagFor(request.Language)
            ?? throw new EngineFaultException(Name, FaultKind.BadRequest, $"No phrasebook can be recognized in {request.Language}.");
        return new PocketSphinxSession(options, tag, models, decoders, library.Matcher(tag), time);
    }
}
