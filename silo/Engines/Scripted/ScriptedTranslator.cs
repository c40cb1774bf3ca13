using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>Marks each word with the target language: "good morning" becomes "good·es morning·es".</summary>
sealed partial class ScriptedTranslator(ScriptedOptions? options = null, TimeProvider? time = null) : IDraftingTranslator
{
    public string Name => "scripted";

    public static string Translate(string text, Language to) => Words().Replace(text, match => $"{match.Value}·{to}");

    public bool Knows(Language from, Language to) => true;

    public bool CanContinue => true;

    public async IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Think(cancellationToken);
        // Each word that is translated has its mark.
        var done = Marks(request.Begun);
        var text = done == 0 ? request.Text : request.Text[Words().Matches(request.Text).Skip(done).Select(static word => word.Index).FirstOrDefault(request.Text.Length)..];
        yield return new TranslatedText(Translate(text, request.To), TranslationQuality.Good, IsLast: true);
    }

    /// <summary>Word by word; the texts of drafts of which each begins where the one before was left are those of the whole sentence.</summary>
    public async IAsyncEnumerable<DraftFragment> Draft(DraftRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Think(cancellationToken);
        var texts = request.Words.Select(word => Translate(word, request.To)).ToList();
        for (var at = CountBegun(texts, request.Begun); at < texts.Count; at++)
            yield return new DraftFragment(at + 1, texts[at]);
    }

    // How many of the words were begun with: as many as have its marks, and of the words behind them, which have none, such as a dash, as many as it ends with.
    static int CountBegun(IReadOnlyList<string> texts, string begun)
    {
        var (count, left) = (0, Marks(begun));
        for (; left > 0 && count < texts.Count; count++)
            left -= Marks(texts[count]);
        var bare = begun.Split(' ', StringSplitOptions.RemoveEmptyEntries).Reverse().TakeWhile(static text => Marks(text) == 0).Count();
        for (; bare > 0 && count < texts.Count && Marks(texts[count]) == 0; count++)
            bare--;
        return count;
    }

    static int Marks(string text) => text.Count(static letter => letter == '·');

    Task Think(CancellationToken cancellationToken) =>
        options?.TranslatorLatency is { Ticks: > 0 } latency ? Task.Delay(latency, time ?? TimeProvider.System, cancellationToken) : Task.CompletedTask;

    [GeneratedRegex(@"[\p{L}\p{N}'-]+")]
    private static partial Regex Words();
}
