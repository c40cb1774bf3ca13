using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>
/// The sockets of one voice and language, shared by all its streams. New contexts go to the oldest that has room, so that those which only a rush needed fall idle
/// and end; while there is one place left on all of them together, the next is opened.
/// </summary>
/// <param name="connect">Opens a socket; whoever gave it owns all of them.</param>
sealed class VoiceSockets(Func<Task<VoiceSocket>> connect)
{
    // A socket that is closed as soon as it is opened is not opened for ever.
    const int MostAttempts = 3;

    readonly Lock _gate = new();
    readonly List<VoiceSocket> _open = [];
    Task<VoiceSocket>? _next;

    /// <summary>Whether nobody speaks, and no socket is being opened.</summary>
    public bool IsCold
    {
        get
        {
            lock (_gate)
                return !IsNextAlive_NeedsLock && _open.TrueForAll(static socket => socket.Live == 0);
        }
    }

    /// <summary>Begins a context, on a new socket if need be. Throws <see cref="EngineFaultException"/>.</summary>
    public async Task<SpeechContext> Begin(CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            if (TryBegin(out var next, out var isOurs) is { } context)
                return context;
            VoiceSocket socket;
            try
            {
                socket = await next.WaitAsync(cancellationToken);
            }
            catch (EngineFaultException fault) when (!isOurs && fault.IsRetryable && ++failures < MostAttempts)
            {
                // It was opened for somebody who came long before, and may have hung since then: that says nothing of a new one.
                continue;
            }

            lock (_gate)
            {
                if (_next == next)
                {
                    _open.Add(socket);
                    _next = null;
                }
            }

            if (socket.Fault is { } ended && ++failures == MostAttempts)
                throw ended;
        }
    }

    // Null: there is none to begin one on, and the next is being opened, by this call or since an earlier one.
    SpeechContext? TryBegin(out Task<VoiceSocket> next, out bool isOurs)
    {
        lock (_gate)
        {
            var before = _next;
            (next, isOurs) = (Task.FromCanceled<VoiceSocket>(new CancellationToken(canceled: true)), false);
            _open.RemoveAll(static socket => socket.IsRetired);
            foreach (var socket in _open)
            {
                if (socket.TryBegin() is not { } context)
                    continue;
                if (_open.Sum(static each => each.Room) <= 1)
                    Next_NeedsLock();
                return context;
            }

            next = Next_NeedsLock();
            isOurs = next != before;
            return null;
        }
    }

    // One that nobody took may have ended since.
    bool IsNextAlive_NeedsLock => _next is { IsCompleted: false } || _next is { IsCompletedSuccessfully: true, Result.IsRetired: false };

    Task<VoiceSocket> Next_NeedsLock() => _next = IsNextAlive_NeedsLock ? _next! : connect();
}
