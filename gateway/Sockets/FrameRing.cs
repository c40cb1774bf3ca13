using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>What to do with a number that a client sends.</summary>
enum Place
{
    /// <summary>Take it.</summary>
    Next,

    /// <summary>It came before.</summary>
    Old,

    /// <summary>It was sent before the client heard that it must send again from further back.</summary>
    Early,

    /// <summary>A number before it is missing.</summary>
    Gap,
}

/// <summary>
/// What a connection said and no checkpoint covers yet, in the order of numbers: what is still to be sent, and what may have to be sent again.
/// Beyond <see cref="ConnectionLimits.Ring"/> of audio the oldest goes; the ledger counts it as lost. Thread-safe.
/// </summary>
sealed class FrameRing
{
    // A client that has nothing older just goes on: after this many it is believed.
    const int MostEarly = 50;
    static readonly int MostBytes = (int)(ConnectionLimits.Ring.TotalSeconds * 32_000);
    static readonly int MostBehindBytes = (int)(ConnectionLimits.MostBehind.TotalSeconds * 32_000);

    readonly LinkedList<Spoken> _held = new();
    readonly SemaphoreSlim _added = new(0, 1);
    long _nextToSend;
    long? _mayBeginBelow = long.MaxValue;
    int _early;
    int _bytes;
    bool _isRewound;

    /// <param name="next">The first number; the client may have lost it, and begin with a higher one.</param>
    public FrameRing(long next)
    {
        NextNumber = next;
        _nextToSend = next;
    }

    /// <summary>The number that the client must send next.</summary>
    public long NextNumber { get; private set; }

    /// <summary>Where a number belongs. At the beginning, and after <see cref="TryRewind"/> failed, the client may leave out what it no longer has.</summary>
    public Place Judge(long number)
    {
        lock (_held)
        {
            if (number == NextNumber)
                return Begun(number);
            if (number < NextNumber)
                return Place.Old;
            if (_mayBeginBelow is not { } limit || number - NextNumber > ConnectionLimits.LargestGap)
                return Place.Gap;
            return number < limit || ++_early > MostEarly ? Begun(number) : Place.Early;
        }
    }

    /// <summary>Adds what the client said; its number must be <see cref="NextNumber"/>.</summary>
    public void Add(Spoken spoken)
    {
        lock (_held)
        {
            _held.AddLast(spoken);
            NextNumber = spoken.Number + 1;
            _bytes += SizeOf(spoken);
            while (_bytes > MostBytes)
                RemoveFirst();
        }

        Wake();
    }

    /// <summary>Waits until there is something to send, at most as long as given.</summary>
    public async Task<bool> WaitForMore(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!HasMore())
        {
            try
            {
                await _added.WaitAsync(cancellationToken).WaitAsync(limit, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The wait that was begun goes on by itself; let it end, so that it does not take the next signal.
                Wake();
                return HasMore();
            }
        }

        return true;
    }

    /// <summary>What comes next, at most a second of audio at once, and the lowest number that can still be sent.</summary>
    public (List<Spoken> Next, long Oldest) Peek()
    {
        lock (_held)
        {
            _isRewound = false;
            var next = new List<Spoken>();
            var bytes = 0;
            foreach (var spoken in _held)
            {
                if (spoken.Number < _nextToSend)
                    continue;
                next.Add(spoken);
                if ((bytes += SizeOf(spoken)) >= 32_000)
                    break;
            }

            return (next, _held.First?.Value.Number ?? NextNumber);
        }
    }

    /// <summary>Everything up to here was taken. After a rewind since the <see cref="Peek"/> it says nothing.</summary>
    public void SentThrough(long number)
    {
        lock (_held)
        {
            if (!_isRewound)
                _nextToSend = number + 1;
        }
    }

    /// <summary>Everything up to here is safe.</summary>
    public void Cover(long number)
    {
        lock (_held)
        {
            while (_held.First is { } first && first.Value.Number <= number)
                RemoveFirst();
        }
    }

    /// <summary>Sends again from here on. False: the ring does not go back so far, is empty now, and the client must send from there.</summary>
    public bool TryRewind(long number)
    {
        lock (_held)
        {
            _isRewound = true;
            if (number >= (_held.First?.Value.Number ?? NextNumber))
            {
                _nextToSend = number;
                Wake();
                return true;
            }

            (_mayBeginBelow, _early) = (NextNumber, 0);
            (NextNumber, _nextToSend) = (number, number);
            while (_held.Count > 0)
                RemoveFirst();
            return false;
        }
    }

    /// <summary>Whether more than <see cref="ConnectionLimits.MostBehind"/> of audio waits to be taken.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_held)
            {
                var waiting = 0;
                for (var node = _held.Last; node is not null && node.Value.Number >= _nextToSend && waiting <= MostBehindBytes; node = node.Previous)
                    waiting += SizeOf(node.Value);
                return waiting > MostBehindBytes;
            }
        }
    }

    /// <summary>What is held: how much, its size in bytes, and how much of it is still to be sent.</summary>
    public (int Kept, int Bytes, int ToSend) Load
    {
        get
        {
            lock (_held)
                return (_held.Count, _bytes, _held.Count(spoken => spoken.Number >= _nextToSend));
        }
    }

    /// <summary>Whether something is still to be sent.</summary>
    public bool HasMore()
    {
        lock (_held)
            return _held.Last is { } last && last.Value.Number >= _nextToSend;
    }

    static int SizeOf(Spoken spoken) => spoken is SpokenFrame frame ? frame.Audio.Length : ((SpokenText)spoken).Text.Length * 2;

    Place Begun(long number)
    {
        _mayBeginBelow = null;
        if (_held.Count == 0)
            _nextToSend = Math.Max(_nextToSend, number);
        NextNumber = number;
        return Place.Next;
    }

    void RemoveFirst()
    {
        _bytes -= SizeOf(_held.First!.Value);
        _held.RemoveFirst();
    }

    void Wake()
    {
        lock (_added)
        {
            if (_added.CurrentCount == 0)
                _added.Release();
        }
    }
}
