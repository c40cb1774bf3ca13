using System.Net.Http.Headers;
using System.Text.Json;
using VoiceGrains.Audio;
using VoiceGrains.Tests.Emulators.OpenAI;

namespace VoiceGrains.Tests.Load.Stages.Bare;

/// <summary>
/// Transcription by a client that needs not listen: it knows when the pause is long enough, and posts a recording of the sentence that was made before. So the engine's
/// own work on the audio is part of what it adds.
/// </summary>
sealed class BareTranscription(Uri vendor, HttpClient http)
{
    /// <summary>The engine's pause that ends a sentence.</summary>
    static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(600);
    static readonly TimeSpan Before = TimeSpan.FromMilliseconds(300);

    public static Way At(Uri vendor)
    {
        var http = new HttpClient(new SocketsHttpHandler());
        var client = new BareTranscription(vendor, http);
        return new Way(stream => client.Run(stream.Spoken()), http);
    }

    async Task Run(SpokenStream stream)
    {
        var talk = stream.Talk;
        var recording = Recording(talk);
        var asked = new List<Task>();
        await stream.Speak((number, _) =>
        {
            var sentence = talk.SentenceAt(number);
            if (number - talk.Sentences[sentence] + 1 == talk.FramesOfSentence + (int)(EndPause / talk.Frame))
                asked.Add(Transcribe(recording, (number + 1) * talk.Frame, stream));
            return Task.CompletedTask;
        });
        await Task.WhenAll(asked);
    }

    async Task Transcribe(byte[] recording, TimeSpan decided, SpokenStream stream)
    {
        var file = new ByteArrayContent(recording) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var form = new MultipartFormDataContent
        {
            { file, "file", "segment.wav" },
            { new StringContent("gpt-4o-mini-transcribe"), "model" },
            { new StringContent("en"), "language" },
            { new StringContent("json"), "response_format" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{vendor}/audio/transcriptions") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OpenAIEmulator.Key);
        using var answer = await http.SendAsync(request, CancellationToken.None);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(CancellationToken.None));
        if (json.RootElement.GetProperty("text").GetString()!.Length > 0)
            stream.Hear(decided);
    }

    static byte[] Recording(Talk talk)
    {
        byte[] audio =
        [
            .. new byte[BytesOf(Before)],
            .. Enumerable.Range(0, talk.FramesOfSentence).SelectMany(word => talk.Audio(talk.Sentences[0] + word)),
            .. new byte[BytesOf(EndPause)],
        ];
        using var file = new MemoryStream();
        WavFile.Write(file, AudioFormat.Cluster.SampleRate, audio);
        return file.ToArray();
    }

    static int BytesOf(TimeSpan time) => (int)(time.TotalSeconds * AudioFormat.Cluster.BytesPerSecond);
}
