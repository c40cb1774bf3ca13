using VoiceGrains.Calls;
using VoiceGrains.Gateway.Sockets;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Links;

/// <summary>Asks speakers for what listeners miss who came to this gateway. The answer comes through the link, in order with everything else.</summary>
sealed class CatchUps(CallId call, GatewayId gateway, IClusterClient grains, TimeProvider time) : IAsyncDisposable
{
    const int AtOnce = 16;
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    // A speaker that can't be reached for longer is being recovered too, and sends what is not delivered by itself.
    static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(10);

    readonly CancellationTokenSource _closing = new();
    readonly HashSet<Task> _running = [];

    /// <summary>Asks those of the speakers who were not asked yet for this connection.</summary>
    public void Begin(Connection connection, IEnumerable<RosterEntry> roster, bool isWhole)
    {
        var listening = connection.Listening;
        if (connection.Seat.Wants == Wants.None || !connection.Seat.Rights.HasFlag(Rights.Listen))
            return;
        // Somebody new has missed nothing of those who are away.
        var speakers = listening.Ask(
            roster.Where(entry => entry.MaySpeak && (entry.IsConnected || !listening.IsNewcomer)).Select(static entry => entry.Participant), isWhole);
        if (speakers.Count == 0)
            return;
        var asking = AskAll(connection, speakers);
        lock (_running)
        {
            _running.RemoveWhere(static task => task.IsCompleted);
            _running.Add(asking);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        Task[] running;
        lock (_running)
            running = [.. _running];
        await Task.WhenAll(running);
    }

    async Task AskAll(Connection connection, IReadOnlyList<ParticipantId> speakers)
    {
        foreach (var some in speakers.Chunk(AtOnce))
            await Task.WhenAll(some.Select(speaker => Ask(connection, speaker)));
    }

    async Task Ask(Connection connection, ParticipantId speaker)
    {
        var started = time.GetTimestamp();
        var participant = grains.GetGrain<IParticipantGrain>(GrainKeys.Of(call, speaker));
        while (!connection.Closed.IsCompleted && !_closing.IsCancellationRequested && time.GetElapsedTime(started) < GiveUpAfter)
        {
            try
            {
                if (await participant.CatchUp(RequestFor(connection, speaker)).WaitAsync(CallLimit, time, _closing.Token))
                    return;
            }
            catch (Exception)
            {
                // The speaker is being moved or recovered, or this link ends: asking twice does no harm.
            }

            await Task.WhenAny(Task.Delay(RetryAfter, time, _closing.Token), connection.Closed);
        }

        connection.Listening.GiveUp(speaker);
    }

    CatchUpRequest RequestFor(Connection connection, ParticipantId speaker)
    {
        var (seat, listening) = (connection.Seat, connection.Listening);
        return new CatchUpRequest(
            connection.Participant, gateway, seat.Language, seat.Wants, listening.IsNewcomer, listening.Away, listening.HeardOf(speaker));
    }
}
