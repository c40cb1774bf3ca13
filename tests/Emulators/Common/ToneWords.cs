namespace VoiceGrains.Tests.Emulators.Common;

/// <summary>A word that was heard.</summary>
/// <param name="Start">Position of its first sample.</param>
/// <param name="End">Position after its last.</param>
readonly record struct HeardWord(string Text, int Start, int End);

/// <summary>
/// Words as tones, which survive a change of the sample rate: 5 ms each, two that mark the beginning, then count, letters and sum in tones of 4 bits. So a test
/// reads from resampled audio which words came, in which order, and whether anything lies between them.
/// </summary>
static class ToneWords
{
    const int SymbolsPerSecond = 200;
    const double FirstTone = 800;
    const double ToneStep = 200;
    const double BeginTone = 4_400;
    const double SecondTone = 5_000;
    const double Loudness = 8_000;
    const int LongestWord = 64;

    // A letter has 16 bits: four tones.
    const int TonesOfLetter = 4;
    const int TonesAroundLetters = 6;

    /// <summary>The audio of a text, word after word without a gap.</summary>
    public static short[] Encode(string text, int sampleRate) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(TonesOf).SelectMany(tone => Symbol(tone, sampleRate))];

    /// <summary>Milliseconds that a word takes.</summary>
    public static int MillisecondsOf(string word) => (TonesAroundLetters + (word.Length * TonesOfLetter)) * 1_000 / SymbolsPerSecond;

    /// <summary>All words that are there whole.</summary>
    public static IReadOnlyList<HeardWord> Decode(ReadOnlySpan<short> samples, int sampleRate)
    {
        var symbol = sampleRate / SymbolsPerSecond;
        var words = new List<HeardWord>();
        for (var at = 0; at + (symbol * TonesAroundLetters) <= samples.Length;)
        {
            if (BeginningAt(samples, at, sampleRate) < 0.75)
            {
                at += 4;
                continue;
            }

            at = BestBeginning(samples, at, sampleRate);
            var word = Read(samples[at..], sampleRate, out var tones);
            if (word is not null)
                words.Add(new HeardWord(word, at, at + (tones * symbol)));
            // The next word may begin a little early: rates don't divide evenly.
            at += word is null ? symbol : (tones * symbol) - 8;
        }

        return words;
    }

    static IEnumerable<double> TonesOf(string word)
    {
        if (word.Length is 0 or > LongestWord)
            throw new ArgumentException($"A word has 1 to {LongestWord} letters.", nameof(word));
        int[] nibbles = [word.Length >> 4, word.Length & 15, .. word.SelectMany(static letter => (int[])[letter >> 12, (letter >> 8) & 15, (letter >> 4) & 15, letter & 15])];
        var sum = SumOf(word);
        return [BeginTone, SecondTone, .. nibbles.Select(Tone), Tone(sum >> 4), Tone(sum & 15)];
    }

    static int SumOf(string word) => (word.Sum(static letter => letter) + word.Length) & 255;

    static double Tone(int nibble) => FirstTone + (nibble * ToneStep);

    static IEnumerable<short> Symbol(double tone, int sampleRate) =>
        Enumerable.Range(0, sampleRate / SymbolsPerSecond).Select(at => (short)(Loudness * Math.Cos(2 * Math.PI * tone * at / sampleRate)));

    static int BestBeginning(ReadOnlySpan<short> samples, int from, int sampleRate)
    {
        var (best, score) = (from, 0.0);
        for (var at = from; at < from + 40 && at + (2 * sampleRate / SymbolsPerSecond) <= samples.Length; at++)
        {
            if (BeginningAt(samples, at, sampleRate) is var found && found > score)
                (best, score) = (at, found);
        }

        return best;
    }

    // How much of two symbols' energy is in the tones that mark a beginning; whole symbols, so that the best place is sharp.
    static double BeginningAt(ReadOnlySpan<short> samples, int at, int sampleRate)
    {
        var symbol = sampleRate / SymbolsPerSecond;
        return at + (2 * symbol) > samples.Length ? 0
            : Math.Min(ShareOf(samples.Slice(at, symbol), BeginTone, sampleRate), ShareOf(samples.Slice(at + symbol, symbol), SecondTone, sampleRate));
    }

    static string? Read(ReadOnlySpan<short> samples, int sampleRate, out int tones)
    {
        tones = TonesAroundLetters;
        var length = (Nibble(samples, 2, sampleRate) << 4) | Nibble(samples, 3, sampleRate);
        tones += length * TonesOfLetter;
        if (length is 0 or > LongestWord || samples.Length < (tones * sampleRate / SymbolsPerSecond) - 8)
            return null;
        var word = new char[length];
        for (var i = 0; i < length; i++)
        {
            var first = 4 + (i * TonesOfLetter);
            for (var tone = 0; tone < TonesOfLetter; tone++)
                word[i] = (char)((word[i] << 4) | Nibble(samples, first + tone, sampleRate));
        }

        var sum = (Nibble(samples, tones - 2, sampleRate) << 4) | Nibble(samples, tones - 1, sampleRate);
        return sum == SumOf(new string(word)) ? new string(word) : null;
    }

    static int Nibble(ReadOnlySpan<short> samples, int symbolAt, int sampleRate)
    {
        var symbol = sampleRate / SymbolsPerSecond;
        // The edges belong half to the neighbours once the rate was changed.
        var from = (symbolAt * symbol) + (symbol / 10);
        var window = samples.Slice(Math.Min(from, samples.Length - 1), Math.Min(symbol * 8 / 10, samples.Length - Math.Min(from, samples.Length - 1)));
        var (best, most) = (0, -1.0);
        for (var nibble = 0; nibble < 16; nibble++)
        {
            if (ShareOf(window, Tone(nibble), sampleRate) is var share && share > most)
                (best, most) = (nibble, share);
        }

        return best;
    }

    // Share of the energy at one frequency, 0 to 1.
    static double ShareOf(ReadOnlySpan<short> samples, double tone, int sampleRate)
    {
        double cosine = 0, sine = 0, energy = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * tone * i / sampleRate);
            cosine += samples[i] * cos;
            sine += samples[i] * sin;
            energy += (double)samples[i] * samples[i];
        }

        return energy < samples.Length * 100.0 ? 0 : ((cosine * cosine) + (sine * sine)) * 2 / (energy * samples.Length);
    }
}
