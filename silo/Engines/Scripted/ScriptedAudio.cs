using System.Runtime.InteropServices;

namespace VoiceGrains.Silo.Engines.Scripted;

/// <summary>
/// Audio that carries its own words: each takes 100 ms, begins with two marks, its length and its letters, and ends with a sum. Silence is zeros. So a test
/// or load run can say anything exactly, and read from what it hears which words were spoken and in which order.
/// </summary>
static class ScriptedAudio
{
    public const int SamplesOfWord = 1_600;
    public const int LongestWord = 64;
    const short FirstMark = 0x5647;
    const short SecondMark = 0x7773;
    const short Filling = 2_000;

    /// <summary>PCM, 16 bit, mono, 16 kHz.</summary>
    public static byte[] Encode(IEnumerable<string> words) => [.. words.SelectMany(EncodeWord)];

    /// <summary>Encodes a text, word by word.</summary>
    public static byte[] Encode(string text) => Encode(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static byte[] Silence(TimeSpan duration) => new byte[(int)(duration.TotalSeconds * 16_000) * 2];

    /// <summary>All words in a piece of audio.</summary>
    public static IReadOnlyList<string> Decode(ReadOnlySpan<byte> audio)
    {
        var reader = new Reader();
        reader.Take(MemoryMarshal.Cast<byte, short>(audio));
        return [.. reader.Words.Select(static word => word.Text)];
    }

    static byte[] EncodeWord(string word)
    {
        if (word.Length is 0 or > LongestWord)
            throw new ArgumentException($"A scripted word has 1 to {LongestWord} letters.", nameof(word));
        var samples = new short[SamplesOfWord];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (i / 20) % 2 == 0 ? Filling : (short)-Filling;
        (samples[0], samples[1], samples[2]) = (FirstMark, SecondMark, (short)word.Length);
        var sum = 0;
        for (var i = 0; i < word.Length; i++)
        {
            samples[3 + i] = (short)word[i];
            sum += word[i];
        }

        samples[3 + word.Length] = (short)sum;
        return MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();
    }

    /// <summary>Finds words in a stream of samples, however it is cut into frames.</summary>
    public sealed class Reader
    {
        readonly List<short> _samples = [];
        long _before;

        /// <summary>Words found, with the position of their first sample. The caller empties it.</summary>
        public List<(string Text, long Start)> Words { get; } = [];

        /// <summary>Samples taken so far.</summary>
        public long Position { get; private set; }

        /// <summary>Samples since the last one that was not zero.</summary>
        public long Silence { get; private set; }

        public void Take(ReadOnlySpan<short> samples)
        {
            foreach (var sample in samples)
                Silence = sample == 0 ? Silence + 1 : 0;
            Position += samples.Length;
            _samples.AddRange(samples);
            var at = 0;
            for (; at + 4 + LongestWord <= _samples.Count; at++)
                at += TakeWord(at);
            // What is left may begin a word that the next samples end.
            at = Math.Min(at, _samples.Count);
            _samples.RemoveRange(0, at);
            _before += at;
        }

        int TakeWord(int at)
        {
            if (_samples[at] != FirstMark || _samples[at + 1] != SecondMark || _samples[at + 2] is < 1 or > LongestWord)
                return 0;
            var letters = CollectionsMarshal.AsSpan(_samples).Slice(at + 3, _samples[at + 2]);
            var sum = 0;
            foreach (var letter in letters)
                sum += (ushort)letter;
            if ((short)sum != _samples[at + 3 + letters.Length])
                return 0;
            Words.Add((string.Concat(letters.ToArray().Select(static letter => (char)letter)), _before + at));
            return 3 + letters.Length;
        }
    }
}
