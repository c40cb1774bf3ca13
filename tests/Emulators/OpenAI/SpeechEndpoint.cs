using System.Runtime.InteropServices;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.OpenAI;

/// <summary>A clause that was asked to be spoken.</summary>
sealed record SpeechRequest(string Model, string Input, string Voice, string? Instructions, bool IsEvents);

/// <summary>
/// <c>POST /v1/audio/speech</c>, PCM only: 24 kHz, 16 bit, mono, without a header (text to speech guide). The audio is <see cref="ToneWords"/> of the input,
/// plain in chunks or as events. Planned odd audio is cut within samples, with empty pieces between, and lacks its last byte.
/// </summary>
static class SpeechEndpoint
{
    public const int SampleRate = 24_000;

    // 50 ms, cut as the vendor's own chunks are: not at words.
    const int BytesOfPiece = 2_400;

    static readonly string[] Models = ["gpt-4o-mini-tts", "tts-1", "tts-1-hd"];
    static readonly string[] Voices = ["alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse", "marin", "cedar"];

    public static async Task Answer(OpenAICall call)
    {
        var request = Read(await call.ReadJson());
        call.State.Speeches.Enqueue(request);
        var audio = MemoryMarshal.AsBytes(ToneWords.Encode(request.Input, SampleRate).AsSpan()).ToArray();
        var pieces = Pieces(call.Fault?.Form, audio);
        if (request.IsEvents)
            await Events(call, pieces);
        else
            await Plain(call, pieces);
    }

    static SpeechRequest Read(StrictJson sent)
    {
        var body = sent.Only("model", "input", "voice", "instructions", "response_format", "speed", "stream_format");
        var model = body.Text("model");
        if (!Models.Contains(model))
            throw new RefusedException(404, "invalid_request_error", "model_not_found", "the model does not exist");
        if (body.Text("input") is not { Length: >= 1 and <= 4_096 } input)
            throw OpenAIRefusal.BadRequest("the input has not 1 to 4,096 characters");
        if (!Voices.Contains(body.Text("voice")))
            throw OpenAIRefusal.BadRequest("there is no such voice");
        body.NumberOrNull("speed", 0.25, 4);
        if (body.TextOrNull("response_format") != "pcm")
            throw OpenAIRefusal.BadRequest("this double speaks pcm only");
        var format = body.TextOrNull("stream_format") ?? "audio";
        if (format is not ("audio" or "sse") || (format == "sse" && model.StartsWith("tts-1", StringComparison.Ordinal)))
            throw OpenAIRefusal.BadRequest("the stream format does not fit");
        return new SpeechRequest(model, input, body.Text("voice"), body.TextOrNull("instructions"), format == "sse");
    }

    static List<byte[]> Pieces(FaultForm? fault, byte[] audio) => fault switch
    {
        FaultForm.TruncatedAudio => [.. audio[..(audio.Length / 4 * 2)].Chunk(BytesOfPiece)],
        FaultForm.OddAudio => [.. audio[..^1].Chunk(333).SelectMany(static piece => (byte[][])[piece, []])],
        _ => [.. audio.Chunk(BytesOfPiece)],
    };

    static async Task Plain(OpenAICall call, List<byte[]> pieces)
    {
        call.Context.Response.ContentType = "audio/pcm";
        foreach (var piece in pieces)
        {
            await call.Answer.Wait(call.State.Delay);
            if (!await call.Answer.Write(piece))
                return;
        }
    }

    static async Task Events(OpenAICall call, List<byte[]> pieces)
    {
        call.BeginEvents();
        foreach (var piece in pieces)
        {
            if (call.Answer.IsNextFaulty(FaultForm.ErrorInStream))
            {
                await call.WriteEvent(OpenAIRefusal.Body("Planned: this text must never be shown.", "server_error", call.Fault!.Code));
                return;
            }

            if (!await call.WriteEvent(new { type = "speech.audio.delta", audio = Convert.ToBase64String(piece) }))
                return;
        }

        if (call.Fault?.Form != FaultForm.TruncatedAudio)
            await call.WriteEvent(new { type = "speech.audio.done", usage = new { input_tokens = 10, output_tokens = 100, total_tokens = 110 } });
    }
}
