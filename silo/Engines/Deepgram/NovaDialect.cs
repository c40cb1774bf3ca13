namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>
/// Nova: results replace each other until one is final; a turn is all final ones up to <c>speech_final</c>, or up to <c>UtteranceEnd</c> where noise hides
/// the silence. That somebody begins to speak is told repeatedly, or not at all.
/// </summary>
sealed class NovaDialect(DeepgramOptions options, StreamClock clock, Turn turn) : ListenDialect(clock, turn)
{
    // The vendor notices speech a little after it began.
    static readonly TimeSpan Noticed = TimeSpan.FromMilliseconds(300);

    // Final results do not overlap.
    static readonly TimeSpan Overlap = TimeSpan.FromMilliseconds(250);

    TimeSpan _final;
    bool _areWordsOut;

    public override (int Least, int Most) Piece => (1_600, 2_560);

    public override string Finish => """{"type":"Finalize"}""";

    public override bool CanFinishWords => true;

    public override string? KeepAlive => """{"type":"KeepAlive"}""";

    public override bool NeedsAudio => false;

    public override bool MustBeAsked => !Turn.IsOpen && Turn.Told < Clock.Written;

    public override bool Hear(ListenMessage message)
    {
        switch (message.Type)
        {
            case "Results":
                HearResults(message);
                break;
            case "SpeechStarted":
                HearSpeech(Clock.ToWritten(VendorTime(message.Timestamp)));
                break;
            case "UtteranceEnd":
                HearUtteranceEnd(message.LastWordEnd);
                break;
            case "Metadata":
                SettleAll();
                break;
        }

        return false;
    }

    public override bool End() => IsOver;

    void HearResults(ListenMessage message)
    {
        var (start, end) = (VendorTime(message.Start), VendorTime(message.Start + message.Duration));
        if (message.IsFinal && start < _final - Overlap)
            throw new WrongTimesException();
        var until = Clock.ToWritten(end);
        Heard = until > Heard ? until : Heard;
        var words = WordsOf(message.WordsOfChannel(), Clock.ToWritten(start), until);
        if (!message.IsFinal)
        {
            Turn.Revise(words, until);
            EndInSilence(until);
            Turn.HearSilence(until - Unsure);
            return;
        }

        _final = end;
        Turn.Admit(until, words);
        if (TakesWords(message) ? until - Turn.Start > options.LongestTurn : IsOverBy(until, message))
            Turn.End(until);
        EndInSilence(until);
        Turn.HearSilence(until, isAtOnce: message.FromFinalize);
    }

    // Whether this answers a request for words in mid-turn.
    bool TakesWords(ListenMessage message)
    {
        if (!message.FromFinalize)
            return false;
        if (WordsWanted == 0)
        {
            IsEndWanted = false;
            return false;
        }

        WordsWanted--;
        return _areWordsOut = true;
    }

    // Behind words that were asked for the vendor's own endpointing may begin anew, and find nothing that ends.
    void EndInSilence(TimeSpan until)
    {
        _areWordsOut &= Turn.IsOpen && Turn.HasWords && !Turn.HasInterim;
        if (_areWordsOut && until - Turn.SpeechEnd >= options.Endpointing)
            Turn.End(until);
    }

    bool IsOverBy(TimeSpan until, ListenMessage message)
    {
        if (!Turn.IsOpen || until <= Turn.Start)
            return false;
        if (message.FromFinalize)
            return true;
        // The beginning of speech overtakes the end of what was said before it.
        if (message.SpeechFinal)
            return Turn.HasWords || until > Turn.Start + Noticed;
        return until - Turn.Start > (Turn.HasWords ? options.LongestTurn : options.UtteranceEnd);
    }

    void HearSpeech(TimeSpan at) => Turn.Open(at > Noticed ? at - Noticed : TimeSpan.Zero);

    void HearUtteranceEnd(double? lastWordEnd)
    {
        // It may follow the silence that has ended the turn already, or belong to the turn before.
        if (!Turn.IsOpen || !Turn.HasWords || Turn.HasInterim)
            return;
        // Without a last word it says -1.
        var last = lastWordEnd is >= 0 ? Clock.ToWritten(VendorTime(lastWordEnd)) : Heard;
        if (last >= Turn.Start)
            Turn.End(Heard);
    }
}
