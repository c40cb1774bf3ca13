using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Links;

/// <summary>What came from one speaker through one link: gives them a stream number, and drops what is delivered a second time or by an activation that was replaced.</summary>
sealed class SpeakerStream(int number)
{
    const int MostCaptions = 256;
    const int KeptSegments = 16;

    readonly Dictionary<(Language Language, int Segment), (int Revision, bool IsFinal)> _captions = [];
    readonly ClausePositions _clauses = new();
    Fence _fence;
    long _original;

    public int Number { get; } = number;

    /// <summary>Whether a batch comes from the newest activation that was heard of.</summary>
    public bool Accepts(Fence fence)
    {
        if (fence.CompareTo(_fence) < 0)
            return false;
        _fence = fence;
        return true;
    }

    /// <summary>What is new of a delivery: itself, or the rest of a chunk. Null: nothing is. Notices may repeat.</summary>
    public Delivery? Take(Delivery delivery) => delivery switch
    {
        OriginalDelivery frame => IsNewFrame(frame) ? frame : null,
        CaptionDelivery caption => IsNewCaption(caption) ? caption : null,
        _ => _clauses.Take(delivery),
    };

    /// <summary>Which chunk of its clause came last.</summary>
    public int ChunkOf(SpeechChunkDelivery chunk) => _clauses.Of(chunk.Language, chunk.Segment).Chunks;

    /// <summary>How many chunks the clause had that ended.</summary>
    public int ChunksOf(SpeechEndDelivery end) => _clauses.Of(end.Language, end.Segment).Chunks;

    bool IsNewFrame(OriginalDelivery frame)
    {
        var isNew = frame.Number > _original;
        _original = Math.Max(_original, frame.Number);
        return isNew;
    }

    bool IsNewCaption(CaptionDelivery caption)
    {
        var key = (caption.Language, caption.Segment);
        if (_captions.TryGetValue(key, out var known) && (known.IsFinal || caption.Revision <= known.Revision))
            return false;
        _captions[key] = (caption.Revision, caption.IsFinal);
        if (_captions.Count > MostCaptions)
        {
            // Segments long past can't come again: their deliveries were answered.
            foreach (var old in _captions.Keys.Where(key => key.Segment < caption.Segment - KeptSegments).ToList())
                _captions.Remove(old);
        }

        return true;
    }
}
