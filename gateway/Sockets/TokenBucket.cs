namespace VoiceGrains.Gateway.Sockets;

/// <summary>Allows a burst, and then a steady rate. Not thread-safe.</summary>
sealed class TokenBucket
{
    readonly double _burst;
    readonly double _perSecond;
    readonly TimeProvider _time;
    double _tokens;
    long _filledAt;

    public TokenBucket(double burst, double perSecond, TimeProvider time)
    {
        (_burst, _tokens, _perSecond, _time) = (burst, burst, perSecond, time);
        _filledAt = time.GetTimestamp();
    }

    /// <summary>Takes tokens; returns how long to wait until they are there. Zero: now.</summary>
    public TimeSpan Take(double tokens)
    {
        var now = _time.GetTimestamp();
        _tokens = Math.Min(_burst, _tokens + (_time.GetElapsedTime(_filledAt, now).TotalSeconds * _perSecond));
        _filledAt = now;
        _tokens -= tokens;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _perSecond);
    }
}
