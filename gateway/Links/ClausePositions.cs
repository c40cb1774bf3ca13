using VoiceGrains.Audio;
using VoiceGrains.Media;

namespace VoiceGrains.Gateway.Links;

/// <summary>
/// How far the clauses of one speaker have come somewhere. Lets each piece of speech through once: when another activation speaks a clause anew, only what is new of it.
/// </summary>
sealed class ClausePositions
{
    const int MostSegments = 256;
    const int KeptSegments = 16;

    readonly Dictionary<(Language Language, int Segment), Position> _positions = [];

    /// <summary>What is new of a delivery: itself, or the rest of a chunk. Null: nothing is.</summary>
    public Delivery? Take(Delivery delivery) => delivery switch
    {
        SpeechBeginDelivery begin => Take(begin),
        SpeechChunkDelivery chunk => Take(chunk),
        SpeechEndDelivery end => Take(end),
        _ => delivery,
    };

    /// <summary>What a listener had before.</summary>
    public void Seed(Language language, int segment, int clause, TimeSpan until, bool isWhole)
    {
        if (!_positions.TryGetValue((language, segment), out var known) || known.Clause < clause)
            _positions[(language, segment)] = new Position { Clause = clause, Until = until, IsEnded = isWhole, IsSeeded = true };
    }

    /// <summary>Which clause of a segment came last, how many chunks of it, and how much audio.</summary>
    public (int Clause, int Chunks, TimeSpan Until) Of(Language language, int segment) =>
        _positions.TryGetValue((language, segment), out var position) ? (position.Clause, position.Chunks, position.Until) : default;

    SpeechBeginDelivery? Take(SpeechBeginDelivery begin)
    {
        var position = PositionOf(begin.Language, begin.Segment);
        // A listener who had a part gets to know that the rest follows.
        if (begin.Clause == position.Clause && position is { IsSeeded: true, IsEnded: false })
        {
            position.IsSeeded = false;
            return begin;
        }

        if (begin.Clause <= position.Clause)
            return null;
        position.Move(begin.Clause);
        return begin;
    }

    SpeechChunkDelivery? Take(SpeechChunkDelivery chunk)
    {
        var position = PositionOf(chunk.Language, chunk.Segment);
        if (chunk.Clause < position.Clause || (chunk.Clause == position.Clause && position.IsEnded))
            return null;
        if (chunk.Clause > position.Clause)
            position.Move(chunk.Clause);
        var end = chunk.At + AudioFormat.Cluster.DurationOf(chunk.Audio.Length);
        if (end <= position.Until)
            return null;
        var known = position.Until > chunk.At ? position.Until - chunk.At : TimeSpan.Zero;
        position.Chunks++;
        position.Until = end;
        if (known == TimeSpan.Zero)
            return chunk;
        var bytes = (int)(known.TotalSeconds * AudioFormat.Cluster.BytesPerSecond / 2) * 2;
        return chunk with { At = chunk.At + known, Audio = chunk.Audio[bytes..] };
    }

    SpeechEndDelivery? Take(SpeechEndDelivery end)
    {
        var position = PositionOf(end.Language, end.Segment);
        if (end.Clause < position.Clause || (end.Clause == position.Clause && position.IsEnded))
            return null;
        if (end.Clause > position.Clause)
            position.Move(end.Clause);
        position.IsEnded = true;
        return end;
    }

    Position PositionOf(Language language, int segment)
    {
        if (_positions.TryGetValue((language, segment), out var position))
            return position;
        // By segment: a text that was typed while a segment was still being spoken has the higher number and is heard first. Segments long past can't come again.
        if (_positions.Count > MostSegments)
        {
            foreach (var old in _positions.Keys.Where(key => key.Segment < segment - KeptSegments).ToList())
                _positions.Remove(old);
        }

        return _positions[(language, segment)] = new Position();
    }

    sealed class Position
    {
        public int Clause { get; set; }

        public TimeSpan Until { get; set; }

        public int Chunks { get; set; }

        public bool IsEnded { get; set; }

        public bool IsSeeded { get; set; }

        public void Move(int clause) => (Clause, Until, Chunks, IsEnded, IsSeeded) = (clause, TimeSpan.Zero, 0, false, false);
    }
}
