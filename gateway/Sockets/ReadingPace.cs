namespace VoiceGrains.Gateway.Sockets;

/// <summary>
/// How fast a client's audio is read. Who sends faster than allowed, or than it can be taken, is read slower, but never slower than people speak: what is not
/// read stays with the client, and nothing is lost.
/// </summary>
sealed class ReadingPace(TimeProvider time)
{
    readonly TokenBucket _seconds = new(ConnectionLimits.AudioBurst.TotalSeconds, ConnectionLimits.AudioSpeed, time);

    /// <summary>How long to wait before a frame of this duration goes into the ring.</summary>
    public TimeSpan WaitFor(TimeSpan frame, FrameRing ring)
    {
        var wait = _seconds.Take(frame.TotalSeconds);
        return wait < frame && ring.IsBehind ? frame : wait;
    }
}
