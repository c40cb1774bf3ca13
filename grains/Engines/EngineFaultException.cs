namespace VoiceGrains.Engines;

/// <summary>An engine failed. The message names no speech, text or key.</summary>
/// <param name="engine">Name of the engine, for metrics.</param>
public sealed class EngineFaultException(string engine, FaultKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Engine { get; } = engine;

    public FaultKind Kind { get; } = kind;

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool IsRetryable => Kind is not (FaultKind.Auth or FaultKind.Quota or FaultKind.BadRequest);

    /// <summary>How long the engine asked to wait. Null: it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The vendor's name for the request. Null: it has none.</summary>
    public string? RequestId { get; init; }
}
