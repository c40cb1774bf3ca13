namespace VoiceGrains.Tests.Load.Stages;

/// <summary>What one stream of the load is measured with.</summary>
/// <param name="Talk">When it speaks.</param>
/// <param name="Held">Told of audio that waits for its words.</param>
sealed record LoadedStream(Talk Talk, Latencies Latencies, AudioHeld Held)
{
    public SpokenStream Spoken() => new(Talk, Latencies, Held);

    public AskedStream Asked() => new(Talk, Latencies);
}

/// <summary>A way to a vendor's double: the product's engine, or a bare client.</summary>
/// <param name="Run">One stream, to its end.</param>
sealed class Way(Func<LoadedStream, Task> run, params object[] owned) : IAsyncDisposable
{
    public Task Run(LoadedStream stream) => run(stream);

    /// <summary>Closes what it owns, in that order.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var each in owned)
        {
            if (each is IAsyncDisposable later)
                await later.DisposeAsync();
            else
                ((IDisposable)each).Dispose();
        }
    }
}
