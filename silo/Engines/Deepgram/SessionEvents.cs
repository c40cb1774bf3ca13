using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>The events of a session, in order, with positions that never fall. Interim words are left out when the reader is late; everything else must be read.</summary>
sealed class SessionEvents(string engine)
{
    const int Most = 512;
    const int MostWithInterim = 256;

    readonly Channel<RecognizerEvent> _events = Channel.CreateBounded<RecognizerEvent>(Most);

    /// <summary>The position that was told last.</summary>
    public TimeSpan Told { get; private set; }

    /// <summary>Throws when nobody reads.</summary>
    public void Tell(RecognizerEvent happened)
    {
        if (happened is InterimWords && _events.Reader.Count >= MostWithInterim)
            return;
        Told = happened.Until > Told ? happened.Until : Told;
        var isTold = _events.Writer.TryWrite(happened.Until < Told ? happened with { Until = Told } : happened);
        // After the end nothing is told any more, and nobody misses it.
        if (!isTold && _events.Reader.Count >= Most)
            throw new EngineFaultException(engine, FaultKind.Overloaded, "Nobody reads the events.");
    }

    /// <summary>There are no more. Later ones are dropped.</summary>
    public void Complete(EngineFaultException? failure) => _events.Writer.TryComplete(failure);

    public async IAsyncEnumerable<RecognizerEvent> ReadAll([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in _events.Reader.ReadAllAsync(cancellationToken))
            yield return happened;
    }
}
