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

    public bool CanContinue => true;

    public async IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options?.TranslatorLatency is { Ticks: > 0 } latency)
            await Task.Delay(latency, time ?? TimeProvider.System, cancellationToken);
        // Each word that is translated has its mark.
        var done = request.Begun.Count(static letter => letter == '·');
        var text = done == 0 ? request.Text : request.Text[Words().Matches(request.Text).Skip(done).Select(static word => word.Index).FirstOrDefault(request.Text.Length)..];
        yield return new TranslatedText(Translate(text, request.To), TranslationQuality.Good, IsLast: true);
    }

    [GeneratedRegex(@"[\p{L}\p{N}'-]+")]
    private static partial Regex Words();
}
