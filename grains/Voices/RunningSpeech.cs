using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VoiceGrains.Engines;

namespace VoiceGrains.Voices;

/// <summary>
/// A stream of speech that is read from the beginning, whether or not anybody takes what comes: some engines work only while they are read. Holds what waits, at most the
/// clauses that were written to it. Runs in the turns of the participant.
/// </summary>
sealed class RunningSpeech : IAsyncDisposable
{
    readonly ISpeechStream _stream;
    readonly Channel<SpeechChunk> _chunks = Channel.CreateUnbounded<SpeechChunk>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    readonly CancellationTokenSource _closing = new();
    readonly Task _reading;

    public RunningSpeech(ISpeechStream stream)
    {
        _stream = stream;
        _reading = ReadAll();
    }

    /// <summary>Whether sound comes; false: the stream failed before there was any.</summary>
    public async Task<bool> HasBegun(CancellationToken cancellationToken)
    {
        try
        {
            return await _chunks.Reader.WaitToReadAsync(cancellationToken);
        }
        catch (EngineFaultException)
        {
            // Counted where it happened.
            return false;
        }
    }

    /// <summary>What comes of the next clause, up to its end; less when the stream ends early. Throws what the stream throws.</summary>
    public async IAsyncEnumerable<SpeechChunk> NextClause([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _chunks.Reader.WaitToReadAsync(cancellationToken) && _chunks.Reader.TryRead(out var chunk))
        {
            yield return chunk;
            if (chunk.IsLastOfClause)
                yield break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stream.Cancel();
        await _closing.CancelAsync();
        await _reading;
        await _stream.DisposeAsync();
        _closing.Dispose();
    }

    async Task ReadAll()
    {
        try
        {
            await foreach (var chunk in _stream.Chunks(_closing.Token))
                _chunks.Writer.TryWrite(chunk);
            _chunks.Writer.TryComplete();
        }
        catch (Exception error)
        {
            _chunks.Writer.TryComplete(error);
        }
    }
}
