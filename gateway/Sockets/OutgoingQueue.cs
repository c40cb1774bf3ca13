namespace VoiceGrains.Gateway.Sockets;

/// <summary>A message that waits to be sent.</summary>
/// <param name="EndsAudio">Says that all audio of a clause has come: worth nothing without it.</param>
readonly record struct Outgoing(ReadOnlyMemory<byte> Message, bool IsBinary, bool EndsAudio = false);

/// <summary>
/// What waits for one client. Bounded: beyond <see cref="ConnectionLimits.MostWaitingAudio"/> the oldest audio is dropped; captions and control messages never are,
/// but a client that lets <see cref="ConnectionLimits.MostWaitingMessages"/> of them pile up is too slow. Thread-safe.
/// </summary>
sealed class OutgoingQueue
{
    readonly LinkedList<Outgoing> _waiting = new();
    readonly SemaphoreSlim _added = new(0, 1);
    int _audioBytes;
    int _messages;
    bool _isComplete;

    /// <summary>Audio messages that were dropped.</summary>
    public long Dropped { get; private set; }

    /// <summary>What waits: messages, and bytes of audio.</summary>
    public (int Messages, int AudioBytes) Load
    {
        get
        {
            lock (_waiting)
                return (_messages, _audioBytes);
        }
    }

    /// <summary>Adds a message. False: the client is too slow and must be closed.</summary>
    public bool Add(Outgoing outgoing)
    {
        lock (_waiting)
        {
            if (_isComplete)
                return true;
            _waiting.AddLast(outgoing);
            if (outgoing.IsBinary)
                _audioBytes += outgoing.Message.Length;
            else
                _messages++;
            while (_audioBytes > ConnectionLimits.MostWaitingAudio)
                DropOldestAudio();
            Wake_NeedsLock();
            return _messages <= ConnectionLimits.MostWaitingMessages;
        }
    }

    /// <summary>Nothing more is added. Audio that waits is dropped, and what says that it has come; messages are still to be taken.</summary>
    public void Complete()
    {
        lock (_waiting)
        {
            _isComplete = true;
            while (_audioBytes > 0)
                DropOldestAudio();
            // Whoever comes back with it would not be sent the audio any more.
            for (var node = _waiting.First; node is not null;)
            {
                var after = node.Next;
                if (node.Value.EndsAudio)
                {
                    Forget(node.Value);
                    _waiting.Remove(node);
                }

                node = after;
            }

            Wake_NeedsLock();
        }
    }

    /// <summary>The next message; null after the last one.</summary>
    public async Task<Outgoing?> Take()
    {
        while (true)
        {
            lock (_waiting)
            {
                if (_waiting.First is { } first)
                {
                    _waiting.RemoveFirst();
                    Forget(first.Value);
                    return first.Value;
                }

                if (_isComplete)
                    return null;
            }

            await _added.WaitAsync();
        }
    }

    void Wake_NeedsLock()
    {
        if (_added.CurrentCount == 0)
            _added.Release();
    }

    void DropOldestAudio()
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (!node.Value.IsBinary)
                continue;
            Forget(node.Value);
            _waiting.Remove(node);
            Dropped++;
            return;
        }
    }

    void Forget(Outgoing outgoing)
    {
        if (outgoing.IsBinary)
            _audioBytes -= outgoing.Message.Length;
        else
            _messages--;
    }
}
