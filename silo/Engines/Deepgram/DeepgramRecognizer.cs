using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>Flux for the languages that it knows, because it ends turns by what is said and not by silence alone; Nova for the others.</summary>
sealed class DeepgramRecognizer(DeepgramFluxRecognizer flux, DeepgramNovaRecognizer nova) : IRecognizer
{
    public const string EngineName = "deepgram";

    public string Name => EngineName;

    public string Endpoint => flux.Endpoint;

    public bool Knows(Language language) => flux.Knows(language) || nova.Knows(language);

    public IRecognizerSession Open(RecognizerRequest request) => flux.Knows(request.Language) ? flux.Open(request) : nova.Open(request);
}
