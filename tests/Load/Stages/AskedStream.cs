using System.Diagnostics;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>One stream of sentences that are asked for at their time, whether or not the answers before have ended.</summary>
sealed class AskedStream(Talk talk, Latencies latencies)
{
    /// <param name="ask">Has a sentence answered to its end, and returns how long the first of it took.</param>
    public async Task Ask(Func<Task<TimeSpan>> ask)
    {
        var start = Stopwatch.GetTimestamp();
        var asked = new List<Task>();
        for (var sentence = 0; sentence < talk.Sentences.Count; sentence++)
        {
            await Talk.WaitUntil(talk.FullAt(start, talk.Sentences[sentence]));
            asked.Add(AskOne(sentence, ask));
        }

        await Task.WhenAll(asked);
    }

    // The first one makes connections.
    async Task AskOne(int sentence, Func<Task<TimeSpan>> ask)
    {
        var took = await ask();
        if (sentence > 0)
            latencies.Add(took);
    }
}
