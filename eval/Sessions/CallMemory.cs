using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Corpora;

namespace VoiceGrains.Eval.Sessions;

/// <summary>What a lane keeps over the talks of a call: short phrases that were translated, and the speech that was made of them.</summary>
sealed class CallMemory
{
    readonly HashSet<string> _phrases = [];
    readonly HashSet<string> _speech = [];

    public void Keep(ImmutableArray<Word> words) => _phrases.Add(KeyOf(words));

    public bool Knows(ImmutableArray<Word> words) => _phrases.Contains(KeyOf(words));

    public void KeepSpeech(string text) => _speech.Add(text);

    public bool HasSpeech(string text) => _speech.Contains(text);

    static string KeyOf(ImmutableArray<Word> words) => string.Join(' ', words.Select(static word => Writing.Plain(word.Text)));
}
