using System.Net.Http.Headers;
using System.Text.Json;
using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>Gets the text of one segment. A fault is tried once more: nothing of it was heard yet.</summary>
sealed class SegmentTranscriber(string engine, OpenAIAccount account, HttpClient http, RecognizerRequest request)
{
    // The vendor reads 224 tokens of a prompt; names take three to five each.
    const int LongestPrompt = 600;
    const int LongestAnswer = 256 * 1024;

    readonly string _prompt = PromptOf(request.Keyterms);

    public string Engine => engine;

    /// <summary>What was said, possibly nothing. Throws <see cref="EngineFaultException"/>.</summary>
    public async Task<string> Transcribe(ReadOnlyMemory<byte> audio, CancellationToken cancellationToken)
    {
        var second = new SecondTry(account.Options.Transcription, account.Time);
        while (true)
        {
            TimeSpan pause;
            try
            {
                return Heard(await Once(audio, second.Left, cancellationToken));
            }
            catch (EngineFaultException fault) when (second.IsWorthIt(fault, out pause))
            {
                // The audio is still here.
            }

            await Task.Delay(pause, account.Time, cancellationToken);
        }
    }

    async Task<string> Once(ReadOnlyMemory<byte> audio, TimeSpan left, CancellationToken cancellationToken)
    {
        using var watchdog = new Watchdog(account.Time, cancellationToken);
        var requestId = (string?)null;
        try
        {
            watchdog.Expect(left < account.Options.Transcription.First ? left : account.Options.Transcription.First);
            using var post = account.Post("audio/transcriptions", Form(audio));
            using var answer = await http.SendAsync(post, HttpCompletionOption.ResponseHeadersRead, watchdog.Token);
            requestId = answer.Headers.TryGetValues("x-request-id", out var ids) ? ids.First() : null;
            await using var body = await answer.Content.ReadAsStreamAsync(watchdog.Token);
            return TextIn(await ReadAll(body, watchdog.Token));
        }
        catch (Exception error) when (error is not EngineFaultException)
        {
            throw watchdog.Explain(error, engine, requestId, broken =>
                new EngineFaultException(engine, FaultKind.Transport, $"The answer could not be read ({broken.GetType().Name}).") { RequestId = requestId });
        }
    }

    MultipartFormDataContent Form(ReadOnlyMemory<byte> audio)
    {
        using var wav = new MemoryStream(audio.Length + 44);
        WavFile.Write(wav, AudioFormat.Cluster.SampleRate, audio.Span);
        var file = new ByteArrayContent(wav.GetBuffer(), 0, (int)wav.Length);
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        var form = new MultipartFormDataContent
        {
            { file, "file", "segment.wav" },
            { new StringContent(account.Options.TranscriptionModel), "model" },
            { new StringContent(OpenAILanguages.CodeOf(request.Language)), "language" },
            { new StringContent("json"), "response_format" },
        };
        if (_prompt.Length > 0)
            form.Add(new StringContent(_prompt), "prompt");
        return form;
    }

    // Models are known to answer noise with the prompt itself. A single term may as well be what somebody said.
    string Heard(string text) => _prompt.Contains(',', StringComparison.Ordinal) && string.Equals(text.Trim().TrimEnd('.'), _prompt, StringComparison.OrdinalIgnoreCase) ? "" : text;

    static async Task<ReadOnlyMemory<byte>> ReadAll(Stream body, CancellationToken cancellationToken)
    {
        // As much as a sentence needs: room for the longest answer would be a large object for each request.
        var buffer = new byte[2 * 1024];
        var length = 0;
        while (await body.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length >= LongestAnswer)
                throw new InvalidDataException("The answer is longer than any segment's text.");
            if (length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        return buffer.AsMemory(0, length);
    }

    static string TextIn(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("text").GetString() ?? throw new InvalidDataException("The answer has no text.");
    }

    static string PromptOf(IEnumerable<string> keyterms)
    {
        var prompt = "";
        foreach (var term in keyterms)
        {
            var longer = prompt.Length == 0 ? term : $"{prompt}, {term}";
            if (longer.Length > LongestPrompt)
                break;
            prompt = longer;
        }

        return prompt;
    }
}
