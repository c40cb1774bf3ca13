using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Faults.Checks;
using VoiceGrains.Tests.Faults.Running;
using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Unit.Faults;

/// <summary>A call of two as a server without faults plays it, to be broken by tests: ann says three sentences, bob hears and reads them in Spanish.</summary>
static class PlayedCall
{
    const int PieceBytes = 3_200;
    static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(300);

    public static readonly CallScript Script = new(
        [new Person("ann", "en"), new Person("bob", "es")],
        [Said(0, "a1w1", "a1w2,", "a1w3."), Said(2, "a2w1", "a2w2."), Said(4, "a3w1", "a3w2,", "a3w3.")],
        TimeSpan.FromSeconds(6));

    /// <summary>Everything as it must be.</summary>
    public static CallHistory Whole() => new("local-1", Script, [ParticipantOf("ann"), ParticipantOf("bob")]);

    /// <summary>The same call with another story of one of its participants.</summary>
    public static CallHistory With(string name, Func<ParticipantHistory, ParticipantHistory> change)
    {
        var whole = Whole();
        return whole with { Participants = [.. whole.Participants.Select(participant => participant.Name == name ? change(participant) : participant)] };
    }

    /// <summary>The same call with something else than bob saw.</summary>
    public static CallHistory WithSeen(Func<IReadOnlyList<Seen>, IEnumerable<Seen>> change) =>
        With("bob", bob => bob with { Seen = [.. change(bob.Seen)] });

    static Line Said(int second, params string[] words) => new("ann", TimeSpan.FromSeconds(second), words);

    static ParticipantHistory ParticipantOf(string name)
    {
        var seen = Script.Lines.SelectMany((line, index) => Segment(line, index + 1, name)).ToList();
        var frames = (int)(Script.Length / Microphone.FrameLength);
        return new ParticipantHistory(
            name, [new SeenConnection(TimeSpan.Zero, true), .. seen], [.. Enumerable.Range(1, frames).Select(static frame => Microphone.FrameLength * frame)], frames, new Ledger(frames, 0, 0, true));
    }

    static IEnumerable<Seen> Segment(Line line, int number, string listener)
    {
        var language = Script.LanguageOf(listener);
        var clauses = Clauses(ExpectedWords.Read(Script, line, listener)).ToList();
        var text = "";
        for (var i = 0; i < clauses.Count; i++)
        {
            text += (i == 0 ? "" : " ") + clauses[i];
            yield return CaptionOf(line.End + Latency, number, i + 1, language, text, isFinal: false);
            if (!ExpectedWords.HearsTranslated(Script, line.Speaker, listener))
                continue;
            foreach (var seen in Clause(line.End + Latency, new ClausePlace(line.Speaker, language, number, i + 1), clauses[i]))
                yield return seen;
        }

        yield return CaptionOf(line.End + Latency, number, clauses.Count + 1, language, text, isFinal: true);
    }

    public static SeenCaption CaptionOf(TimeSpan at, int segment, int revision, string language, string text, bool isFinal) =>
        new(at, new Caption("ann", segment, revision, language, "en", text, "", isFinal, "good", "spoken", false, new LatencyMs()));

    public static IEnumerable<Seen> Clause(TimeSpan at, ClausePlace place, string text)
    {
        yield return new SeenClause(at, place, text);
        var begins = TimeSpan.Zero;
        foreach (var piece in ScriptedAudio.Encode(text, 4_000).Chunk(PieceBytes))
        {
            yield return new SeenAudio(at, place, begins, piece);
            begins += TimeSpan.FromSeconds(piece.Length / 32_000.0);
        }

        yield return new SeenClauseEnd(at, place, true);
    }

    static IEnumerable<string> Clauses(IReadOnlyList<string> words)
    {
        var clause = new List<string>();
        foreach (var word in words)
        {
            clause.Add(word);
            if (word[^1] is not (',' or '.'))
                continue;
            yield return string.Join(' ', clause);
            clause.Clear();
        }
    }
}
