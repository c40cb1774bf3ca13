using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.InteropServices;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using VoiceGrains.Audio;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.OpenAI;

namespace VoiceGrains.Tests.Engines.OpenAI;

/// <summary>The double, spoken to with OpenAI's own package: what it would not understand, the double does not send.</summary>
public sealed class OfficialOpenAIClient : IAsyncLifetime
{
    OpenAIEmulator _openAI = null!;
    OpenAIClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _openAI = await OpenAIEmulator.Start();
        _client = new OpenAIClient(new ApiKeyCredential(OpenAIEmulator.Key), new OpenAIClientOptions { Endpoint = _openAI.Url, RetryPolicy = new ClientRetryPolicy(0) });
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_openAI.Ledger.Mistakes);
        await _openAI.DisposeAsync();
    }

    [Fact]
    public async Task Reads_a_streamed_chat_with_role_text_end_and_usage()
    {
        var updates = new List<StreamingChatCompletionUpdate>();
        await foreach (var update in _client.GetChatClient("gpt-4.1-mini").CompleteChatStreamingAsync([new UserChatMessage("say this back")]))
            updates.Add(update);

        Assert.Equal(ChatMessageRole.Assistant, updates[0].Role);
        Assert.Equal("say this back", string.Concat(updates.SelectMany(static update => update.ContentUpdate).Select(static part => part.Text)));
        Assert.Single(updates, static update => update.FinishReason == ChatFinishReason.Stop);
        Assert.Equal(3, updates[^1].Usage.OutputTokenCount);
        Assert.Empty(updates[^1].ContentUpdate);
    }

    [Fact]
    public async Task Reads_a_chat_in_one_piece()
    {
        var answer = await _client.GetChatClient("gpt-4.1-mini").CompleteChatAsync([new SystemChatMessage("be brief"), new UserChatMessage("say this back")]);

        Assert.Equal("say this back", answer.Value.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.Value.FinishReason);
    }

    [Fact]
    public async Task Reads_embeddings_as_base64()
    {
        var vectors = await _client.GetEmbeddingClient("text-embedding-3-small").GenerateEmbeddingsAsync(["good morning", "good morning", "something else"]);

        Assert.Equal(EmbeddingEndpoint.Vector("good morning", 1_536), vectors.Value[0].ToFloats().ToArray());
        Assert.Equal(vectors.Value[0].ToFloats().ToArray(), vectors.Value[1].ToFloats().ToArray());
        Assert.NotEqual(vectors.Value[0].ToFloats().ToArray(), vectors.Value[2].ToFloats().ToArray());
    }

    [Fact]
    public async Task Gets_speech_whose_words_can_be_read()
    {
        var speech = await _client.GetAudioClient("gpt-4o-mini-tts").GenerateSpeechAsync(
            "good morning to you", GeneratedSpeechVoice.Nova, new SpeechGenerationOptions { ResponseFormat = GeneratedSpeechFormat.Pcm });

        var words = ToneWords.Decode(MemoryMarshal.Cast<byte, short>(speech.Value.ToArray()), SpeechEndpoint.SampleRate);
        Assert.Equal(["good", "morning", "to", "you"], words.Select(static word => word.Text));
        Assert.Equal(0, words[0].Start);
    }

    [Fact]
    public async Task Has_its_audio_transcribed()
    {
        using var wav = new MemoryStream();
        WavFile.Write(wav, 16_000, ScriptedAudio.Encode("where is the station?"));
        wav.Position = 0;

        var text = await _client.GetAudioClient("gpt-4o-mini-transcribe").TranscribeAudioAsync(wav, "speech.wav", new AudioTranscriptionOptions { Language = "en" });

        Assert.Equal("where is the station?", text.Value.Text);
    }

    [Fact]
    public async Task Throws_for_a_planned_refusal_with_the_status()
    {
        _openAI.Faults.Add(new PlannedFault(FaultForm.Status, Where: "embeddings", Status: 429, Code: "insufficient_quota"));

        var refused = await Assert.ThrowsAsync<ClientResultException>(() => _client.GetEmbeddingClient("text-embedding-3-small").GenerateEmbeddingAsync("good morning"));

        Assert.Equal(429, refused.Status);
    }
}
