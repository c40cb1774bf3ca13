using System.Collections.Immutable;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Links;
using VoiceGrains.Participants;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>
/// Takes what a connection said to its participant: one awaited call at a time; what arrives meanwhile goes together in the next. When the activation
/// is lost it attaches again with the checkpoint, and sends again what the new one asks for.
/// </summary>
sealed class SpeakPump(IParticipantGrain participant, ConnectRequest request, Connection connection, CallLink link, TimeProvider time)
{
    /// <summary>A silo that takes longer than this counts as failed.</summary>
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(40);
    static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    // Who says nothing new still has to learn that the activation is gone that was to finish what they said.
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    // Who says nothing at all is brought back too, a little later.
    static readonly TimeSpan IdleLookEvery = TimeSpan.FromSeconds(2);

    Fence _fence;
    bool _isNewlyAttached = true;

    public Fence Fence => _fence;

    /// <summary>Connects. Null: a newer connection exists.</summary>
    public async Task<ConnectOutcome?> Connect(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var outcome = await participant.Connect(request with { Audiences = link.Audiences });
            if (outcome.Fence is { } fence)
            {
                _fence = fence;
                return outcome;
            }

            if (outcome.Refusal == ConnectRefusal.Replaced)
                return null;
            await Task.Delay(PauseAfter(started), time, cancellationToken);
        }
    }

    public async Task SpeakAll(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var limit = connection.HasUnsettled ? LookEvery : IdleLookEvery;
                await connection.Ring.WaitForMore(limit, time, cancellationToken);
                await SpeakOnce(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The connection closes.
        }
    }

    /// <summary>Waits until everything said so far was taken, at most as long as given.</summary>
    public async Task Drain(TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (connection.Ring.HasMore() && time.GetElapsedTime(started) < limit)
            await Task.Delay(DrainPause, time, cancellationToken);
    }

    async Task SpeakOnce(CancellationToken cancellationToken)
    {
        var (next, oldest) = connection.Ring.Peek();
        SpeakOutcome? outcome = null;
        try
        {
            outcome = await participant.Speak(new SpokenBatch(_fence, oldest, [.. next], connection.Played.Take())).WaitAsync(CallLimit, time, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, the outcome is unknown and the silo counts as failed: the same numbers go again, what was taken already is dropped there.
        }

        switch (outcome)
        {
            case SpeakTaken taken:
                connection.Ring.SentThrough(taken.Through);
                if (_isNewlyAttached && next.Count > 0)
                    connection.TellTaken(taken.Through);
                _isNewlyAttached &= next.Count == 0;
                if (next.Count > 0 && taken.Through < next[^1].Number)
                    await Task.Delay(Behind, time, cancellationToken);
                break;
            case SpeakResume resume:
                connection.Rewind(resume.From);
                break;
            case SpeakRefused { Reason: SpeakRefusal.Replaced }:
                connection.Close(CloseCode.Replaced);
                await Task.Delay(RetryAfter, time, cancellationToken);
                break;
            case SpeakRefused { Reason: SpeakRefusal.Finished }:
                // The call ends or the participant left; the reason comes through the link.
                await Task.Delay(RetryAfter, time, cancellationToken);
                break;
            default:
                await AttachAgain(cancellationToken);
                break;
        }
    }

    async Task AttachAgain(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!connection.Closed.IsCompleted)
        {
            // From here on the activation before is not let in any more.
            _fence = _fence with { Attach = _fence.Attach + 1 };
            connection.Attach(_fence);
            switch (await AttachOnce(cancellationToken))
            {
                case { Fence: not null } outcome:
                    _isNewlyAttached = true;
                    connection.Rewind(outcome.NextNumber);
                    // The call may have lived on the same silo: the sooner it hears who is here, the better.
                    link.Wake();
                    return;
                case { Refusal: ConnectRefusal.Replaced }:
                    connection.Close(CloseCode.Replaced);
                    return;
            }

            await Task.Delay(PauseAfter(started), time, cancellationToken);
        }
    }

    async Task<ConnectOutcome?> AttachOnce(CancellationToken cancellationToken)
    {
        var again = request with
        {
            Epoch = _fence.Epoch,
            Attach = _fence.Attach,
            Language = connection.Seat.Language,
            Checkpoint = connection.Checkpoint,
            Audiences = link.Audiences,
        };
        try
        {
            return await participant.Connect(again).WaitAsync(CallLimit, time, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The silo is gone and its place is not taken yet, or the store that knows is away: it is tried again.
            return null;
        }
    }

    // Quick at first, so that a silo that dies costs little; slower when it lasts.
    TimeSpan PauseAfter(long started)
    {
        var elapsed = time.GetElapsedTime(started) / 4;
        return elapsed < FirstPause ? FirstPause : elapsed > LongestPause ? LongestPause : elapsed;
    }
}
