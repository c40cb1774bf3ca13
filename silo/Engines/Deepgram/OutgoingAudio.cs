namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>What goes out next.</summary>
enum OutgoingKind
{
    /// <summary>Nothing yet.</summary>
    Nothing,
    Audio,

    /// <summary>The final words of everything before are wanted, and the end of its segment.</summary>
    Finish,

    /// <summary>The final words of everything before are wanted; the segment goes on.</summary>
    Words,

    /// <summary>There is no more.</summary>
    End,
}

/// <summary>
/// Audio on its way out, and between it the places where a segment is to be finished: in one order, so that a finish never overtakes audio. Holds at most
/// its capacity, and refuses what is beyond. Thread-safe.
/// </summary>
sealed class OutgoingAudio(int capacity)
{
    /// <summary>Bytes that are kept for it while the vendor takes audio as it comes.</summary>
    public const int Usual = 8 * 1024;

    const int MostFinishes = 64;

    readonly Lock _gate = new();
    readonly Queue<(long At, OutgoingKind Kind)> _finishes = new();
    byte[] _ring = new byte[Math.Min(capacity, Usual)];
    long _written;
    long _taken;
    bool _isComplete;
    bool _isFinishDue;

    /// <summary>Bytes that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return (int)(_written - _taken);
        }
    }

    /// <summary>False: full or complete, nothing was taken.</summary>
    public bool TryWrite(ReadOnlySpan<byte> audio)
    {
        lock (_gate)
        {
            var length = (int)(_written - _taken) + audio.Length;
            if (_isComplete || length > capacity)
                return false;
            while (length > _ring.Length)
                Grow();
            var at = (int)(_written % _ring.Length);
            var first = Math.Min(audio.Length, _ring.Length - at);
            audio[..first].CopyTo(_ring.AsSpan(at));
            audio[first..].CopyTo(_ring);
            _written += audio.Length;
            return true;
        }
    }

    /// <summary>What was written so far is to be finished.</summary>
    public void Finish() => Ask(OutgoingKind.Finish);

    /// <summary>The final words of what was written so far are wanted; more of the segment follows.</summary>
    public void FinishWords() => Ask(OutgoingKind.Words);

    /// <summary>What is out already is to be finished, before more goes.</summary>
    public void FinishNow()
    {
        lock (_gate)
            _isFinishDue = true;
    }

    public void Complete()
    {
        lock (_gate)
            _isComplete = true;
    }

    /// <summary>Takes the next piece, of at least <paramref name="least"/> bytes unless something other than audio follows or <paramref name="isTail"/>.</summary>
    public OutgoingKind Take(Span<byte> piece, int least, bool isTail, out int length)
    {
        lock (_gate)
        {
            length = 0;
            if (_isFinishDue)
            {
                _isFinishDue = false;
                return OutgoingKind.Finish;
            }

            var end = _finishes.TryPeek(out var finish) ? finish.At : _written;
            var waiting = (int)(end - _taken);
            // Half a sample waits for its other half.
            length = (waiting < least && !isTail && !HasEnd() ? 0 : Evenly(waiting, least, piece.Length)) & ~1;
            if (length > 0)
            {
                Read(piece[..length]);
                return OutgoingKind.Audio;
            }

            if (waiting > 1)
                return OutgoingKind.Nothing;
            if (_finishes.TryDequeue(out var asked))
                return asked.Kind;
            return _isComplete ? OutgoingKind.End : OutgoingKind.Nothing;
        }
    }

    void Ask(OutgoingKind kind)
    {
        lock (_gate)
        {
            // Twice at one place is once; and who asks this often gets the answer of the next.
            if (!_isComplete && _finishes.Count < MostFinishes && (_finishes.Count == 0 || _finishes.Last() != (_written, kind)))
                _finishes.Enqueue((_written, kind));
        }
    }

    bool HasEnd() => _isComplete || _finishes.Count > 0;

    // As few pieces as can be, of one size, so that no scrap is left.
    static int Evenly(int waiting, int least, int most)
    {
        if (waiting <= most)
            return waiting;
        var pieces = (waiting + most - 1) / most;
        return Math.Max(least, (waiting + pieces - 1) / pieces + 1 & ~1);
    }

    void Read(Span<byte> piece)
    {
        var at = (int)(_taken % _ring.Length);
        var first = Math.Min(piece.Length, _ring.Length - at);
        _ring.AsSpan(at, first).CopyTo(piece);
        _ring.AsSpan(0, piece.Length - first).CopyTo(piece[first..]);
        _taken += piece.Length;
        // What a replay needed is given back: thousands of sessions may have had one.
        if (_taken == _written && _ring.Length > 4 * Usual)
            _ring = new byte[Usual];
    }

    void Grow()
    {
        var larger = new byte[Math.Min(capacity, _ring.Length * 2)];
        for (var place = _taken; place < _written; place++)
            larger[place % larger.Length] = _ring[place % _ring.Length];
        _ring = larger;
    }
}
