using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Silo.Engines.Apertium;

/// <summary>Rule-based translation on this machine. Gives the gist at best, and says so by its quality.</summary>
sealed partial class ApertiumTranslator(ApertiumOptions options, ApertiumModes modes, TimeProvider time) : ITranslator, IDisposable
{
    // Characters that mean something between the stages of a pipeline.
    const string Reserved = @"\[]{}^$/<>@";

    readonly ConcurrentDictionary<string, ApertiumPipeline> _pipelines = new();

    public string Name => "apertium";

    public bool Knows(Language from, Language to) => modes.Find(from, to) is not null;

    public async IAsyncEnumerable<TranslatedText> Translate(
        TranslationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (modes.Find(request.From, request.To) is not { } mode)
            yield break;
        var pipeline = _pipelines.GetOrAdd(mode, file => new ApertiumPipeline(file, options, time));
        var answer = await pipeline.Translate(Escape(Restore(request.Text, request.From)), cancellationToken);
        yield return new TranslatedText(Unescape(answer), TranslationQuality.Rough, IsLast: true);
    }

    public void Dispose()
    {
        foreach (var pipeline in _pipelines.Values)
            pipeline.Dispose();
    }

    /// <summary>Sentence case, a capital "I" and a final mark: without them "i would like" becomes "i Gustaria".</summary>
    static string Restore(string text, Language language)
    {
        var sentence = Spaces().Replace(text, " ").Trim();
        if (sentence.Length == 0)
            return sentence;
        if (language.Primary == "en")
            sentence = LonelyI().Replace(sentence, "I");
        sentence = char.ToUpperInvariant(sentence[0]) + sentence[1..];
        return char.IsPunctuation(sentence[^1]) ? sentence : sentence + ".";
    }

    static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text.Where(static c => c != '\0'))
            (Reserved.Contains(c, StringComparison.Ordinal) ? escaped.Append('\\') : escaped).Append(c);
        return escaped.ToString();
    }

    static string Unescape(string text) => Escaped().Replace(text, "$1");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\bi\b(?!\.)")]
    private static partial Regex LonelyI();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
