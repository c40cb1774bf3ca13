using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using VoiceGrains.Audio;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.OpenAI;

/// <summary>A segment that was asked to be transcribed.</summary>
sealed record TranscriptionRequest(string Model, string? Language, string? Prompt, TimeSpan Duration, string Heard);

/// <summary>
/// <c>POST /v1/audio/transcriptions</c>, a form with a WAV file (speech to text guide: 25 MB at most). Hears the words of <see cref="ScriptedAudio"/> or
/// <see cref="ToneWords"/> that are whole in it, so that its text proves that the right audio came.
/// </summary>
static class TranscriptionEndpoint
{
    const int LargestFile = 25 * 1024 * 1024;

    static readonly string[] Fields =
        ["model", "language", "prompt", "response_format", "temperature", "stream", "timestamp_granularities[]", "include[]", "chunking_strategy"];

    static readonly string[] Models = ["whisper-1", "gpt-4o-transcribe", "gpt-4o-mini-transcribe"];

    public static async Task Answer(OpenAICall call)
    {
        if (!call.Context.Request.HasFormContentType)
            throw OpenAIRefusal.BadRequest("the content is no form");
        var form = await call.Context.Request.ReadFormAsync(call.Context.RequestAborted);
        Check(form);
        var (format, audio) = await Audio(form);
        var heard = Heard(format, audio);
        call.State.Ledger.Count("transcribed bytes", audio.Length);
        call.State.Transcriptions.Enqueue(new TranscriptionRequest(form["model"]!, form["language"], form["prompt"], format.DurationOf(audio.Length), heard));
        if (form["stream"] == "true")
            await Stream(call, heard);
        else
            await call.WriteJson(new { text = heard, usage = new { type = "duration", seconds = (int)Math.Ceiling(format.DurationOf(audio.Length).TotalSeconds) } });
    }

    static void Check(IFormCollection form)
    {
        if (form.Keys.FirstOrDefault(static field => !Fields.Contains(field)) is { } unknown)
            throw OpenAIRefusal.BadRequest($"the form has the unknown field {unknown}");
        if (!Models.Contains(form["model"].ToString()))
            throw new RefusedException(404, "invalid_request_error", "model_not_found", "the model does not exist");
        var isWhisper = form["model"] == "whisper-1";
        var format = form["response_format"].ToString();
        if (format is not ("" or "json" or "text") && !(isWhisper && format is "verbose_json" or "srt" or "vtt"))
            throw OpenAIRefusal.BadRequest("the model does not write this format");
        if (form.ContainsKey("timestamp_granularities[]") && format != "verbose_json")
            throw OpenAIRefusal.BadRequest("times without verbose_json");
        if (form["stream"] == "true" && isWhisper)
            throw OpenAIRefusal.BadRequest("whisper-1 does not stream");
        if (form.ContainsKey("language") && form["language"].ToString() is not { Length: 2 })
            throw OpenAIRefusal.BadRequest("the language is no code of ISO 639-1");
    }

    static async Task<(AudioFormat Format, byte[] Audio)> Audio(IFormCollection form)
    {
        if (form.Files is not [{ Name: "file" } file])
            throw OpenAIRefusal.BadRequest("the form has no field file with one file");
        if (file.Length > LargestFile)
            throw new RefusedException(413, "invalid_request_error", null, "the file is larger than 25 MB");
        if (!file.FileName.EndsWith(".wav", StringComparison.Ordinal))
            throw OpenAIRefusal.BadRequest("this double reads WAV only");
        try
        {
            using var stream = new MemoryStream();
            await file.CopyToAsync(stream);
            stream.Position = 0;
            return WavFile.Read(stream);
        }
        catch (WavException)
        {
            throw OpenAIRefusal.BadRequest("the audio can't be decoded");
        }
    }

    static string Heard(AudioFormat format, byte[] audio)
    {
        var scripted = ScriptedAudio.Decode(audio);
        return string.Join(' ', scripted.Count > 0 ? scripted : ToneWords.Decode(MemoryMarshal.Cast<byte, short>(audio), format.SampleRate).Select(static word => word.Text));
    }

    static async Task Stream(OpenAICall call, string heard)
    {
        call.BeginEvents();
        foreach (var delta in TranslationTask.Deltas(heard))
        {
            if (!await call.WriteEvent(new { type = "transcript.text.delta", delta }))
                return;
        }

        await call.WriteEvent(new { type = "transcript.text.done", text = heard });
    }
}
