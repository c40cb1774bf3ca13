using System.Collections.Immutable;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Eval.Reports;

/// <summary>What became of one utterance: its translation, and when each unit of it was there on two clocks.</summary>
sealed record UtteranceScore(Utterance Utterance, string Prediction, string Reference, ImmutableArray<UnitDelay> Delays, ImmutableArray<HeardToken> Heard)
{
    /// <summary>In milliseconds.</summary>
    public double Source => Utterance.Duration.TotalMilliseconds;

    /// <summary>By audio that was taken in ("computation-unaware"): at most all of the utterance, for a segment that stands alone.</summary>
    public double[] Known => [.. Delays.Select(delay => Math.Min(delay.Known, Source))];

    /// <summary>The same where the recording goes on behind the utterance.</summary>
    public double[] KnownInRecording => [.. Delays.Select(static delay => delay.Known)];

    /// <summary>By the clock, with everything that engines take ("computation-aware").</summary>
    public double[] Elapsed => [.. Delays.Select(static delay => delay.Elapsed)];

    public TimeSpan? FirstAudio => Heard.IsEmpty ? null : Heard.Min(static heard => heard.Start);

    public TimeSpan? LastAudioEnd => Heard.IsEmpty ? null : Heard.Max(static heard => heard.End);

    /// <summary>Where the last piece that was given to the synthesizer begins.</summary>
    public TimeSpan? LastClauseAudio => Heard.IsEmpty ? null : Heard.Where(heard => heard.Clause == Heard.Max(static each => each.Clause)).Min(static heard => heard.Start);

    /// <summary>The texts that were given to the synthesizer, with as much of them as was heard.</summary>
    public IEnumerable<SpokenChunk> Chunks => Heard.GroupBy(static heard => heard.Clause).Select(clause => new SpokenChunk(
        Math.Min(Source, clause.Max(static heard => heard.Known)), clause.Sum(static heard => (heard.End - heard.Start).TotalMilliseconds)));

    /// <summary>The utterances of a session, in order.</summary>
    public static IEnumerable<UtteranceScore> Of(SessionLog log)
    {
        var committed = log.Committed.Where(static word => word is { IsWithdrawn: false, Token: not null }).ToLookup(static word => word.Token!.Key.Utterance);
        var heard = log.Heard.Select(each => (Heard: each, Spoken: log.Spoken[each.Number - 1])).Where(static each => each.Spoken.Word?.Token is not null)
            .ToLookup(static each => each.Spoken.Word!.Token!.Key.Utterance);
        for (var i = 0; i < log.Talk.Utterances.Length; i++)
        {
            var utterance = log.Talk.Utterances[i];
            yield return new UtteranceScore(
                utterance,
                committed[i].Aggregate("", (text, word) => Writing.Join(log.To, text, word.Text)),
                utterance.Translation(log.To),
                [.. committed[i].SelectMany(word => Delay(log.To, word, utterance.Start))],
                [.. heard[i].Select(each => new HeardToken(
                    each.Spoken.Clause, each.Heard.Start + log.Downlink, each.Heard.End + log.Downlink, log.Talk.Words[each.Spoken.Word!.Token!.Source],
                    KnownAudio(each.Spoken.Word, utterance.Start)))]);
        }
    }

    static IEnumerable<UnitDelay> Delay(Language to, CommittedWord word, TimeSpan start) => Enumerable.Repeat(
        new UnitDelay(KnownAudio(word, start), (word.At - start).TotalMilliseconds), Writing.Units(to, word.Text).Count);

    static double KnownAudio(CommittedWord word, TimeSpan start) => Math.Max(0, (word.Edge - start).TotalMilliseconds);
}

/// <summary>When a unit of output was there, in milliseconds from the beginning of the utterance.</summary>
/// <param name="Known">How much audio had been taken in.</param>
readonly record struct UnitDelay(double Known, double Elapsed);

/// <summary>A word as a listener heard it, and the word that the speaker said.</summary>
/// <param name="Known">How much audio of the utterance had been taken in when it was committed, in milliseconds.</param>
readonly record struct HeardToken(int Clause, TimeSpan Start, TimeSpan End, SourceWord Source, double Known);

/// <summary>A text that was given to the synthesizer, in milliseconds.</summary>
readonly record struct SpokenChunk(double Known, double Duration);
