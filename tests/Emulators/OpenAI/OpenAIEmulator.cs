using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.OpenAI;

/// <summary>
/// OpenAI's double (API reference; openai-openapi, August 2026): operations <c>chat</c>, <c>speech</c>, <c>transcriptions</c> and <c>embeddings</c>. Strict: a
/// wrong key, an unknown field or value is refused as the vendor does, and noted as a mistake.
/// </summary>
sealed class OpenAIEmulator : IAsyncDisposable
{
    /// <summary>The only key that it knows.</summary>
    public const string Key = "sk-of-the-double";

    readonly EmulatorServer _server;
    readonly OpenAIState _state;

    OpenAIEmulator(EmulatorServer server, OpenAIState state) => (_server, _state) = (server, state);

    /// <summary>What a client takes as the root of the API, with its version.</summary>
    public Uri Url => new(_server.Address, "v1");

    public EmulatorLedger Ledger => _state.Ledger;

    public FaultPlan Faults => _state.Faults;

    /// <summary>Translations that were asked for, in order.</summary>
    public IReadOnlyCollection<TranslationTask> Translations => _state.Translations;

    /// <summary>Drafts that were asked for, in order.</summary>
    public IReadOnlyCollection<DraftTask> Drafts => _state.Drafts;

    /// <summary>What was asked to be spoken, in the order in which the requests came.</summary>
    public IReadOnlyCollection<SpeechRequest> Speeches => _state.Speeches;

    /// <summary>What was asked to be transcribed.</summary>
    public IReadOnlyCollection<TranscriptionRequest> Transcriptions => _state.Transcriptions;

    /// <param name="delay">Between the pieces of an answer. Default: none.</param>
    /// <param name="time">Default: the machine's.</param>
    /// <param name="port">0: a free one.</param>
    public static async Task<OpenAIEmulator> Start(TimeSpan delay = default, TimeProvider? time = null, int port = 0)
    {
        var state = new OpenAIState(delay, time ?? TimeProvider.System);
        var server = await EmulatorServer.Start(port, routes =>
        {
            Map(routes, state, "chat", "chat/completions", ChatEndpoint.Answer);
            Map(routes, state, "speech", "audio/speech", SpeechEndpoint.Answer);
            Map(routes, state, "transcriptions", "audio/transcriptions", TranscriptionEndpoint.Answer);
            Map(routes, state, "embeddings", "embeddings", EmbeddingEndpoint.Answer);
            routes.MapFallback(context => OpenAIRefusal.Write(context, new RefusedException(404, "invalid_request_error", "unknown_url", Noted(state, "there is no such endpoint"))));
        });
        return new OpenAIEmulator(server, state);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    static string Noted(OpenAIState state, string rule)
    {
        state.Ledger.Mistake(rule);
        return rule;
    }

    static void Map(IEndpointRouteBuilder routes, OpenAIState state, string where, string path, Func<OpenAICall, Task> answer) =>
        routes.MapPost($"/v1/{path}", context => Take(context, state, where, answer));

    static async Task Take(HttpContext context, OpenAIState state, string where, Func<OpenAICall, Task> answer)
    {
        using var open = state.Ledger.Open(where);
        state.Ledger.Count(where);
        var id = $"req_{state.NextId():x8}";
        context.Response.Headers["x-request-id"] = id;
        (context.Response.Headers["x-ratelimit-limit-requests"], context.Response.Headers["x-ratelimit-remaining-requests"]) = ("500", "499");
        try
        {
            var key = KeyIn(context);
            var fault = state.Faults.Next(where, key);
            var streamed = new StreamedAnswer(context, fault, state.Time);
            if (!await streamed.Begin())
                return;
            if (fault is { Form: FaultForm.Status })
                await OpenAIRefusal.Write(context, fault);
            else
                await answer(new OpenAICall(context, state, streamed, $"{id}-{where}"));
        }
        catch (RefusedException refused)
        {
            state.Ledger.Mistake($"{where}: {refused.Message}");
            await OpenAIRefusal.Write(context, refused);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            state.Ledger.Count($"{where} left");
        }
    }

    // API reference, authentication: HTTP Bearer. A wrong key is 401 invalid_api_key.
    static string KeyIn(HttpContext context)
    {
        var sent = context.Request.Headers.Authorization.ToString();
        if (!sent.StartsWith("Bearer ", StringComparison.Ordinal))
            throw new RefusedException(401, "invalid_request_error", null, "the key is not sent as Bearer");
        return sent["Bearer ".Length..] == Key ? Key : throw new RefusedException(401, "invalid_request_error", "invalid_api_key", "the key is wrong");
    }
}

/// <summary>What all requests of the double share.</summary>
sealed class OpenAIState(TimeSpan delay, TimeProvider time)
{
    int _ids;

    public EmulatorLedger Ledger { get; } = new();

    public FaultPlan Faults { get; } = new();

    public ConcurrentQueue<TranslationTask> Translations { get; } = new();

    public ConcurrentQueue<DraftTask> Drafts { get; } = new();

    public ConcurrentQueue<SpeechRequest> Speeches { get; } = new();

    public ConcurrentQueue<TranscriptionRequest> Transcriptions { get; } = new();

    public TimeSpan Delay => delay;

    public TimeProvider Time => time;

    public int NextId() => Interlocked.Increment(ref _ids);
}

/// <summary>One request that is let in.</summary>
sealed record OpenAICall(HttpContext Context, OpenAIState State, StreamedAnswer Answer, string Id)
{
    public PlannedFault? Fault => Answer.Fault;

    /// <summary>The body, which must be JSON and say so.</summary>
    public async Task<StrictJson> ReadJson()
    {
        if (Context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            throw OpenAIRefusal.BadRequest("the content is not said to be application/json");
        try
        {
            using var json = await JsonDocument.ParseAsync(Context.Request.Body, cancellationToken: Context.RequestAborted);
            return new StrictJson(json.RootElement.Clone(), "the body", OpenAIRefusal.BadRequest);
        }
        catch (JsonException)
        {
            throw OpenAIRefusal.BadRequest("the body is no JSON");
        }
    }

    /// <summary>A whole answer of JSON.</summary>
    public Task WriteJson(object body)
    {
        Context.Response.ContentType = "application/json";
        var json = JsonSerializer.SerializeToUtf8Bytes(body);
        return Answer.Write(Fault?.Form == FaultForm.MalformedJson ? json.AsMemory(0, json.Length / 2) : json);
    }

    /// <summary>Begins a stream of events.</summary>
    public void BeginEvents()
    {
        Context.Response.ContentType = "text/event-stream; charset=utf-8";
        Context.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>One event of a stream. False: nothing more is to be sent.</summary>
    public async Task<bool> WriteEvent(object data)
    {
        await Answer.Wait(State.Delay);
        if (Answer.IsNextFaulty(FaultForm.MalformedJson))
            return await Answer.Write("data: {\"id\":\"cut off\n\n"u8.ToArray()) && false;
        if (Answer.IsNextFaulty(FaultForm.UnknownMessage))
            await Answer.Write(": a comment\n\nevent: of.the.future\ndata: {\"id\":\"x\",\"object\":\"of.the.future\",\"choices\":[],\"nobody\":{\"knows\":1}}\n\n"u8.ToArray());
        return await Answer.Write(System.Text.Encoding.UTF8.GetBytes($"data: {JsonSerializer.Serialize(data)}\n\n"));
    }
}
