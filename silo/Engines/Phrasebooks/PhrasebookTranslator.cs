using System.Runtime.CompilerServices;
using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Silo.Engines.Phrasebooks;

/// <summary>Answers with the parallel sentence. Declines what is no sentence of the phrasebooks.</summary>
sealed class PhrasebookTranslator(PhrasebookLibrary library) : ITranslator
{
    public string Name => "phrasebook";

    public bool Knows(Language from, Language to) => library.TagFor(from) is not null && library.TagFor(to) is not null;

    public async IAsyncEnumerable<TranslatedText> Translate(
        TranslationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (library.TagFor(request.From) is not { } from || library.TagFor(request.To) is not { } to)
            yield break;
        if (library.Matcher(from).Match(request.Text)?.In(to) is { } translation)
            yield return new TranslatedText(translation, TranslationQuality.Good, IsLast: true);
        await Task.CompletedTask;
    }
}
