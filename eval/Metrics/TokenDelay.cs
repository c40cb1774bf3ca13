namespace VoiceGrains.Eval.Metrics;

/// <summary>
/// ATD, average token delay (Kano and others 2023): it also charges for how long speech lasts, which the lagging family does not. What was taken in before a chunk
/// and what was put out with it are cut into pieces; each piece put out is compared with the piece taken in that has the same place, or the last one there was.
/// </summary>
static class TokenDelay
{
    const double SpokenPiece = 300;

    /// <summary>Text to text: a piece is a token and lasts 1.</summary>
    public static double OfText(ReadOnlySpan<double> delays) => Of(Chunks(delays, count => Pieces.Of(count, 1)), piece: 1);

    /// <summary>Speech to text, in milliseconds: tokens put out take no time.</summary>
    public static double OfCaptions(ReadOnlySpan<double> delays) => Of(Chunks(delays, static count => new Pieces(count, 0, 0)), SpokenPiece);

    /// <summary>Speech to speech, in milliseconds: when each chunk was put out, and how long it lasts.</summary>
    public static double OfSpeech(ReadOnlySpan<double> delays, ReadOnlySpan<double> durations)
    {
        var chunks = new List<(double Delay, Pieces Output)>();
        var lasting = 0.0;
        for (var i = 0; i < delays.Length; i++)
        {
            lasting += durations[i];
            if (i + 1 < delays.Length && delays[i + 1] == delays[i])
                continue;
            chunks.Add((delays[i], Pieces.Of(lasting, SpokenPiece)));
            lasting = 0;
        }

        return Of(chunks, SpokenPiece);
    }

    static List<(double Delay, Pieces Output)> Chunks(ReadOnlySpan<double> delays, Func<int, Pieces> output)
    {
        var chunks = new List<(double, Pieces)>();
        var count = 0;
        for (var i = 0; i < delays.Length; i++)
        {
            count++;
            if (i + 1 < delays.Length && delays[i + 1] == delays[i])
                continue;
            chunks.Add((delays[i], output(count)));
            count = 0;
        }

        return chunks;
    }

    static double Of(List<(double Delay, Pieces Output)> chunks, double piece)
    {
        var ends = new List<double> { 0 };
        var (put, end, read, sum) = (0, 0.0, 0.0, 0.0);
        foreach (var (delay, output) in chunks)
        {
            // The pieces are compared without those of this chunk: so much more was put out than taken in.
            var ahead = Math.Max(0, put - (ends.Count - 1));
            Pieces.Of(delay - read, piece).AddEnds(ends);
            read = delay;
            for (var i = 0; i < output.Count; i++)
            {
                put++;
                end = Math.Max(delay, end) + output.Length(i);
                sum += end - ends[Math.Min(put - ahead, ends.Count - 1)];
            }
        }

        return sum / put;
    }

    /// <summary>So many pieces of one length; the last one may be shorter.</summary>
    readonly record struct Pieces(int Count, double Each, double Last)
    {
        public static Pieces Of(double whole, double piece)
        {
            var full = (int)Math.Floor(whole / piece);
            var rest = whole - full * piece;
            return rest > 0 ? new Pieces(full + 1, piece, rest) : new Pieces(full, piece, piece);
        }

        public double Length(int index) => index == Count - 1 ? Last : Each;

        public void AddEnds(List<double> ends)
        {
            for (var i = 0; i < Count; i++)
                ends.Add(ends[^1] + Length(i));
        }
    }
}
