using VoiceGrains.Checkpoints;
using VoiceGrains.Media;

namespace VoiceGrains.Lanes;

/// <summary>One segment in one lane: commits its clauses, then lets them be read and heard.</summary>
sealed class LaneSegment
{
    readonly LaneServices _services;
    readonly RecentSegment _segment;
    readonly RecentLane _lane;
    readonly LaneText _text;
    int _skip;

    public LaneSegment(LaneServices services, RecentSegment segment, RecentLane lane, LaneSpeech? speech)
    {
        (_services, _segment, _lane, Speech) = (services, segment, lane, speech);
        _text = new LaneText(lane.Language, segment.Number, segment.Origin, services.Recent.FirstRevision);
        // What another activation had committed stands, and the sentence that it was at is translated from its beginning.
        foreach (var clause in lane.Clauses)
            _text.Commit(clause.Text, lane.Quality);
        _skip = lane.ClausesOfNext;
    }

    public LaneSpeech? Speech { get; }

    public string Committed => _text.Committed;

    /// <summary>Clauses so far, with those that were skipped because they stand already.</summary>
    public int Clauses { get; private set; }

    /// <summary>Commits a clause.</summary>
    public void Commit(Sentence sentence, string clause, TranslationQuality quality, TimeSpan? latency)
    {
        Clauses++;
        if (_skip > 0)
        {
            _skip--;
            return;
        }

        var number = Add(clause, quality);
        var version = _services.Commits.Changed();
        SendCaption(sentence, isFinal: false, latency);
        Speech?.Write(number, version, _lane.Clauses[number - 1], new StageLatency(sentence.Clock.Recognized, latency, null));
    }

    /// <summary>Commits a sentence that nobody could translate: read in the original, but not spoken, as a voice of another language makes it unintelligible.</summary>
    public void CommitUntranslated(string text)
    {
        if (_skip > 0)
            return;
        var number = Add(text, TranslationQuality.Untranslated);
        _lane.Clauses[number - 1].HasArrived = true;
        _services.Commits.Changed();
    }

    /// <summary>The sentence is translated wholly.</summary>
    public void EndSentence()
    {
        _skip = 0;
        _lane.SentencesDone++;
        _lane.ClausesOfNext = 0;
    }

    /// <summary>Nothing more comes for the segment.</summary>
    public void Finish(Sentence sentence)
    {
        _lane.IsFinal = true;
        _services.Commits.Changed();
        SendCaption(sentence, isFinal: true, null);
        _services.Translated(_segment.Number, _text.Record());
        Speech?.Complete();
    }

    int Add(string clause, TranslationQuality quality)
    {
        var number = _text.Commit(clause, quality);
        _lane.Clauses.Add(new RecentClause(clause) { HasArrived = Speech is null });
        (_lane.Quality, _lane.ClausesOfNext) = (_text.Quality, _lane.ClausesOfNext + 1);
        return number;
    }

    void SendCaption(Sentence sentence, bool isFinal, TimeSpan? translated)
    {
        // What is in the spoken language already has its caption.
        if (sentence.Language.IsSpokenLike(_lane.Language))
            return;
        var caption = _lane.Caption = _text.Caption(sentence.Language, isFinal, new StageLatency(sentence.Clock.Recognized, translated, null));
        _services.Commits.Deliver(() => _services.Outlets.Send(caption));
    }
}
