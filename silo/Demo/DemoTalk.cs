using System.Net.WebSockets;
using VoiceGrains.Client;
using VoiceGrains.Engines;
using VoiceGrains.Gateway.Demo;
using VoiceGrains.Protocol;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Demo;

/// <summary>
/// The call that is going on when somebody opens the page: two synthetic voices read a dialogue into real sockets, and everything after that is the product.
/// Without an audience they pause.
/// </summary>
sealed class DemoTalk(Uri gateway, string apiKey, EngineSet engines, TimeProvider time, ILogger<DemoTalk> logger)
{
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2.6);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    const int LinesWithoutAudience = 2; // whoever comes first finds something to read
    static readonly TimeSpan LookForAudience = TimeSpan.FromMilliseconds(250);
    static readonly (string Id, string Name, Language Language, string Profile)[] Cast =
    [
        ("emma", "Emma", Language.Parse("en"), "stock-female"),
        ("diego", "Diego", Language.Parse("es"), "stock-male"),
    ];

    /// <summary>Of the first tenant, by name: the page looks for the call there.</summary>
    public static string KeyOf(Dictionary<string, string> keys) => keys.OrderBy(static key => key.Key, StringComparer.Ordinal).First().Value;

    /// <summary>Opens one call after the other, until it is cancelled.</summary>
    public async Task TalkAll(CancellationToken stopping)
    {
        var script = DemoScript.Read(Path.Combine(ProductFolder.Path, "phrasebooks", "demo.txt"));
        using var calls = new CallsClient(gateway, apiKey);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await TalkOnce(calls, script, stopping);
            }
            catch (Exception error) when (error is CallRefusedException or WebSocketException or HttpRequestException or EngineFaultException)
            {
                logger.LogWarning(error, "The demo call broke; another is opened.");
            }

            await Task.Delay(RetryAfter, time, stopping);
        }
    }

    async Task TalkOnce(CallsClient calls, IReadOnlyList<DemoLine> script, CancellationToken stopping)
    {
        var call = await calls.Open(DemoTitle.Text, stopping);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var callers = new List<Caller>();
        var talking = new List<Task>();
        var voices = new Dictionary<Language, DemoVoice>();
        try
        {
            foreach (var (id, name, language, profile) in Cast)
            {
                var (socket, ticket) = await calls.Ticket(call, id, name, language.Tag, stopping);
                var caller = await Caller.Join(socket, ticket, new Hello(language.Tag, ["captions"], profile), time, stopping);
                callers.Add(caller);
                voices[language] = new DemoVoice(caller, time);
                talking.Add(voices[language].SpeakAll(ended.Token));
                talking.Add(Stay(caller, ended));
            }

            await Talk(call, calls, voices, script, ended.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The call was ended from outside; another is opened.
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(talking.Select(static task => task.ContinueWith(static _ => { }, TaskScheduler.Default)));
            foreach (var caller in callers)
                await caller.DisposeAsync();
            if (!stopping.IsCancellationRequested)
                await End(call, calls, stopping);
        }
    }

    // Or those who listen would stay in it.
    static async Task End(string call, CallsClient calls, CancellationToken cancellationToken)
    {
        try
        {
            await calls.End(call, cancellationToken);
        }
        catch (HttpRequestException)
        {
            // It ends by itself when they have left.
        }
    }

    async Task Talk(string call, CallsClient calls, Dictionary<Language, DemoVoice> voices, IReadOnlyList<DemoLine> script, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            if (i >= LinesWithoutAudience)
                await WaitForAudience(call, calls, cancellationToken);
            var line = script[i % script.Count];
            await voices[line.Language].Speak(await Synthesize(line, cancellationToken), cancellationToken);
            await Task.Delay(BetweenLines, time, cancellationToken);
        }
    }

    async Task WaitForAudience(string call, CallsClient calls, CancellationToken cancellationToken)
    {
        while (!await HasAudience(call, calls, cancellationToken))
            await Task.Delay(LookForAudience, time, cancellationToken);
    }

    // A call that moves from a lost silo to another can't be asked for a moment: whoever listened listens on.
    static async Task<bool> HasAudience(string call, CallsClient calls, CancellationToken cancellationToken)
    {
        try
        {
            return (await calls.Participants(call, cancellationToken))?.Any(static participant => Cast.All(member => member.Id != participant)) == true;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }

    async Task<byte[]> Synthesize(DemoLine line, CancellationToken cancellationToken)
    {
        var gender = line.Language.Primary == "en" ? Gender.Female : Gender.Male;
        var engine = engines.SynthesizersFor(line.Language).FirstOrDefault()
            ?? throw new EngineFaultException("demo", FaultKind.BadRequest, $"No voice speaks {line.Language}; install espeak-ng.");
        await using var stream = engine.Open(new Voice("demo", gender, line.Language));
        stream.Write(line.Text);
        stream.Complete();
        var audio = new List<byte>();
        await foreach (var chunk in stream.Chunks(cancellationToken))
            audio.AddRange(chunk.Audio.Span);
        return [.. audio];
    }

    // They read along so that each line is translated for the other, and do nothing with it; when they are out of the call it is over.
    static async Task Stay(Caller caller, CancellationTokenSource ended)
    {
        await foreach (var _ in caller.Events.ReadAllAsync(ended.Token))
        {
        }

        await ended.CancelAsync();
    }
}
