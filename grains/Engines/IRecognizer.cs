using System.Collections.Immutable;

namespace VoiceGrains.Engines;

/// <summary>Turns speech into words. One for all languages it knows; a session for each stretch of a participant's audio.</summary>
public interface IRecognizer : IEngine
{
    bool Knows(Language language);

    /// <summary>Opens a session. Returns at once or throws <see cref="EngineFaultException"/>; waiting for a free decoder happens inside the session.</summary>
    IRecognizerSession Open(RecognizerRequest request);
}

/// <summary>What a session is for.</summary>
public sealed record RecognizerRequest(Language Language)
{
    /// <summary>Names and terms of the call that are likely to be said, as they are written; the most important first. Engines take as many as they can. Default: none.</summary>
    public ImmutableArray<string> Keyterms { get; init; } = [];
}

/// <summary>
/// One stream of audio going in and one ordered stream of events coming out. Positions count from the first sample written.
/// Disposing drops what is unfinished.
/// </summary>
public interface IRecognizerSession : IAsyncDisposable
{
    /// <summary>Takes PCM, 16 bit, mono, 16 kHz. False: the session is behind by its whole buffer (at least 10 s); nothing was taken, try again later.</summary>
    bool TryWrite(ReadOnlyMemory<byte> audio);

    /// <summary>Asks for the final words of what was written so far, without waiting for a pause.</summary>
    void FinishSegment();

    /// <summary>
    /// Asks for the final words of what was written so far, in the middle of a segment that goes on. Does nothing where the engine can't. Default: it can't.
    /// </summary>
    void FinishWords()
    {
    }

    /// <summary>No more audio comes. <see cref="Events"/> ends after the last words.</summary>
    void Complete();

    /// <summary>The events, to be read once. A failure of the engine throws <see cref="EngineFaultException"/> here.</summary>
    IAsyncEnumerable<RecognizerEvent> Events(CancellationToken cancellationToken);
}

/// <summary>Something the recognizer found out, in the order of the audio.</summary>
/// <param name="Until">How far into the audio this is settled; never falls.</param>
public abstract record RecognizerEvent(TimeSpan Until);

/// <summary>Nobody spoke up to <see cref="RecognizerEvent.Until"/>. Comes at least once a second while it is silent.</summary>
public sealed record SilenceHeard(TimeSpan Until) : RecognizerEvent(Until);

/// <summary>Somebody begins to speak at <see cref="RecognizerEvent.Until"/>: a segment begins.</summary>
public sealed record SpeechStarted(TimeSpan Until) : RecognizerEvent(Until);

/// <summary>How the words after the last final ones look now. Everything may still change.</summary>
public sealed record InterimWords(TimeSpan Until, ImmutableArray<Word> Words) : RecognizerEvent(Until)
{
    /// <summary>
    /// How much audio the recognizer had heard when it saw these words. The same words with more audio are told again: that they stay as they are is what makes
    /// them reliable. Default: it does not say; up to the end of the last word.
    /// </summary>
    public TimeSpan? Edge { get; init; }
}

/// <summary>Words that will not change. A segment may have several.</summary>
public sealed record FinalWords(TimeSpan Until, ImmutableArray<Word> Words) : RecognizerEvent(Until);

/// <summary>
/// The segment is over. Without any final words in it, there was speech that the recognizer can't put into words.
/// </summary>
/// <param name="SpeechEnd">When the speech itself ended; the pause that proved it comes after.</param>
public sealed record TurnEnded(TimeSpan Until, TimeSpan SpeechEnd) : RecognizerEvent(Until);

/// <summary>A word, written as it is to be shown, with its punctuation.</summary>
/// <param name="Confidence">0 to 1; null if the engine does not say.</param>
public sealed record Word(string Text, TimeSpan Start, TimeSpan End, double? Confidence);
