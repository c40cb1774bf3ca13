using System.Globalization;

namespace VoiceGrains.Tests.Faults.Checks;

/// <summary>A history as lines of text, to be read when something went wrong. The words are made up, so they may be shown.</summary>
static class HistoryText
{
    public static IEnumerable<string> Of(CallHistory call)
    {
        yield return $"call {call.Call}";
        foreach (var line in call.Script.Lines)
            yield return $"  script {line.Speaker} ({call.Script.LanguageOf(line.Speaker)}) {Seconds(call.SentAt(line, -1))}-{Seconds(call.SentAt(line, line.Words.Count - 1))}: {line.Text}";
        foreach (var participant in call.Participants)
        {
            yield return $"  {participant.Name} ({call.Script.LanguageOf(participant.Name)}): sent {participant.Sent}, ledger {participant.Ledger}{(participant.Over is null ? "" : $", over: {participant.Over}")}";
            foreach (var seen in participant.Seen)
                yield return $"    {Seconds(seen.At)} {Text(seen)}";
        }
    }

    static string Text(Seen seen) => seen switch
    {
        SeenCaption { Caption: var caption } =>
            $"caption {caption.Speaker} {caption.Segment}.{caption.Revision} {caption.Language}{(caption.Final ? " FINAL" : "")}: {caption.Text} | {caption.Tail}",
        SeenClause clause => $"begin   {clause.Place.Speaker} {clause.Place.Segment}/{clause.Place.Clause}: {clause.Text}",
        SeenAudio audio => $"audio   {audio.Place.Speaker} {audio.Place.Segment}/{audio.Place.Clause} from {audio.Begins.TotalMilliseconds:0} ms, {audio.Audio.Length / 32} ms",
        SeenClauseEnd end => $"end     {end.Place.Speaker} {end.Place.Segment}/{end.Place.Clause}{(end.IsWhole ? "" : " not whole")}",
        SeenAck ack => $"ack     taken {ack.Taken}, recorded {ack.Recorded}",
        SeenConnection connection => connection.IsConnected ? "connected" : "disconnected",
        _ => seen.ToString(),
    };

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("00.000", CultureInfo.InvariantCulture);
}
