using System.Collections.Concurrent;
using System.Net.WebSockets;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.BadInput;

/// <summary>A crowd at the door does not disturb those inside.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class TenThousandJoins(ScriptedSilo scripted)
{
    const int Places = 20;

    [Fact]
    public async Task Those_who_find_no_place_are_told_so_and_the_call_goes_on()
    {
        await using var call = await TestCall.Open(scripted.Silo, new { maxParticipants = Places });
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        var (socket, ticket) = await call.Ticket("crowd", "en");
        var outcomes = new ConcurrentBag<string>();
        using var inside = new CancellationTokenSource();

        var talking = KeepTalking(ben, inside.Token);
        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (number, _) =>
            outcomes.Add(await Knock(call, number < 5_000 ? null : (socket, ticket), number)));
        await inside.CancelAsync();
        var spoken = await talking;

        Assert.Equal(10_000, outcomes.Count);
        Assert.Subset(new HashSet<string> { "welcome", "call-full", "replaced" }, outcomes.ToHashSet());
        Assert.Contains("call-full", outcomes);
        await ana.Until("every sentence that was said meanwhile", () => ana.Finals("es").Count == spoken);
        await call.AssertNothingIsLost("ben");
    }

    static async Task<int> KeepTalking(Member member, CancellationToken cancellationToken)
    {
        var count = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await member.Speak($"sentence {++count}");
            await member.UntilRecorded();
        }

        return count;
    }

    // One half are people of their own, the other half one person over and over.
    static async Task<string> Knock(TestCall call, (Uri Socket, string Ticket)? same, int number)
    {
        var (socket, ticket) = same ?? await call.Ticket($"visitor-{number}", "en");
        await using var raw = await RawSocket.Open(socket, ProtocolJson.Subprotocol, "ticket." + ticket);
        await raw.Send("""{"type":"hello","wants":[]}""");
        try
        {
            await raw.Until<Welcome>("an answer");
            return "welcome";
        }
        catch (RefusedException refused)
        {
            return refused.Code;
        }
        catch (WebSocketException)
        {
            return "broken";
        }
    }
}
