using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>A clause over the socket. Its context is begun before the clause is known, so that connection, voice and settings are there when it comes.</summary>
sealed class SocketTurn : IClauseTurn
{
    readonly VoiceSockets _sockets;
    readonly IAccountSlots _slots;
    readonly ElevenLabsOptions _options;
    readonly TimeProvider _time;
    readonly CancellationTokenSource _ended = new();
    readonly List<Task<SpeechContext>> _contexts;
    IAsyncDisposable? _slot;
    long _begun;

    public SocketTurn(VoiceSockets sockets, IAccountSlots slots, ElevenLabsOptions options, TimeProvider time)
    {
        (_sockets, _slots, _options, _time) = (sockets, slots, options, time);
        _contexts = [sockets.Begin(_ended.Token)];
    }

    TimeSpan Left => _options.FirstAudioLimit - _time.GetElapsedTime(_begun) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public async Task Speak(string clause, ClauseAudio audio, CancellationToken cancellationToken)
    {
        _begun = _time.GetTimestamp();
        try
        {
            await Attempt(clause, audio, cancellationToken);
        }
        catch (EngineFaultException fault) when (fault.Kind is FaultKind.Transport or FaultKind.Truncated && !audio.HasAny && Left > TimeSpan.Zero)
        {
            // The connection was to blame and nobody has heard anything: once more, in what is left of the time.
            _contexts.Add(_sockets.Begin(_ended.Token));
            await Attempt(clause, audio, cancellationToken);
        }
    }

    /// <summary>The account's place is given back only when the vendor is done: until then it counts there too.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        foreach (var begun in _contexts)
            await End(begun);
        if (_slot is not null)
            await _slot.DisposeAsync();
        _ended.Dispose();
    }

    // The connection first: its handshake tells how many places the account has.
    async Task Attempt(string clause, ClauseAudio audio, CancellationToken cancellationToken)
    {
        try
        {
            var context = await _contexts[^1].WaitAsync(Left, _time, cancellationToken);
            if (_slot is null)
                await TakeSlot(cancellationToken);
            await context.Speak(clause, audio, Left, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw ElevenLabsFault.Stalled("connection");
        }
    }

    // Waiting for a place has a limit of its own, and is not part of the time to the first sound.
    async Task TakeSlot(CancellationToken cancellationToken)
    {
        var asked = _time.GetTimestamp();
        _slot = await _slots.Take(_options.SlotLimit, cancellationToken);
        _begun += _time.GetTimestamp() - asked;
    }

    async Task<bool> IsGone(SpeechContext context)
    {
        try
        {
            await context.Gone.WaitAsync(_options.CloseLimit, _time);
            return true;
        }
        catch (TimeoutException)
        {
            // The vendor takes its time: the socket counts it on.
            return false;
        }
    }

    async Task End(Task<SpeechContext> begun)
    {
        try
        {
            var context = await begun;
            context.Drop();
            if (!await IsGone(context))
                context.Distrust();
        }
        catch (Exception error) when (error is EngineFaultException or OperationCanceledException)
        {
            // It never began.
        }
    }

}
