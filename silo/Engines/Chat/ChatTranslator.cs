using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.Chat;

/// <summary>
/// Translates with a chat model. Each piece of text is handed on as it comes; the stream counts as whole only when the model said that it was. A fault
/// before the first piece is tried once more while there is time, a later one never: listeners would hear words twice.
/// </summary>
sealed class ChatTranslator(string name, IChatClient client, VendorLine line, ChatSettings settings, TimeProvider time) : IDraftingTranslator
{
    public string Name => name;

    /// <summary>Models know all languages that are spoken in calls, some better than others.</summary>
    public bool Knows(Language from, Language to) => true;

    public bool CanContinue => true;

    public async IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasSpoken = false;
        await foreach (var piece in Answer(TranslationPrompt.Messages(request), TranslationPrompt.MostTokens(request, settings.MostTokens), settings, cancellationToken))
        {
            hasSpoken = true;
            yield return new TranslatedText(piece, TranslationQuality.Good, IsLast: false);
        }

        // A whole answer without any text declines: another translator may know what to do with it.
        if (hasSpoken)
            yield return new TranslatedText("", TranslationQuality.Good, IsLast: true);
    }

    public async IAsyncEnumerable<DraftFragment> Draft(DraftRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new DraftLines(request.Words.Length);
        var repeated = new RepeatedBeginning(request.Begun);
        var answer = Answer(DraftPrompt.Messages(request), DraftPrompt.MostTokens(request, settings.MostTokens), settings.ForDraft(request.IsWhole), cancellationToken);
        await foreach (var piece in answer)
        {
            foreach (var fragment in lines.Take(piece).SelectMany(repeated.Take))
                yield return fragment;
        }

        if (lines.End() is { } last)
        {
            foreach (var fragment in repeated.Take(last))
                yield return fragment;
        }

        foreach (var fragment in repeated.End())
            yield return fragment;
    }

    // The text of one answer in pieces, none empty. Ends when the answer was whole.
    async IAsyncEnumerable<string> Answer(
        IReadOnlyList<ChatMessage> messages, int mostTokens, ChatSettings asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var second = new SecondTry(asked.Deadlines, time);
        var hasSpoken = false;
        for (TimeSpan? again = TimeSpan.Zero; again is { } pause;)
        {
            again = null;
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, cancellationToken);
            await using var answer = new ChatAnswer(name, client, line, asked, time, second.Left, cancellationToken);
            answer.Ask(messages, mostTokens);
            while (again is null)
            {
                string? piece = null;
                try
                {
                    piece = await answer.Next();
                }
                catch (EngineFaultException fault) when (!hasSpoken && second.IsWorthIt(fault, out var wait))
                {
                    again = wait;
                    break;
                }

                if (piece is null)
                    break;
                hasSpoken = true;
                yield return piece;
            }
        }
    }
}
