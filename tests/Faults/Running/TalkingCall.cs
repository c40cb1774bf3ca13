using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Faults.Checks;
using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>A scripted call on real sockets, from its opening to its end.</summary>
sealed class TalkingCall : IAsyncDisposable
{
    static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(20);

    readonly Gateways _gateways;
    readonly RunClock _clock;
    readonly List<Talker> _talkers = [];

    TalkingCall(string id, CallScript script, Gateways gateways, RunClock clock)
    {
        (Id, Script) = (id, script);
        (_gateways, _clock) = (gateways, clock);
    }

    public string Id { get; }

    public CallScript Script { get; }

    public IReadOnlyList<Talker> Talkers => _talkers;

    /// <summary>Opens the call and lets everybody in; the seats choose the gateways.</summary>
    public static async Task<TalkingCall> Open(CallScript script, Gateways gateways, int seat, RunClock clock, CancellationToken cancellationToken)
    {
        var call = new TalkingCall(await gateways.Open(), script, gateways, clock);
        try
        {
            foreach (var person in script.People)
            {
                var (socket, ticket) = await gateways.Ticket(seat++, call.Id, person.Name, person.Language);
                var caller = await Caller.Join(socket, ticket, new Hello(person.Language), TimeProvider.System, cancellationToken);
                call._talkers.Add(new Talker(person, script, caller, clock));
            }

            return call;
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everybody talks by the script, until everything that was said is recorded or the time for it is over.</summary>
    public async Task Talk(TimeSpan start, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(start - _clock.Now + Script.Length + SettleLimit);
        try
        {
            await Task.WhenAll(_talkers.Select(talker => talker.Talk(start, () => IsHeard(start), limit.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is not recorded by now shows in the ledger.
        }
    }

    /// <summary>What came to everybody so far.</summary>
    public CallHistory History() => new(Id, Script, [.. _talkers.Select(static talker => talker.History(null))]);

    /// <summary>What came to everybody, and where their frames went.</summary>
    public async Task<CallHistory> Finish()
    {
        var participants = await Task.WhenAll(_talkers.Select(async talker => talker.History(await _gateways.LedgerOf(Id, talker.Name) ?? Ledger.None)));
        return new CallHistory(Id, Script, participants);
    }

    public Task End() => _gateways.End(Id);

    public async ValueTask DisposeAsync()
    {
        foreach (var talker in _talkers)
            await talker.DisposeAsync();
    }

    bool IsHeard(TimeSpan start) => _clock.Now >= start + Script.Length;
}
