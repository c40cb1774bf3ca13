using VoiceGrains.Recognition;

namespace VoiceGrains.Lanes;

/// <summary>
/// Short things that somebody said in a call, and how they were translated: what people say again ("yes", "of course") needs no translator. One for each lane, so
/// nothing of it gets from one speaker or call to another.
/// </summary>
sealed class PhraseMemory
{
    const int Most = 64;

    readonly Dictionary<string, string> _translations = [];
    readonly Queue<string> _oldest = new();

    /// <summary>How these words were translated before; null: they were not.</summary>
    public string? Find(Language spoken, SourceText said) => _translations.GetValueOrDefault(KeyOf(spoken, said));

    /// <summary>Remembers a translation, if it is one of few words.</summary>
    public void Keep(Language spoken, SourceText said, string translation)
    {
        var key = KeyOf(spoken, said);
        if (said.Words.Length is 0 or > Interpretation.MostRecalled || translation.Length == 0 || !_translations.TryAdd(key, translation))
            return;
        _oldest.Enqueue(key);
        if (_oldest.Count > Most)
            _translations.Remove(_oldest.Dequeue());
    }

    // A question is not the statement of the same words.
    static string KeyOf(Language spoken, SourceText said) =>
        $"{spoken.Primary} {string.Join(' ', said.Words.Select(static word => word.IsAsked ? word.Plain + "?" : word.Plain))}";
}
