namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>Lets audio out no faster than a multiple of real time: what is on time passes at once, what is late catches up at that speed.</summary>
sealed class ReplayPace(double speed, TimeProvider time)
{
    // Frames come in bunches of up to this; more than that is late.
    static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(250);

    long _since = time.GetTimestamp();
    TimeSpan _allowed = Burst;

    /// <summary>How long the next piece must wait. Zero: it may go.</summary>
    public TimeSpan Wait()
    {
        var now = time.GetTimestamp();
        var allowed = _allowed + (time.GetElapsedTime(_since, now) * speed);
        (_since, _allowed) = (now, allowed > Burst ? Burst : allowed);
        return _allowed > TimeSpan.Zero ? TimeSpan.Zero : (-_allowed / speed) + TimeSpan.FromMilliseconds(1);
    }

    public void Spend(TimeSpan audio) => _allowed -= audio;
}
