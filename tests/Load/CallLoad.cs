using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Load;

/// <summary>The load on VoiceGrains: calls of four, two of each language, all of whom talk all the time and hear the three others.</summary>
sealed class CallLoad(LoadPlan plan, ServerProcess server, Measured measured) : IAsyncDisposable
{
    static readonly string[] Languages = ["en", "en", "es", "es"];

    readonly List<CallClient> _clients = [];
    readonly List<Task> _running = [];
    readonly List<string> _calls = [];
    readonly CancellationTokenSource _over = new();

    public async Task Start()
    {
        var speech = new Speech(plan.Frame);
        using var calls = new CallsClient(server.Address, ServerProcess.ApiKey);
        for (var call = 0; call < plan.Calls; call++)
        {
            var id = await calls.Open("bench", CancellationToken.None);
            _calls.Add(id);
            var talkers = new Dictionary<string, Talker>();
            var clients = new List<CallClient>();
            for (var seat = 0; seat < LoadPlan.PeopleOfCall; seat++)
            {
                var (socket, ticket) = await calls.Ticket(id, $"p{seat}", $"p{seat}", Languages[seat], CancellationToken.None);
                var client = await CallClient.Connect(socket, ticket, new Hello(), TimeProvider.System, CancellationToken.None);
                clients.Add(client);
                talkers[$"p{seat}"] = new Talker(speech, plan.Frame, measured, audio => client.SendFrame(audio));
            }

            _clients.AddRange(clients);
            _running.AddRange(clients.Select(client => Listen(client, talkers)));
            _running.AddRange(talkers.Values.Select((talker, seat) =>
                talker.TalkAll(plan.Frame * ((call * LoadPlan.PeopleOfCall) + seat) / plan.People, _over.Token)));
        }
    }

    /// <summary>Stops talking, waits until everything is recorded, and says how many participants have a ledger with something lost or pending.</summary>
    public async Task<int> CountImbalanced()
    {
        await _over.CancelAsync();
        // Silence, so that the last sentence ends.
        for (var round = 0; round < 4; round++)
        {
            foreach (var client in _clients)
                await client.SendFrame(new byte[6_400]);
        }

        var wrong = 0;
        foreach (var call in _calls)
        {
            for (var seat = 0; seat < LoadPlan.PeopleOfCall; seat++)
                wrong += await server.IsBalanced(call, $"p{seat}") ? 0 : 1;
        }

        return wrong;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Task.WhenAll(_running);
        _over.Dispose();
    }

    static async Task Listen(CallClient client, Dictionary<string, Talker> talkers)
    {
        var streams = new Dictionary<int, Talker>();
        var begun = new Dictionary<int, int>();
        await foreach (var received in client.Events.ReadAllAsync())
        {
            switch (received)
            {
                case { Message: StreamMessage stream }:
                    streams[stream.Stream] = talkers[stream.Speaker];
                    break;
                case { Message: SpeechBegin begin }:
                    begun[begin.Stream] = begin.Clause == 1 ? begin.Segment : 0;
                    break;
                case { Message: null, Header.Kind: FrameKind.Original }:
                    streams[received.Header.Stream].HeardOriginal(received.Header.Sequence - 1, received.ReceivedAt);
                    break;
                case { Message: null, Header: { Kind: FrameKind.Speech, Sequence: 1 } } when begun.Remove(received.Header.Stream, out var segment) && segment > 0:
                    streams[received.Header.Stream].HeardTranslation(segment, received.ReceivedAt);
                    break;
            }
        }
    }
}
