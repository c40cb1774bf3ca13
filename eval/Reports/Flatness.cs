using VoiceGrains.Eval.Metrics;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Eval.Reports;

/// <summary>Whether lag grows over a long monologue: the ear-voice span of its first and its last sixth, in seconds. The text figures are on both clocks.</summary>
sealed record Flatness(double? First, double? Last, double? Worst, double? StreamLaal, double? StreamLaalElapsed, double? LongYaal, double? LongYaalElapsed)
{
    public static Flatness Of(SessionLog log, IReadOnlyList<UtteranceScore> utterances)
    {
        var sixth = log.Talk.End / 6;
        var (first, last, all) = (new Figures(), new Figures(), new Figures());
        var (known, elapsed, yaal, yaalElapsed) = (new Figures(), new Figures(), new Figures(), new Figures());
        foreach (var utterance in utterances)
        {
            foreach (var heard in utterance.Heard)
            {
                var span = (heard.Start - heard.Source.Start).TotalSeconds;
                all.Add(span);
                if (heard.Source.Start < sixth)
                    first.Add(span);
                else if (heard.Source.Start >= log.Talk.End - sixth)
                    last.Add(span);
            }

            if (utterance.Delays.IsEmpty)
                continue;
            var reference = Corpora.Writing.Units(log.To, utterance.Reference).Count;
            known.Add(Lagging.LengthAdaptive(utterance.KnownInRecording, utterance.Source, reference) / 1000);
            elapsed.Add(Lagging.LengthAdaptive(utterance.Elapsed, utterance.Source, reference) / 1000);
            var end = (log.Talk.End - utterance.Utterance.Start).TotalMilliseconds;
            yaal.Add(Lagging.BeforeEnd(utterance.KnownInRecording, utterance.Source, reference, end) / 1000);
            yaalElapsed.Add(Lagging.BeforeEnd(utterance.Elapsed, utterance.Source, reference, end) / 1000);
        }

        return new Flatness(first.Median, last.Median, all.At(0.95), known.Mean, elapsed.Mean, yaal.Mean, yaalElapsed.Mean);
    }
}
