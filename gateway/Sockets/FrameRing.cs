using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>
/// What a connection said and the grain has not covered yet, in the order of numbers: what is still to be sent, and what may have to be sent again.
/// Beyond <see cref="ConnectionLimits.Ring"/> of audio the oldest goes; the ledger counts it as lost. Thread-safe.
/// </summary>
sealed class FrameRing
{
    static readonly int MostBytes = (int)(ConnectionLimits.Ring.TotalSeconds * 32_000);

    readonly LinkedList<Spoken> _held = new();
    readonly SemaphoreSlim _added = new(0, 1);
    long _nextToSend;
    int _bytes;
    bool _isRewound;

    public FrameRing(long next)
    {
        NextNumber = next;
        _nextToSend = next;
    }

    /// <summary>The number that the client must send next.</summary>
    public long NextNumber { get; private set; }

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

    /// <summary>The client can't send what is before this number.</summary>
    public void BeginAt(long number)
    {
        lock (_held)
        {
            NextNumber = number;
            if (_held.Count == 0)
                _nextToSend = number;
        }
    }

    /// <summary>Waits until there is something to send.</summary>
    public async Task WaitForMore(CancellationToken cancellationToken)
    {
        while (!HasMore())
            await _added.WaitAsync(cancellationToken);
    }

    /// <summary>What comes next, at most a second of audio at once, and the lowest number that is held.</summary>
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

    /// <summary>Everything up to here was taken. After a <see cref="Rewind"/> since the <see cref="Peek"/> it says nothing.</summary>
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

    /// <summary>Sends again from here on.</summary>
    public void Rewind(long number)
    {
        lock (_held)
            (_nextToSend, _isRewound) = (number, true);
        Wake();
    }

    /// <summary>Whether something is still to be sent.</summary>
    public bool HasMore()
    {
        lock (_held)
            return _held.Last is { } last && last.Value.Number >= _nextToSend;
    }

    static int SizeOf(Spoken spoken) => spoken is SpokenFrame frame ? frame.Audio.Length : ((SpokenText)spoken).Text.Length * 2;

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
