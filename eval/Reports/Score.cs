using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Metrics;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Eval.Reports;

/// <summary>The figures of one policy in one language over all talks.</summary>
sealed class Score
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(2.5);
    static readonly TimeSpan Short = TimeSpan.FromSeconds(1.5);

    readonly Erasure _erasure = new();
    readonly Erasure _committedErasure = new();
    readonly CharacterScore _consistency = new();
    int _commits, _hits, _calls, _answers, _wasted, _committed, _wrong, _risk, _wrongRisk;
    double _sourceSeconds;

    public int Utterances { get; private set; }

    /// <summary>Utterances of which nothing was committed.</summary>
    public int Empty { get; private set; }

    public int Retractions { get; private set; }

    public int Unspoken { get; private set; }

    public int Unexplained { get; private set; }

    /// <summary>Onset of each heard word minus onset of the word it translates, in seconds (EVS, TrueLag).</summary>
    public Figures EarVoiceSpan { get; } = new();

    /// <summary>The same from the end of that word.</summary>
    public Figures EarVoiceSpanFromEnd { get; } = new();

    /// <summary>First audio minus onset of the first source word, in seconds.</summary>
    public Figures FirstAudio { get; } = new();

    /// <summary>First audio minus end of the utterance, in seconds, of utterances from 2.5 s: below zero, the translation starts before it.</summary>
    public Figures FirstAudioAfterEnd { get; } = new();

    /// <summary>The same of all utterances, in milliseconds (EOU to audio).</summary>
    public Figures EndToAudio { get; } = new();

    /// <summary>The same of utterances below 1.5 s, in milliseconds.</summary>
    public Figures ShortEndToAudio { get; } = new();

    /// <summary>First audio of the last clause minus end of the utterance, in milliseconds (EOU gap).</summary>
    public Figures EndToLastClause { get; } = new();

    /// <summary>End of the last audio minus end of the utterance, in seconds (EndOffset).</summary>
    public Figures EndOffset { get; } = new();

    public Figures Queue { get; } = new();

    /// <summary>Of text, in milliseconds, by name: see <see cref="Lagging"/> and <see cref="TokenDelay"/>.</summary>
    public SortedDictionary<string, Figures> Text { get; } = new(StringComparer.Ordinal);

    public double? Erased => _erasure.Normalized;

    public double? ErasedOfCommitted => _committedErasure.Normalized;

    /// <summary>Share of committed words whose source word was later changed by the recognizer.</summary>
    public double? WrongSource => Ratio(_wrong, _committed);

    /// <summary>The same of numbers, names and negations.</summary>
    public double? WrongSourceOfRisk => Ratio(_wrongRisk, _risk);

    /// <summary>Share of commits that needed no new answer of the translator.</summary>
    public double? DraftHits => Ratio(_hits, _commits);

    /// <summary>Share of answers of which nothing was committed.</summary>
    public double? Wasted => Ratio(_wasted, _answers);

    public double? CallsPerSourceSecond => Ratio(_calls, _sourceSeconds);

    /// <summary>chrF2 against the translation of the whole sentences.</summary>
    public double Consistency => _consistency.Score;

    public void Add(SessionLog log, IEnumerable<UtteranceScore> utterances)
    {
        foreach (var utterance in utterances)
            Add(utterance, log.To);
        _erasure.Add(log.Erasure);
        _committedErasure.Add(log.CommittedErasure);
        (_commits, _hits, _calls) = (_commits + log.Commits, _hits + log.Hits, _calls + log.Calls.Count);
        (_answers, _wasted) = (_answers + log.Calls.Count(static call => call.AnsweredAt is not null), _wasted + log.Wasted);
        foreach (var level in log.QueueLevels)
            Queue.Add(level);
        foreach (var word in log.Committed)
            CountSource(log.Talk, word);
        AddProof(log);
    }

    /// <summary>Only what must hold of every session, of a talk that is not part of the figures.</summary>
    public void AddProof(SessionLog log)
    {
        Retractions += AudioProof.Retractions(log);
        Unspoken += AudioProof.Unspoken(log);
        Unexplained += log.Unexplained;
    }

    void CountSource(Talk talk, CommittedWord word)
    {
        if (word.Token is not { } token)
            return;
        var said = talk.Words[token.Source].Text;
        var isWrong = token.Heard != said;
        var isRisk = Misheard.IsRisk(said) || (isWrong && Misheard.IsRisk(token.Heard));
        _committed++;
        _wrong += isWrong ? 1 : 0;
        _risk += isRisk ? 1 : 0;
        _wrongRisk += isRisk && isWrong ? 1 : 0;
    }

    void Add(UtteranceScore score, Language to)
    {
        var utterance = score.Utterance;
        Utterances++;
        _sourceSeconds += utterance.Duration.TotalSeconds;
        _consistency.Add(score.Prediction, score.Reference);
        if (score.Delays.IsEmpty)
            Empty++;
        else
            AddText(score, Writing.Units(to, score.Reference).Count);
        foreach (var heard in score.Heard)
        {
            EarVoiceSpan.Add((heard.Start - heard.Source.Start).TotalSeconds);
            EarVoiceSpanFromEnd.Add((heard.Start - heard.Source.End).TotalSeconds);
        }

        FirstAudio.Add((score.FirstAudio - utterance.Start)?.TotalSeconds);
        EndOffset.Add((score.LastAudioEnd - utterance.End)?.TotalSeconds);
        EndToLastClause.Add((score.LastClauseAudio - utterance.End)?.TotalMilliseconds);
        EndToAudio.Add((score.FirstAudio - utterance.End)?.TotalMilliseconds);
        if (utterance.Duration >= Long)
            FirstAudioAfterEnd.Add((score.FirstAudio - utterance.End)?.TotalSeconds);
        if (utterance.Duration < Short)
            ShortEndToAudio.Add((score.FirstAudio - utterance.End)?.TotalMilliseconds);
    }

    void AddText(UtteranceScore score, int reference)
    {
        AddLagging("", score.Known, score.Source, reference);
        AddLagging("_ca", score.Elapsed, score.Source, reference);
        Note("atd", TokenDelay.OfCaptions(score.Known));
        if (score.Chunks.ToList() is { Count: > 0 } chunks)
            Note("atd_speech", TokenDelay.OfSpeech([.. chunks.Select(static chunk => chunk.Known)], [.. chunks.Select(static chunk => chunk.Duration)]));
        Note("stream_laal", Lagging.LengthAdaptive(score.KnownInRecording, score.Source, reference));
    }

    void AddLagging(string clock, double[] delays, double source, int reference)
    {
        Note("al" + clock, Lagging.Average(delays, source, reference));
        Note("laal" + clock, Lagging.LengthAdaptive(delays, source, reference));
        Note("dal" + clock, Lagging.Differentiable(delays, source));
        Note("ap" + clock, Lagging.Proportion(delays, source, reference));
        Note("yaal" + clock, Lagging.WithoutTail(delays, source, reference));
    }

    void Note(string name, double? figure)
    {
        if (!Text.TryGetValue(name, out var figures))
            Text[name] = figures = new Figures();
        figures.Add(figure);
    }

    static double? Ratio(double part, double whole) => whole == 0 ? null : part / whole;
}
