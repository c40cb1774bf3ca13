using VoiceGrains.Participants;

namespace VoiceGrains.Operations;

/// <summary>What a call shows of itself. Set in its turns, read from anywhere.</summary>
sealed class CallGauge
{
    volatile ReportedCall? _call;

    /// <summary>Null: it has said nothing yet.</summary>
    public ReportedCall? Call
    {
        get => _call;
        set => _call = value;
    }
}

/// <summary>What a participant shows of themselves. Set in their turns, read from anywhere.</summary>
sealed class ParticipantGauge(CallId call, TimeProvider time)
{
    // What is reported each second needs no more.
    static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(500);

    volatile Shown _shown = new(0, 0, 0, TimeSpan.Zero);
    long _highestBefore = -1;
    int _segmentsBefore;
    long _readBefore;
    long _shownAt;

    public CallId CallId => call;

    /// <summary>Frames that were taken since this activation began.</summary>
    public long Taken => _shown.Taken;

    /// <summary>Segments that ended since then.</summary>
    public int Ended => _shown.Ended;

    /// <summary>To be called with everything that comes.</summary>
    public void ShowSometimes(Speaker speaker)
    {
        if (time.GetElapsedTime(_shownAt) >= ShowEvery)
            Show(speaker);
    }

    public void Show(Speaker speaker)
    {
        _shownAt = time.GetTimestamp();
        Set(speaker.Ledger.Figures, speaker.LastSegment, speaker.Lag);
    }

    /// <summary>As it is now. What came before this activation is somebody else's.</summary>
    public void Set(LedgerFigures ledger, int segments, TimeSpan lag)
    {
        if (_highestBefore < 0)
            (_highestBefore, _segmentsBefore) = (ledger.Highest, segments);
        _shown = new Shown(Math.Max(0, ledger.Highest - _highestBefore), Math.Max(0, segments - _segmentsBefore), ledger.Lost, lag);
    }

    /// <summary>What is new since the last look, and the rest. Only the report looks.</summary>
    public ParticipantReading Look()
    {
        var shown = _shown;
        var newFrames = shown.Taken - _readBefore;
        _readBefore = shown.Taken;
        return new ParticipantReading(newFrames, shown.Ended, shown.Lost, shown.Lag);
    }

    sealed record Shown(long Taken, int Ended, long Lost, TimeSpan Lag);
}

/// <summary>One look at a participant.</summary>
readonly record struct ParticipantReading(long NewFrames, int Ended, long Lost, TimeSpan Lag);
