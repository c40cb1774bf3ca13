using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Links;

/// <summary>A delivery that is new, and what its message says of its clause.</summary>
/// <param name="Chunks">Speech: number of this chunk in its clause, or how many it had when it ended.</param>
/// <param name="From">Begin of speech: where in the clause the audio begins.</param>
sealed record NewDelivery(Delivery Delivery, int Chunks, TimeSpan From);

/// <summary>Lets each delivery of one speaker through once; of a chunk that is known in part, the rest. Notices may repeat.</summary>
sealed class DeliveryFilter
{
    const int MostCaptions = 256;
    const int KeptSegments = 16;

    readonly Dictionary<(Language Language, int Segment), (long Revision, bool IsFinal)> _captions = [];
    readonly ClausePositions _clauses = new();
    long _original;

    /// <summary>What a listener had before.</summary>
    public void Seed(HeardOfSpeaker heard)
    {
        foreach (var final in heard.Finals)
            _captions[(heard.Language, final)] = (int.MaxValue, true);
        foreach (var clause in heard.Clauses)
            _clauses.Seed(heard.Language, clause.Segment, clause.Clause, clause.Until, clause.IsWhole);
    }

    /// <summary>What is new of a delivery. Null: nothing is.</summary>
    public NewDelivery? Take(Delivery delivery) => delivery switch
    {
        OriginalDelivery frame => IsNewFrame(frame) ? new NewDelivery(frame, 0, TimeSpan.Zero) : null,
        CaptionDelivery caption => IsNewCaption(caption) ? new NewDelivery(caption, 0, TimeSpan.Zero) : null,
        SpeechBeginDelivery begin => Take(begin),
        SpeechChunkDelivery chunk => _clauses.Take(chunk) is { } rest ? new NewDelivery(rest, ChunksOf(chunk.Language, chunk.Segment), TimeSpan.Zero) : null,
        SpeechEndDelivery end => _clauses.Take(end) is null ? null : new NewDelivery(end, ChunksOf(end.Language, end.Segment), TimeSpan.Zero),
        _ => new NewDelivery(delivery, 0, TimeSpan.Zero),
    };

    NewDelivery? Take(SpeechBeginDelivery begin)
    {
        var known = _clauses.Of(begin.Language, begin.Segment);
        return _clauses.Take(begin) is null ? null : new NewDelivery(begin, 0, known.Clause == begin.Clause ? known.Until : TimeSpan.Zero);
    }

    int ChunksOf(Language language, int segment) => _clauses.Of(language, segment).Chunks;

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
