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
            Turn.HearSilence(until - Unsure);
            return;
        }

        _final = end;
        Turn.Admit(until, words);
        var isForWords = message.FromFinalize && WantsWords;
        WantsWords &= !isForWords;
        if (!isForWords && IsOverBy(until, message))
            Turn.End(until);
        Turn.HearSilence(until, isAtOnce: message.FromFinalize);
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
