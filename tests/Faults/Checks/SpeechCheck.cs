using VoiceGrains.Audio;
using VoiceGrains.Client;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Faults.Checks;

/// <summary>
/// What one listener heard of one speaker in translation: every clause whole, once, in order, without a hole. A clause may be missing when it was older than
/// 8 s at the time the listener came back; after a double failure one may have been heard twice.
/// </summary>
/// <param name="mayRepeat">Whether the call went through a double failure.</param>
sealed class SpeechCheck(CallHistory call, bool mayRepeat)
{
    static readonly TimeSpan OldestSpoken = TimeSpan.FromSeconds(8);

    public IEnumerable<Finding> Check(string listener, string speaker)
    {
        var history = call.Of(listener);
        var clauses = history.All<SeenAudio>().Where(seen => seen.Place.Speaker == speaker).GroupBy(static seen => seen.Place).ToList();
        var heard = new List<string>();
        foreach (var clause in clauses)
        {
            foreach (var hole in Holes([.. clause]))
                yield return Found(FindingKind.Lost, listener, speaker, $"{NameOf(clause.Key)} {hole}");
            heard.AddRange(ScriptedAudio.Decode((byte[])[.. clause.SelectMany(static piece => piece.Audio)]));
        }

        foreach (var place in history.All<SeenClause>().Where(seen => seen.Place.Speaker == speaker).GroupBy(static seen => seen.Place).Where(static group => group.Count() > 1))
            yield return Found(FindingKind.Duplicated, listener, speaker, $"{NameOf(place.Key)} began twice");
        foreach (var finding in Words(history, listener, speaker, heard))
            yield return finding;
    }

    IEnumerable<Finding> Words(ParticipantHistory history, string listener, string speaker, List<string> heard)
    {
        var lines = call.Script.LinesOf(speaker).ToList();
        var expected = lines.SelectMany(line => ExpectedWords.Read(call.Script, line, listener).Select((word, place) => (word, line, place))).ToList();
        foreach (var (kind, what) in WordCheck.Compare([.. expected.Select(static each => each.word)], heard))
        {
            if (kind == FindingKind.Lost && expected.Where(each => !heard.Contains(each.word)).All(each => WasTooOld(history, call.SentAt(each.line, each.place))))
                continue;
            yield return Found(kind == FindingKind.Duplicated && mayRepeat ? FindingKind.Repeated : kind, listener, speaker, what);
        }
    }

    static IEnumerable<string> Holes(List<SeenAudio> pieces)
    {
        var end = TimeSpan.Zero;
        foreach (var piece in pieces)
        {
            // Media time on the wire has microseconds; a sample is longer.
            if ((piece.Begins - end).Duration() > TimeSpan.FromMicroseconds(63))
                yield return $"has audio at {piece.Begins.TotalMilliseconds:0} ms after {end.TotalMilliseconds:0} ms";
            end = piece.Begins + AudioFormat.Cluster.DurationOf(piece.Audio.Length);
        }
    }

    // Whoever is away when something is said, and comes back more than 8 s later, reads it only.
    static bool WasTooOld(ParticipantHistory history, TimeSpan saidAt)
    {
        var back = history.All<SeenConnection>().FirstOrDefault(seen => seen.IsConnected && seen.At > saidAt);
        return back is not null && back.At - saidAt > OldestSpoken
            && history.All<SeenConnection>().LastOrDefault(seen => seen.At < back.At) is { IsConnected: false };
    }

    static string NameOf(ClausePlace place) => $"segment {place.Segment} clause {place.Clause}";

    Finding Found(FindingKind kind, string listener, string speaker, string what) => new(kind, call.Call, listener, $"speech of {speaker}: {what}");
}
