using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>
/// The last resort among recognizers: pauses cut the audio on this side, and each segment is one request. No words before the segment is over, and the
/// times of words are only estimates, because the vendor gives none.
/// </summary>
sealed class OpenAITranscription(OpenAIAccount account) : IRecognizer
{
    const string Engine = "openai-transcribe";
    readonly HttpClient _http = account.Line(Engine).Client();

    public string Name => Engine;

    public string Endpoint { get; } = $"{account.Options.Url.Authority}/{account.Options.TranscriptionModel}";

    public bool Knows(Language language) => OpenAILanguages.Has(language);

    public IRecognizerSession Open(RecognizerRequest request) =>
        new TranscriptionSession(new SegmentTranscriber(Engine, account, _http, request), account.Options, account.Time);
}
