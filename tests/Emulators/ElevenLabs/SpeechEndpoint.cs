using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>POST /v1/text-to-speech/{voice}/stream: a text in, audio in chunks out (ElevenLabs API reference, stream speech).</summary>
sealed class SpeechEndpoint(ElevenLabsEmulator emulator)
{
    // ElevenLabs models page: letters in one request.
    const int LongestText = 40_000;

    static readonly HashSet<string> Fields =
    [
        "text", "model_id", "language_code", "voice_settings", "seed", "previous_text", "next_text", "previous_request_ids", "next_request_ids",
        "pronunciation_dictionary_locators", "apply_text_normalization",
    ];

    public async Task Speak(HttpContext http, string voice)
    {
        var key = (string?)http.Request.Headers["xi-api-key"];
        var fault = emulator.Faults.Next("stream", key);
        if (await emulator.FaultHappens(http, "stream", fault))
            return;
        if (emulator.Account.Check(key, "text_to_speech") is { } denied)
        {
            await denied.Answer(http);
            return;
        }

        var (text, error) = await Read(http, voice);
        if (text is null)
        {
            await error!.Answer(http);
            return;
        }

        var request = http.TraceIdentifier;
        if (emulator.Account.BeginGenerating(request) is not { } generating)
        {
            emulator.Ledger.Count(VendorError.TooMany.Code);
            await VendorError.TooMany.Answer(http);
            return;
        }

        try
        {
            using (generating)
            {
                emulator.TellConcurrency(http);
                await Send(http, text, fault);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            emulator.Ledger.Count("request aborted");
        }
        finally
        {
            emulator.Account.EndGenerating(request);
        }
    }

    async Task<(string? Text, VendorError? Error)> Read(HttpContext http, string voice)
    {
        if (SpeechQuery.MistakeOfHttp(http.Request.Query) is { } wrong)
            return Refused(VendorError.Field("query", wrong), wrong);
        try
        {
            if (await JsonNode.ParseAsync(http.Request.Body) is not JsonObject body || body.FirstOrDefault(static field => !Fields.Contains(field.Key)).Key is not null)
                return Refused(VendorError.Field("body", "unknown field"), "body with unknown fields");
            var text = body["text"]?.GetValue<string>();
            if (string.IsNullOrWhiteSpace(text))
                return Refused(VendorError.Field("text", "empty"), "empty text");
            if (text.Length > LongestText)
                return Refused(new VendorError(400, "max_character_limit_exceeded", "The text is too long."), "text too long");
            var model = body["model_id"]?.GetValue<string>() ?? "eleven_multilingual_v2";
            if (emulator.ModelMistake(model, body["language_code"]?.GetValue<string>(), isSocket: false) is { } mistake)
                return Refused(new VendorError(400, "unsupported_language", mistake), mistake);
            if (!emulator.Account.Voices.TryGetValue(voice, out var spoken))
                return (null, VendorError.VoiceNotFound);
            return spoken.RequiresVerification ? (null, new VendorError(403, "voice_requires_verification", "The voice is not verified.")) : (text, null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Refused(VendorError.Field("body", "no JSON"), "body is no JSON");
        }
    }

    async Task Send(HttpContext http, string text, PlannedFault? fault)
    {
        emulator.Ledger.Count("letters", text.Length);
        http.Response.ContentType = "audio/pcm";
        await Wait(emulator.Script.FirstByteDelay + (fault?.Form == FaultForm.SlowFirstByte ? fault.Delay : default), http.RequestAborted);
        var chunks = SpokenChunks.Of(text, emulator.Script, fault);
        for (var i = 0; i < chunks.Count; i++)
        {
            if (i > 0)
                await Wait(fault?.Form == FaultForm.Drip ? fault.Delay : emulator.Script.ChunkDelay, http.RequestAborted);
            if (fault is not null && i == fault.After && await Ends(http, chunks[i], fault))
                return;
            await http.Response.Body.WriteAsync(chunks[i], http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    // True: there is no more.
    static async Task<bool> Ends(HttpContext http, byte[] chunk, PlannedFault fault)
    {
        switch (fault.Form)
        {
            case FaultForm.Stall:
                await ElevenLabsEmulator.Hang(http);
                return true;
            case FaultForm.Reset:
                http.Abort();
                return true;
            case FaultForm.EndWithoutTerminator:
                await End(http);
                return true;
            case FaultForm.CutInFrame:
                await http.Response.Body.WriteAsync(chunk.AsMemory(0, (chunk.Length / 2) | 1), http.RequestAborted);
                await End(http);
                return true;
            default:
                return false;
        }
    }

    // The end of the stream in place of the last chunk. A reset instead could take with it what the client has not read yet.
    static async Task End(HttpContext http)
    {
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
        await ElevenLabsEmulator.Hang(http);
    }

    async Task Wait(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, emulator.Time, cancellationToken);
    }

    (string?, VendorError) Refused(VendorError error, string rule)
    {
        emulator.Ledger.Mistake(rule);
        return (null, error);
    }
}
