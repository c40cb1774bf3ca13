using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>Deepgram Flux over <c>/v2/listen</c>: ten languages, turns that end by what is said.</summary>
sealed class DeepgramFluxRecognizer(DeepgramConnections connections) : IRecognizer
{
    public const string EngineName = "deepgram-flux";

    public string Name => EngineName;

    public string Endpoint => $"{connections.Authority}/{connections.Options.FluxModel}";

    public bool Knows(Language language) => DeepgramLanguages.ForFlux(language) is not null;

    public IRecognizerSession Open(RecognizerRequest request)
    {
        var tag = DeepgramLanguages.ForFlux(request.Language)
            ?? throw new EngineFaultException(Name, FaultKind.BadRequest, $"Flux can't recognize {request.Language}.");
        var address = ListenAddress.Flux(connections.Options, tag, request.Keyterms);
        return new DeepgramSession(Name, address, connections, (clock, turn) => new FluxDialect(connections.Options, clock, turn));
    }
}
