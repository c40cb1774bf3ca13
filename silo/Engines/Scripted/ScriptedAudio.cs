using System.Runtime.InteropServices;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>
/// Audio that carries its own words: each begins with two marks, the count of its letters, its length in samples, its letters and their sum; the rest is a
/// pattern that depends on the word and the place in it. Silence is zeros. So a test or load run can say anything exactly, and read from what it hears
/// which words were spoken, whole and in which order.
/// </summary>
static class ScriptedAudio
{
    /// <summary>Length of a word unless another is asked for: 100 ms.</summary>
    public const int SamplesOfWord = 1_600;
    public const int LongestWord = 64;
    const int SamplesOfHeader = 5;
    const int FewestSamples = SamplesOfHeader + LongestWord;
    const short FirstMark = 0x5647;
    const short SecondMark = 0x7773;

    /// <summary>PCM, 16 bit, mono, 16 kHz.</summary>
    public static byte[] Encode(IEnumerable<string> words, int samplesOfWord = SamplesOfWord) => [.. words.SelectMany(word => EncodeWord(word, samplesOfWord))];

    /// <summary>Encodes a text, word by word.</summary>
    public static byte[] Encode(string text, int samplesOfWord = SamplesOfWord) =>
        Encode(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), samplesOfWord);

    public static byte[] Silence(TimeSpan duration) => new byte[(int)(duration.TotalSeconds * 16_000) * 2];

    /// <summary>All whole words in a piece of audio.</summary>
    public static IReadOnlyList<string> Decode(ReadOnlySpan<byte> audio)
    {
        var reader = new Reader();
        reader.Take(MemoryMarshal.Cast<byte, short>(audio));
        return [.. reader.Words.Select(static word => word.Text)];
    }

    static byte[] EncodeWord(string word, int length)
    {
        if (word.Length is 0 or > LongestWord)
            throw new ArgumentException($"A scripted word has 1 to {LongestWord} letters.", nameof(word));
        if (length is < FewestSamples or > short.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(length), $"A scripted word has {FewestSamples} to {short.MaxValue} samples.");
        var samples = new short[length];
        (samples[0], samples[1], samples[2], samples[3]) = (FirstMark, SecondMark, (short)word.Length, (short)length);
        var sum = length;
        for (var i = 0; i < word.Length; i++)
        {
            samples[4 + i] = (short)word[i];
            sum += word[i];
        }

        samples[4 + word.Length] = (short)sum;
        for (var i = SamplesOfHeader + word.Length; i < length; i++)
            samples[i] = PatternAt(i, sum);
        return MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();
    }

    // Loud, never zero, and different at each place, so that a hole or a repetition is seen.
    static short PatternAt(int place, int sum)
    {
        var height = 1_500 + ((place * 7_919) + sum) % 1_009;
        return (short)((place / 20) % 2 == 0 ? height : -height);
    }

    /// <summary>A word that was found.</summary>
    /// <param name="Start">Position of its first sample.</param>
    /// <param name="End">Position after its last.</param>
    public readonly record struct FoundWord(string Text, long Start, long End);

    /// <summary>
    /// Finds words in a stream of samples, however it is cut into frames. A word counts when all of it has come; one without its beginning, or with a hole
    /// in it, never does.
    /// </summary>
    public sealed class Reader
    {
        readonly List<short> _samples = [];
        long _before;

        /// <summary>Words found. The caller empties it.</summary>
        public List<FoundWord> Words { get; } = [];

        /// <summary>Samples taken so far.</summary>
        public long Position { get; private set; }

        /// <summary>Samples since the last one that was not zero.</summary>
        public long Silence { get; private set; }

        /// <summary>Everything before this position is found or holds no word; what comes after may be a word that is not whole yet.</summary>
        public long Settled => _before;

        public void Take(ReadOnlySpan<short> samples)
        {
            var loud = samples.LastIndexOfAnyExcept((short)0);
            Silence = loud < 0 ? Silence + samples.Length : samples.Length - 1 - loud;
            Position += samples.Length;
            _samples.AddRange(samples);
            var at = 0;
            while (at < _samples.Count && TryPass(at, out var passed))
                at += passed;
            // What is left may begin a word that the next samples end.
            _samples.RemoveRange(0, at);
            _before += at;
        }

        // How many samples hold nothing more to find. False: more must come before that can be said.
        bool TryPass(int at, out int passed)
        {
            var all = CollectionsMarshal.AsSpan(_samples)[at..];
            passed = all.IndexOf(FirstMark) is var next && next < 0 ? all.Length : next;
            if (passed > 0)
                return true;
            passed = 1;
            if (all.Length >= 2 && all[1] != SecondMark)
                return true;
            if (all.Length < SamplesOfHeader + LongestWord)
                return false;
            var (letters, length) = (all[2], all[3]);
            if (letters is < 1 or > LongestWord || length < FewestSamples || SumOf(all, letters) is not { } sum)
                return true;
            var hole = FirstWrong(all, SamplesOfHeader + letters, Math.Min((int)length, all.Length), sum);
            if (hole is null && all.Length < length)
                return false;
            passed = hole ?? length;
            if (hole is null)
                Words.Add(new FoundWord(string.Concat(all.Slice(4, letters).ToArray().Select(static letter => (char)letter)), _before + at, _before + at + length));
            return true;
        }

        static int? SumOf(ReadOnlySpan<short> word, int letters)
        {
            var sum = (int)word[3];
            foreach (var letter in word.Slice(4, letters))
                sum += (ushort)letter;
            return (short)sum == word[4 + letters] ? sum : null;
        }

        static int? FirstWrong(ReadOnlySpan<short> word, int from, int to, int sum)
        {
            for (var i = from; i < to; i++)
            {
                if (word[i] != PatternAt(i, sum))
                    return i;
            }

            return null;
        }
    }
}
