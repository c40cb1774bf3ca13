using VoiceGrains.Recognition;

namespace VoiceGrains.Participants;

/// <summary>Typed text on its way into lanes.</summary>
static class TypedText
{
    const int MostPieces = 16;

    /// <summary>Its sentences. A text of very many goes in groups, so that it does not fill the lanes.</summary>
    public static IReadOnlyList<string> Sentences(string text)
    {
        var sentences = SentenceCutter.All(text);
        return sentences.Count <= MostPieces
            ? sentences
            : [.. sentences.Chunk((sentences.Count + MostPieces - 1) / MostPieces).Select(static group => string.Join(' ', group))];
    }
}
