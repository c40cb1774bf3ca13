using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.Chat;

/// <summary>How a chat model translates.</summary>
/// <param name="Model">The vendor's name for the model.</param>
/// <param name="MostTokens">No answer is longer.</param>
sealed record ChatSettings(string Model, int MostTokens, VendorDeadlines Deadlines);

/// <summary>
/// Translates with a chat model. Each piece of text is handed on as it comes; the stream counts as whole only when the model said that it was. A fault
/// before the first piece is tried once more while there is time, a later one never: listeners would hear words twice.
/// </summary>
sealed class ChatTranslator(string name, IChatClient client, VendorLine line, ChatSettings settings, TimeProvider time) : ITranslator
{
    public string Name => name;

    /// <summary>Models know all languages that are spoken in calls, some better than others.</summary>
    public bool Knows(Language from, Language to) => true;

    public bool CanContinue => true;

    public async IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var second = new SecondTry(settings.Deadlines, time);
        var hasSpoken = false;
        for (TimeSpan? again = TimeSpan.Zero; again is { } pause;)
        {
            again = null;
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, cancellationToken);
            await using var answer = new ChatAnswer(name, client, line, settings, time, second.Left, cancellationToken);
            answer.Ask(TranslationPrompt.Messages(request), TranslationPrompt.MostTokens(request, settings.MostTokens));
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
                yield return new TranslatedText(piece, TranslationQuality.Good, IsLast: false);
            }
        }

        // A whole answer without any text declines: another translator may know what to do with it.
        if (hasSpoken)
            yield return new TranslatedText("", TranslationQuality.Good, IsLast: true);
    }
}
