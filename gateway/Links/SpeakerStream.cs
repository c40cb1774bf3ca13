using VoiceGrains.Media;

namespace VoiceGrains.Gateway.Links;

/// <summary>What came from one speaker through one link: gives them a stream number, and drops what is delivered a second time.</summary>
sealed class SpeakerStream(int number)
{
    readonly Dictionary<(Language Language, int Segment), int> _revisions = [];
    readonly Dictionary<(Language Language, int Segment), (int Clause, int Step)> _speech = [];
    readonly Dictionary<Language, TimeSpan> _clauseTime = [];
    long _original;

    public int Number { get; } = number;

    /// <summary>Whether this was not seen yet. Notices and marks may repeat.</summary>
    public bool IsNew(Delivery delivery) => delivery switch
    {
        OriginalDelivery frame => IsNewFrame(frame),
        CaptionDelivery caption => IsNewCaption(caption),
        SpeechBeginDelivery begin => IsNewStep((begin.Language, begin.Segment), (begin.Clause, 0)),
        SpeechChunkDelivery chunk => IsNewStep((chunk.Language, chunk.Segment), (chunk.Clause, chunk.Chunk)),
        SpeechEndDelivery end => IsNewStep((end.Language, end.Segment), (end.Clause, int.MaxValue)),
        _ => true,
    };

    /// <summary>Where in its clause a chunk begins.</summary>
    public TimeSpan TimeOf(SpeechChunkDelivery chunk)
    {
        var at = chunk.Chunk == 1 ? TimeSpan.Zero : _clauseTime.GetValueOrDefault(chunk.Language);
        _clauseTime[chunk.Language] = at + Audio.AudioFormat.Cluster.DurationOf(chunk.Audio.Length);
        return at;
    }

    bool IsNewFrame(OriginalDelivery frame)
    {
        var isNew = frame.Number > _original;
        _original = Math.Max(_original, frame.Number);
        return isNew;
    }

    bool IsNewCaption(CaptionDelivery caption)
    {
        var key = (caption.Language, caption.Segment);
        if (caption.Revision <= _revisions.GetValueOrDefault(key))
            return false;
        _revisions[key] = caption.Revision;
        ForgetOld(_revisions, caption.Segment);
        return true;
    }

    // By segment: a text that was typed while a segment was still being spoken has the higher number and is heard first.
    bool IsNewStep((Language Language, int Segment) key, (int Clause, int Step) step)
    {
        if (_speech.TryGetValue(key, out var last) && step.CompareTo(last) <= 0)
            return false;
        _speech[key] = step;
        ForgetOld(_speech, key.Segment);
        return true;
    }

    // Segments long past can't come again: their deliveries were answered.
    static void ForgetOld<T>(Dictionary<(Language Language, int Segment), T> known, int segment)
    {
        if (known.Count <= 256)
            return;
        foreach (var old in known.Keys.Where(key => key.Segment < segment - 16).ToList())
            known.Remove(old);
    }
}
