using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>Deepgram Nova over <c>/v1/listen</c>: many languages, final words every few seconds, turns that end by silence.</summary>
sealed class DeepgramNovaRecognizer(DeepgramConnections connections) : IRecognizer
{
    public const string EngineName = "deepgram-nova";

    public string Name => EngineName;

    public string Endpoint => $"{connections.Authority}/{connections.Options.NovaModel}";

    public bool Knows(Language language) => DeepgramLanguages.ForNova(language) is not null;

    public IRecognizerSession Open(RecognizerRequest request)
    {
        var tag = DeepgramLanguages.ForNova(request.Language)
            ?? throw new EngineFaultException(Name, FaultKind.BadRequest, $"Nova can't recognize {request.Language}.");
        var address = ListenAddress.Nova(connections.Options, tag, request.Keyterms);
        return new DeepgramSession(Name, address, connections, (clock, turn) => new NovaDialect(connections.Options, clock, turn));
    }
}
