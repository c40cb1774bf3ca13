using System.Text;
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
    string _tail = "";

    // Clauses of the next sentence that another activation committed: whoever begins the sentence anew says them again.
    int _restored;
    int _skip;

    public LaneSegment(LaneServices services, RecentSegment segment, RecentLane lane, LaneSpeech? speech)
    {
        (_services, _segment, _lane, Speech) = (services, segment, lane, speech);
        _text = new LaneText(lane.Language, segment.Number, segment.Origin, services.Recent.FirstRevision);
        foreach (var clause in lane.Clauses)
            _text.Commit(clause.Text, lane.Quality);
        _restored = lane.ClausesOfNext;
    }

    public int Number => _segment.Number;

    public SegmentOrigin Origin => _segment.Origin;

    /// <summary>The language that is spoken.</summary>
    public Language Spoken => _segment.Language;

    public LaneSpeech? Speech { get; }

    /// <summary>Whether listeners are so far behind that less is to be said.</summary>
    public bool IsBrief { get; set; }

    /// <summary>Whether they are so far behind that what is committed from now on is only read.</summary>
    public bool IsOnlyRead { get; set; }

    /// <summary>What is committed of sentences that are translated wholly.</summary>
    public string CommittedBefore => Joined(_lane.Clauses.Take(_lane.Clauses.Count - _lane.ClausesOfNext));

    /// <summary>What is committed of the sentence after them.</summary>
    public string Begun => Joined(_lane.Clauses.TakeLast(_lane.ClausesOfNext));

    /// <summary>How many words of that sentence this needs, as far as is known.</summary>
    public int WordsBegun => _lane.WordsOfNext;

    /// <summary>How many sentences are translated wholly.</summary>
    public int SentencesDone => _lane.SentencesDone;

    /// <summary>Whether what is begun would come again, clause by clause, if the sentence were translated anew.</summary>
    public bool CanBeginAnew => _restored == _lane.ClausesOfNext && _lane.WordsOfNext == 0;

    /// <summary>The sentence is translated anew: the clauses that stand already are passed over.</summary>
    public void BeginAnew() => _skip = _restored;

    /// <summary>Commits a clause.</summary>
    /// <param name="words">How many words of its sentence it needs, when the sentence is not over; 0 otherwise.</param>
    public void Commit(SentenceClock clock, string clause, TranslationQuality quality, TimeSpan? latency, int words = 0)
    {
        if (_skip > 0)
        {
            _skip--;
            return;
        }

        // A mark alone completes a clause that was committed without it: no voice can say it.
        var isSilent = IsOnlyRead || !clause.EnumerateRunes().Any(Rune.IsLetterOrDigit);
        var number = Add(clause, quality, isSilent);
        _lane.WordsOfNext = words;
        var version = _services.Commits.Changed();
        _tail = "";
        SendCaption(clock, isFinal: false, latency);
        if (IsOnlyRead)
            _services.Use.OnlyRead++;
        if (!isSilent)
            Speech?.Write(number, version, _lane.Clauses[number - 1], new StageLatency(clock.Recognized, latency, null));
    }

    /// <summary>Commits a sentence that nobody could translate: read in the original, but not spoken, as a voice of another language makes it unintelligible.</summary>
    public void CommitUntranslated(string text)
    {
        if (_lane.ClausesOfNext > 0)
            return;
        Add(text, TranslationQuality.Untranslated, isOnlyRead: true);
        _services.Commits.Changed();
    }

    /// <summary>Shows what will probably follow the committed text.</summary>
    public void Show(SentenceClock clock, string tail)
    {
        if (tail == _tail)
            return;
        _tail = tail;
        SendCaption(clock, isFinal: false, null);
    }

    /// <summary>Sentences are translated wholly.</summary>
    public void EndSentences(int count)
    {
        (_skip, _restored) = (0, 0);
        _lane.SentencesDone += count;
        (_lane.ClausesOfNext, _lane.WordsOfNext) = (0, 0);
    }

    /// <summary>Nothing more comes for the segment.</summary>
    public void Finish(SentenceClock clock)
    {
        _lane.IsFinal = true;
        _tail = "";
        _services.Commits.Changed();
        SendCaption(clock, isFinal: true, null);
        _services.Translated(_segment.Number, _text.Record());
        Speech?.Complete();
    }

    /// <summary>Another activation finished the segment: it may have died before its last caption arrived. Whoever has it drops this one.</summary>
    public void Repeat() => SendCaption(isFinal: true, StageLatency.None);

    int Add(string clause, TranslationQuality quality, bool isOnlyRead)
    {
        var number = _text.Commit(clause, quality);
        _lane.Clauses.Add(new RecentClause(clause) { HasArrived = Speech is null, IsOnlyRead = isOnlyRead });
        (_lane.Quality, _lane.ClausesOfNext) = (_text.Quality, _lane.ClausesOfNext + 1);
        return number;
    }

    string Joined(IEnumerable<RecentClause> clauses) => clauses.Aggregate("", (text, clause) => _text.Joined(text, clause.Text));

    void SendCaption(SentenceClock clock, bool isFinal, TimeSpan? translated) => SendCaption(isFinal, new StageLatency(clock.Recognized, translated, null));

    void SendCaption(bool isFinal, StageLatency latency)
    {
        // What is in the spoken language already has its caption.
        if (Spoken.IsSpokenLike(_lane.Language))
            return;
        var caption = _lane.Caption = _text.Caption(Spoken, _tail, isFinal, latency);
        _services.Commits.Deliver(() => _services.Outlets.Send(caption));
    }
}
