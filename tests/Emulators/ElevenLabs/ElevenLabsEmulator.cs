using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>
/// ElevenLabs' double: speech over the multi-context WebSocket and over HTTP, and the voices of an account. Strict: what the vendor would reject is rejected in its
/// words and noted in <see cref="Ledger"/>. Operations of the <see cref="Faults"/>: <c>multi-stream-input</c>, <c>stream</c>, <c>voices/add</c>,
/// <c>voices/delete</c>, <c>voices/list</c>.
/// </summary>
sealed class ElevenLabsEmulator : IAsyncDisposable
{
    EmulatorServer? _server;

    ElevenLabsEmulator(TimeProvider time, ElevenLabsScript script)
    {
        (Time, Script) = (time, script);
        Account = new ElevenLabsAccount(Ledger);
    }

    /// <summary>A key that works from the start.</summary>
    public const string Key = "key-of-a-test";

    public Uri Address => _server!.Address;

    public EmulatorLedger Ledger { get; } = new();

    public FaultPlan Faults { get; } = new();

    public ElevenLabsAccount Account { get; }

    /// <summary>Counts for what begins after it is set.</summary>
    public ElevenLabsScript Script { get; set; }

    public TimeProvider Time { get; }

    /// <param name="port">0: a free one.</param>
    public static async Task<ElevenLabsEmulator> Start(TimeProvider? time = null, ElevenLabsScript? script = null, int port = 0)
    {
        var emulator = new ElevenLabsEmulator(time ?? TimeProvider.System, script ?? new ElevenLabsScript());
        var speech = new SpeechEndpoint(emulator);
        var voices = new VoicesEndpoint(emulator);
        emulator._server = await EmulatorServer.Start(port, map =>
        {
            map.MapGet("/v1/text-to-speech/{voice}/multi-stream-input", emulator.TakeSocket);
            map.MapPost("/v1/text-to-speech/{voice}/stream", speech.Speak);
            map.MapPost("/v1/voices/add", voices.Add);
            map.MapDelete("/v1/voices/{voice}", voices.Delete);
            map.MapGet("/v2/voices", voices.List);
            map.MapFallback(http => emulator.NoSuchAddress(http));
        });
        return emulator;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    /// <summary>What is wrong with a model and language. Null: nothing.</summary>
    public string? ModelMistake(string model, string? language, bool isSocket)
    {
        if (!SpeechQuery.IsKnown(model))
            return "unknown model";
        // ElevenLabs multi-context WebSocket guide: not available for eleven_v3.
        if (isSocket && model == "eleven_v3")
            return "model is not available over a WebSocket";
        return language is not null && !SpeechQuery.TakesLanguage(model) ? "model takes no language_code" : null;
    }

    /// <summary>The two headers by which a client learns of the plan's limit (ElevenLabs models page, concurrency).</summary>
    public void TellConcurrency(HttpContext http)
    {
        http.Response.Headers["current-concurrent-requests"] = $"{Account.Generating}";
        http.Response.Headers["maximum-concurrent-requests"] = $"{Account.Concurrency}";
        http.Response.Headers["request-id"] = $"request-{Ledger.CountOf("request")}";
    }

    /// <summary>Counts a request and lets a fault happen that comes before any answer. True: it happened, and there is nothing more to do.</summary>
    public async Task<bool> FaultHappens(HttpContext http, string where, PlannedFault? fault)
    {
        Ledger.Count("request");
        Ledger.Count(where);
        TellConcurrency(http);
        switch (fault?.Form)
        {
            case FaultForm.Status:
                await new VendorError(fault.Status, fault.Code ?? "error", "As planned.").Answer(http, fault.RetryAfter);
                return true;
            case FaultForm.Refuse:
                http.Abort();
                return true;
            case FaultForm.HangBeforeHeaders:
                await Hang(http);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Nothing more, until the client gives up.</summary>
    public static async Task Hang(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var told = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    async Task TakeSocket(HttpContext http, string voice)
    {
        // One token for one connection stands in for the key in pages; a double has no use for it.
        var key = (string?)http.Request.Headers["xi-api-key"];
        var fault = Faults.Next("multi-stream-input", key);
        if (await FaultHappens(http, "multi-stream-input", fault))
            return;
        if (key is not null && Account.Check(key, "text_to_speech") is { } denied)
        {
            await denied.Answer(http);
            return;
        }

        if (SpeechQuery.ForSocket(http.Request.Query, out var mistake) is not { } query)
        {
            Ledger.Mistake(mistake!);
            await VendorError.Field("query", mistake!).Answer(http);
            return;
        }

        using var open = Ledger.Open("connection");
        await using var socket = await RawWebSocket.Accept(http);
        await new MultiStreamSocket(this, socket, query, voice, key, fault).Run();
    }

    Task NoSuchAddress(HttpContext http)
    {
        Ledger.Mistake($"no such address: {http.Request.Method} {http.Request.Path}");
        return new VendorError(404, "not_found", "There is no such address.").Answer(http);
    }
}
