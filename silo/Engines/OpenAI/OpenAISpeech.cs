using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Vendors;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>Speaks with a stock voice of OpenAI, one request for each clause. Own voices are another vendor's.</summary>
sealed class OpenAISpeech(OpenAIAccount account) : ISynthesizer
{
    const string Engine = "openai-speech";
    readonly HttpClient _http = account.Line(Engine).Client();

    public string Name => Engine;

    public string Endpoint { get; } = $"{account.Options.Url.Authority}/{account.Options.SpeechModel}";

    /// <summary>What comes has 24 kHz: without libspeexdsp it can't be brought to 16.</summary>
    public bool Speaks(Language language) => Resampler.IsAvailable && OpenAILanguages.Has(language);

    public ISpeechStream Open(Voice voice) => Speaks(voice.Language)
        ? new OpenAISpeechStream(clause => new SpokenClause(Request(clause, voice), _http, new SpokenClauseSettings(Engine, IsStream, account.Options.Speech, account.Time)))
        : throw new EngineFaultException(Engine, FaultKind.BadRequest, $"No voice speaks {voice.Language}.");

    // Plain audio says nothing of its own end; a stream of events does. Models named tts-1 know only the former.
    bool IsStream => !account.Options.SpeechModel.StartsWith("tts-1", StringComparison.Ordinal);

    Func<HttpRequestMessage> Request(string clause, Voice voice) => () => account.Post("audio/speech", JsonContent.Create(new Dictionary<string, string>
    {
        ["model"] = account.Options.SpeechModel,
        ["input"] = clause,
        ["voice"] = voice.Gender == Gender.Female ? account.Options.FemaleVoice : account.Options.MaleVoice,
        ["response_format"] = "pcm",
        ["stream_format"] = IsStream ? "sse" : "audio",
        ["instructions"] = $"Read exactly this text aloud, calmly and naturally. Its language is {voice.Language}.",
    }.Where(field => IsStream || field.Key is not ("instructions" or "stream_format")).ToDictionary()));
}
