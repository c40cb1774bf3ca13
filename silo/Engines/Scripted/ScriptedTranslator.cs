using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>Marks each word with the target language: "good morning" becomes "good·es morning·es".</summary>
sealed partial class ScriptedTranslator(ScriptedOptions? options = null, TimeProvider? time = null) : ITranslator
{
    public string Name => "scripted";

    public static string Translate(string text, Language to) => Words().Replace(text, match => $"{match.Value}·{to}");

    public bool Knows(Language from, Language to) => true;

    public async IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options?.TranslatorLatency is { Ticks: > 0 } latency)
            await Task.Delay(latency, time ?? TimeProvider.System, cancellationToken);
        yield return new TranslatedText(Translate(request.Text, request.To), TranslationQuality.Good, IsLast: true);
    }

    [GeneratedRegex(@"[\p{L}\p{N}'-]+")]
    private static partial Regex Words();
}
