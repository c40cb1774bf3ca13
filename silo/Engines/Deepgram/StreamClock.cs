using VoiceGrains.Audio;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>
/// The vendor counts all samples of its connection; the session's clock counts only those that were written to it. They differ by the silence that was
/// put in to keep the vendor listening while nobody wrote.
/// </summary>
sealed class StreamClock
{
    // Events tell of the last seconds: silence before that may be forgotten one by one.
    const int MostGaps = 64;

    readonly Queue<(long At, long Length)> _gaps = new();
    (long At, long Length) _last;
    long _forgotten;
    long _written;
    long _sent;

    /// <summary>Everything that was sent, on the vendor's clock.</summary>
    public TimeSpan Sent => AudioFormat.TimeOf(_sent);

    /// <summary>What was written and sent, on the session's clock.</summary>
    public TimeSpan Written => AudioFormat.TimeOf(_written);

    public void SendWritten(int samples)
    {
        _written += samples;
        _sent += samples;
    }

    public void SendSilence(int samples)
    {
        if (_last.Length > 0 && _last.At + _last.Length == _sent)
        {
            _last.Length += samples;
        }
        else
        {
            if (_last.Length > 0)
                _gaps.Enqueue(_last);
            _last = (_sent, samples);
            if (_gaps.Count > MostGaps)
                _forgotten += _gaps.Dequeue().Length;
        }

        _sent += samples;
    }

    /// <summary>Where a time of the vendor lies on the session's clock, within what was written. In put-in silence it is the place where that begins.</summary>
    public TimeSpan ToWritten(TimeSpan vendor)
    {
        var place = vendor.Ticks / (TimeSpan.TicksPerSecond / 16_000);
        var written = place - _forgotten;
        foreach (var gap in _gaps)
            written -= Math.Clamp(place - gap.At, 0, gap.Length);
        written -= Math.Clamp(place - _last.At, 0, _last.Length);
        return AudioFormat.TimeOf(Math.Clamp(written, 0, _written));
    }
}
