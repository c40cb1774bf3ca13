using System.Runtime.InteropServices;
using VoiceGrains.Audio;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Faults.Checks;
using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Faults.Figures;

/// <summary>A word at a listener, final in a caption or whole in speech.</summary>
readonly record struct WordAt(string Listener, bool IsSpoken, string Word);

/// <summary>When each word came to each listener, and how long after the microphone's frame that holds its end.</summary>
static class Arrivals
{
    public static IReadOnlyDictionary<WordAt, (TimeSpan At, TimeSpan Delay)> Of(CallHistory call)
    {
        var arrivals = new Dictionary<WordAt, (TimeSpan, TimeSpan)>();
        foreach (var listener in call.Script.People)
        {
            var sent = SentWords(call, listener.Name);
            foreach (var (isSpoken, word, at) in Finals(call.Of(listener.Name)).Concat(Spoken(call.Of(listener.Name))))
            {
                if (sent.TryGetValue(word, out var saidAt))
                    arrivals.TryAdd(new WordAt(listener.Name, isSpoken, word), (at, at - saidAt));
            }
        }

        return arrivals;
    }

    static Dictionary<string, TimeSpan> SentWords(CallHistory call, string listener) => call.Script.Lines
        .SelectMany(line => ExpectedWords.Read(call.Script, line, listener).Select((word, place) => (word, at: call.SentAt(line, place))))
        .ToDictionary(static each => each.word, static each => each.at);

    static IEnumerable<(bool IsSpoken, string Word, TimeSpan At)> Finals(ParticipantHistory history) =>
        from seen in history.All<SeenCaption>()
        where seen.Caption.Final
        from word in seen.Caption.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select (false, word, seen.At);

    static IEnumerable<(bool IsSpoken, string Word, TimeSpan At)> Spoken(ParticipantHistory history)
    {
        foreach (var clause in history.All<SeenAudio>().GroupBy(static seen => seen.Place))
        {
            var reader = new ScriptedAudio.Reader();
            foreach (var piece in clause)
            {
                reader.Take(MemoryMarshal.Cast<byte, short>(piece.Audio));
                foreach (var word in reader.Words)
                    yield return (true, word.Text, piece.At);
                reader.Words.Clear();
            }
        }
    }
}
