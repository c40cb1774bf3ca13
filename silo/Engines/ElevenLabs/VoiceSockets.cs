using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>
/// The sockets of one voice and language, shared by all its streams. New contexts go to one of them; when it is about to be full the next is opened, and when it is full
/// the next takes its place and it is drained: contexts that the vendor is slow to end never come near its limit.
/// </summary>
/// <param name="connect">Opens a socket; whoever gave it owns all of them.</param>
sealed class VoiceSockets(Func<Task<VoiceSocket>> connect)
{
    // A socket that is closed as soon as it is opened is not opened for ever.
    const int MostAttempts = 3;

    readonly Lock _gate = new();
    VoiceSocket? _current;
    Task<VoiceSocket>? _next;

    /// <summary>Whether no socket is open or being opened.</summary>
    public bool IsCold
    {
        get
        {
            lock (_gate)
                return _current is null or { Live: 0 } && _next is null;
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
                    (_current, _next) = (socket, null);
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
            if (_current?.TryBegin() is { } context)
            {
                if (_current.Live >= VoiceSocket.MostContexts - 1)
                    Next_NeedsLock();
                return context;
            }

            _current?.Retire();
            _current = null;
            next = Next_NeedsLock();
            isOurs = next != before;
            return null;
        }
    }

    Task<VoiceSocket> Next_NeedsLock() => _next = _next is null or { IsFaulted: true } or { IsCanceled: true } ? connect() : _next;
}
