namespace VoiceGrains.Engines;

/// <summary>An engine of any stage.</summary>
public interface IEngine
{
    /// <summary>Name for metrics and status, for example <c>pocketsphinx</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Where it works and with which model, for example <c>api.eu.deepgram.com/nova-3</c>: silos with the same endpoint share what they know of its health.
    /// Null: it runs on this machine, and is always tried.
    /// </summary>
    string? Endpoint => null;
}

/// <summary>Knows which engines work just now. Thread-safe, and never waits.</summary>
public interface IEngineHealth
{
    /// <summary>Whether to use the engine now. Of an engine that may have recovered one is let through at a time: whoever asks must then use it.</summary>
    bool MayTry(IEngine engine);

    /// <summary>It did what it was asked.</summary>
    void Succeeded(IEngine engine);

    /// <summary>It failed.</summary>
    void Failed(IEngine engine, EngineFaultException fault);
}
