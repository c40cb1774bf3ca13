using VoiceGrains.Participants;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Sockets;

/// <summary>
/// Takes what a connection said to its participant: one awaited call at a time; what arrives meanwhile goes together in the next. When the activation
/// is lost it attaches again, and sends again what the new one asks for.
/// </summary>
sealed class SpeakPump(IParticipantGrain participant, ConnectRequest request, Connection connection, TimeProvider time)
{
    static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(40);
    static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    Fence _fence;

    public Fence Fence => _fence;

    /// <summary>Connects. Null: a newer connection exists.</summary>
    public async Task<ConnectOutcome?> Connect(CancellationToken cancellationToken)
    {
        while (true)
        {
            var outcome = await participant.Connect(request);
            if (outcome.Fence is { } fence)
            {
                _fence = fence;
                return outcome;
            }

            if (outcome.Refusal == ConnectRefusal.Replaced)
                return null;
            await Task.Delay(RetryAfter, time, cancellationToken);
        }
    }

    public async Task SpeakAll(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await connection.Ring.WaitForMore(cancellationToken);
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
        if (next.Count == 0)
            return;
        try
        {
            switch (await participant.Speak(new SpokenBatch(_fence, oldest, [.. next])))
            {
                case SpeakTaken taken:
                    connection.Ring.SentThrough(taken.Through);
                    connection.Ring.Cover(taken.Marks.Covered);
                    if (taken.Through < next[^1].Number)
                        await Task.Delay(Behind, time, cancellationToken);
                    break;
                case SpeakResume resume:
                    connection.Ring.Rewind(resume.From);
                    break;
                case SpeakRefused refused:
                    await Handle(refused.Reason, cancellationToken);
                    break;
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, the outcome is unknown: the same numbers go again, and what was taken already is dropped there.
            await Task.Delay(RetryAfter, time, cancellationToken);
        }
    }

    async Task Handle(SpeakRefusal reason, CancellationToken cancellationToken)
    {
        if (reason == SpeakRefusal.Replaced)
        {
            connection.Close(CloseCode.Replaced);
        }
        else if (reason == SpeakRefusal.Finished)
        {
            // The call ends or the participant left; the reason comes through the link.
            await Task.Delay(RetryAfter, time, cancellationToken);
        }
        else
        {
            var again = request with { Epoch = _fence.Epoch, Attach = _fence.Attach + 1, Language = connection.Seat.Language };
            var outcome = await participant.Connect(again);
            if (outcome.Refusal == ConnectRefusal.Replaced)
                connection.Close(CloseCode.Replaced);
            if (outcome.Fence is not { } fence)
                return;
            _fence = fence;
            connection.Ring.Rewind(outcome.NextNumber);
        }
    }
}
