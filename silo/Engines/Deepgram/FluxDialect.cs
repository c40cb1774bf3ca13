using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>
/// Flux: the vendor keeps the turns. Its text may change until <c>EndOfTurn</c>, guesses of an early end included; at the end of the stream there is none, and
/// the newest text counts. Text before <c>StartOfTurn</c> may vanish again, so it opens nothing.
/// </summary>
sealed class FluxDialect(DeepgramOptions options, StreamClock clock, Turn turn) : ListenDialect(clock, turn)
{
    ImmutableArray<Word> _early = [];
    bool _isFinishAsked;
    TimeSpan _window;

    // The vendor advises pieces of 80 ms (Deepgram docs, Flux quickstart).
    public override (int Least, int Most) Piece => (1_600, 2_560);

    public override string Finish => """{"type":"ForceEndTurn"}""";

    public override string? KeepAlive => null;

    // Also to say that the end of what was written is silence: until then its frames are not covered.
    public override bool NeedsAudio => Turn.IsOpen || !_early.IsEmpty || Sure < Clock.Written;

    // Up to there the vendor will find no more words.
    TimeSpan Sure => Clock.ToWritten(_window - Unsure);

    public override bool IsUnfinished(TimeSpan position) => base.IsUnfinished(position) || (!_early.IsEmpty && _early[0].Start < position);

    public override bool Hear(ListenMessage message) => message.Type == "TurnInfo" && HearTurn(message);

    public override bool End()
    {
        TakeEarly();
        SettleAll();
        return true;
    }

    public override void Settle()
    {
        TakeEarly();
        base.Settle();
    }

    bool HearTurn(ListenMessage message)
    {
        var end = VendorTime(message.AudioWindowEnd);
        if (end < _window)
            throw new WrongTimesException();
        _window = end;
        Heard = Clock.ToWritten(end);
        var words = WordsOf(message.Words ?? [], Turn.IsOpen ? Turn.Start : Clock.ToWritten(VendorTime(message.AudioWindowStart)), Heard);
        switch (message.Event)
        {
            case "EndOfTurn":
                EndTurn(words);
                break;
            case "Update" when !Turn.IsOpen:
                _early = words;
                Turn.HearSilence(words is [var first, ..] && first.Start < Sure ? first.Start : Sure, isAtOnce: words.IsEmpty && Sure == Clock.Written);
                break;
            default:
                if (words.IsEmpty && message.Event == "StartOfTurn")
                    Turn.Open(Heard);
                Turn.Revise(words, Heard);
                _early = [];
                break;
        }

        return IsTooLong();
    }

    void EndTurn(ImmutableArray<Word> words)
    {
        Turn.Admit(Heard, words);
        Turn.End(Heard);
        (_early, _isFinishAsked) = ([], false);
    }

    // It did not vanish, so it was said.
    void TakeEarly()
    {
        if (!_early.IsEmpty)
            Turn.Revise(_early, Heard);
        _early = [];
    }

    // Asked for once a turn: the answer takes a moment.
    bool IsTooLong()
    {
        if (_isFinishAsked || !Turn.IsOpen || Heard - Turn.Start < options.LongestTurn)
            return false;
        return _isFinishAsked = true;
    }
}
