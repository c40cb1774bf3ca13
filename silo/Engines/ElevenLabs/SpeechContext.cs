using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>
/// One context on a socket, for one clause. Only its own closing makes the vendor send a final message, and that message is the only mark that says where a clause
/// ends: a flush brings none, <c>flush_done</c> has no documented place, and alignments are sometimes null, sometimes doubled and count from anywhere. So a clause has a
/// context of its own. It is flushed with its text, and closed as soon as it sounds: closed earlier the vendor may end it without a sound (pipecat issues 4681, 5271).
/// </summary>
sealed class SpeechContext(string id, VoiceSocket socket, ElevenLabsOptions options, TimeProvider time)
{
    readonly Lock _gate = new();
    readonly TaskCompletionSource<EngineFaultException?> _spoken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    ClauseAudio? _audio;
    ITimer? _watch;

    public string Id => id;

    /// <summary>Whether it was asked to end. The vendor counts it until <see cref="Gone"/>.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>The vendor counts it no more.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Speaks a clause, and returns at its end. Throws <see cref="EngineFaultException"/>.</summary>
    /// <param name="limit">For the first sound.</param>
    public async Task Speak(string clause, ClauseAudio audio, TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var watch = time.CreateTimer(_ => Stall(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
            (_audio, _watch) = (audio, watch);
        try
        {
            watch.Change(limit, Timeout.InfiniteTimeSpan);
            socket.Send(SocketMessages.Say(id, clause));
            if (await _spoken.Task.WaitAsync(cancellationToken) is { } fault)
                throw fault;
            if (audio.HasAny)
                return;
            socket.Retire();
            // A socket that ends a clause without it may do so again.
            throw ElevenLabsFault.Truncated("A clause ended without a sound.", socket.Request);
        }
        finally
        {
            Drop();
        }
    }

    /// <summary>The vendor does not end it: its socket is trusted with nothing new.</summary>
    public void Distrust() => socket.Retire();

    /// <summary>Whatever still comes is not heard any more; then the vendor is asked to stop.</summary>
    public void Drop()
    {
        lock (_gate)
            (_audio, _watch) = (null, null);
        Close();
    }

    /// <summary>An answer for this context. Called by the socket's reader, which must not wait.</summary>
    public void Take(SocketAnswer answer)
    {
        if (answer.Audio.Length > 0)
            Sound(answer.Audio);
        if (!answer.IsFinal)
            return;
        _spoken.TrySetResult(null);
        _gone.TrySetResult();
    }

    /// <summary>The socket is gone.</summary>
    public void Fail(EngineFaultException fault)
    {
        _spoken.TrySetResult(fault);
        _gone.TrySetResult();
    }

    void Sound(byte[] piece)
    {
        lock (_gate)
        {
            if (_audio is null)
                return;
            try
            {
                _audio.Add(piece);
            }
            catch (EngineFaultException fault)
            {
                _spoken.TrySetResult(fault);
            }

            _watch?.Change(options.AudioGapLimit, Timeout.InfiniteTimeSpan);
        }

        Close();
    }

    void Stall()
    {
        // A socket on which one thing stands still is trusted with nothing new.
        if (_spoken.TrySetResult(ElevenLabsFault.Stalled("audio", socket.Request)))
            socket.Retire();
    }

    void Close()
    {
        lock (_gate)
        {
            if (IsClosing || _gone.Task.IsCompleted)
                return;
            IsClosing = true;
        }

        socket.Send(SocketMessages.Close(id));
    }
}
