namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>How alignments of a chunk look.</summary>
enum AlignmentForm
{
    /// <summary>Times count from the chunk, not from the context (ElevenLabs AsyncAPI, NormalizedAlignment).</summary>
    OfChunk,

    /// <summary>There is none, which the schema allows.</summary>
    Null,

    /// <summary>The same letters come again with each chunk, as Flash does (pipecat 4316).</summary>
    Duplicated,
}

/// <summary>How the double speaks and what it takes its time with. The vendor does each of these at times, so a client must stand all of them.</summary>
sealed record ElevenLabsScript
{
    /// <summary>Length of a spoken word. Default: 1,600 samples, 100 ms.</summary>
    public int SamplesOfWord { get; init; } = 1_600;

    /// <summary>Samples in a message or HTTP chunk. Default: a number that words do not end at.</summary>
    public int SamplesOfChunk { get; init; } = 1_237;

    /// <summary>From the flush to the first sound. Default: none.</summary>
    public TimeSpan FirstByteDelay { get; init; }

    /// <summary>Between two chunks. Default: none.</summary>
    public TimeSpan ChunkDelay { get; init; }

    /// <summary>From the last sound of a closed context to its final message: until then it counts (agents 5844). Default: none.</summary>
    public TimeSpan ReleaseDelay { get; init; }

    /// <summary>Names as <c>context_id</c> and <c>is_final</c> in place of <c>contextId</c> and <c>isFinal</c>.</summary>
    public bool SpeaksSnakeCase { get; init; }

    /// <summary>A <c>flush_done</c> comes before the audio it belongs to: nobody documented when it comes.</summary>
    public bool TellsFlushDone { get; init; }

    public AlignmentForm Alignments { get; init; }
}
