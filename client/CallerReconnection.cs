using System.Net.WebSockets;
using VoiceGrains.Protocol;

namespace VoiceGrains.Client;

/// <summary>How a <see cref="Caller"/> gets a connection: with a ticket first, then with the newest resume token, to whichever gateway answers.</summary>
sealed class CallerReconnection(Uri socket, Hello hello, SentFrames said, CallerInbox inbox, TimeProvider time)
{
    // A gateway that takes longer than its own limit for the cluster does not answer at all.
    static readonly TimeSpan WelcomeLimit = TimeSpan.FromSeconds(8);

    readonly Uri _first = new(socket.GetLeftPart(UriPartial.Authority));
    long? _awayUntil;

    /// <summary>Language, wants and the rest, as they are now.</summary>
    public Hello Hello { get; set; } = hello;

    /// <summary>The first connection.</summary>
    public async Task<CallerConnection> Open(string ticket, CancellationToken cancellationToken) =>
        new(_first, await CallClient.Connect(socket, ticket, Hello, time, cancellationToken), said);

    /// <summary>
    /// Another connection, until there is one. Throws <see cref="CallRefusedException"/> when the server wants the caller no more.
    /// </summary>
    public async Task<CallerConnection> OpenAgain(CallerConnection old, CancellationToken cancellationToken)
    {
        var gateways = old.Moving.IsCompletedSuccessfully ? await old.Moving : old.Gateways;
        var rounds = new GatewayRounds(old.Gateway, HasFailed(old), gateways.Select(static gateway => new Uri(gateway)));
        while (true)
        {
            var (gateway, pause) = rounds.Next();
            if (Later(pause) is { } wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
            if (await TryOpen(gateway, old.Client.Welcome, cancellationToken) is { } connection)
                return connection;
        }
    }

    /// <summary>Finds no connection for a while.</summary>
    public void StayAway(TimeSpan duration) => _awayUntil = time.GetTimestamp() + (long)(duration.TotalSeconds * time.TimestampFrequency);

    static bool HasFailed(CallerConnection old) => old.Moving.IsCompletedSuccessfully || old.Client.CloseCode is null or CloseCode.Draining;

    TimeSpan Later(TimeSpan pause) =>
        _awayUntil is { } until && time.GetElapsedTime(time.GetTimestamp(), until) is var away && away > pause ? away : pause;

    async Task<CallerConnection?> TryOpen(Uri gateway, Welcome welcome, CancellationToken cancellationToken)
    {
        var address = new Uri(gateway, $"/v1/calls/{welcome.Call}/socket");
        using var limit = new CancellationTokenSource(WelcomeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var again = await inbox.HelloAgain(Hello);
            return new CallerConnection(gateway, await CallClient.Connect(address, welcome.Resume, again, time, either.Token), said);
        }
        catch (CallRefusedException refused) when (!refused.IsForGood)
        {
            return null;
        }
        catch (Exception error) when (error is WebSocketException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // Not there, or does not answer: the next one.
        }
    }
}
