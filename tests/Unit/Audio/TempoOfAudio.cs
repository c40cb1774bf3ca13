using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Audio;

namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>Another tempo changes how long speech lasts, and nothing else that one hears.</summary>
public sealed class TempoOfAudio
{
    const int Rate = 16_000;

    // Hop and overlap together.
    const int Frame = 480;

    static readonly Gen<int> Seeds = Gen.Choose(0, int.MaxValue - 1);
    static readonly Gen<double> Tempos = Gen.Choose(80, 150).Select(static percent => percent / 100.0);
    static readonly Gen<int[]> Cuts = Gen.Choose(1, 3_000).NonEmptyListOf().Select(static cuts => cuts.ToArray());

    public static TheoryData<double> Speeds => [0.8, 0.9, 1.05, 1.1, 1.25, 1.5];

    [Fact]
    public void A_tempo_of_1_changes_no_sample_and_holds_none_back() => Law.Holds(Seeds.Zip(Cuts), static given =>
    {
        var (audio, stretch, at) = (Speech(given.Item1), new TimeStretch(), 0);
        foreach (var piece in Pieces(audio, given.Item2))
        {
            if (!stretch.Apply(piece, 1).Span.SequenceEqual(audio.AsSpan(at, piece.Length)))
                return false;
            at += piece.Length;
        }

        return stretch.Flush().IsEmpty;
    });

    [Fact]
    public void However_the_audio_is_cut_the_same_comes_out() => Law.Holds(Seeds.Zip(Tempos).Zip(Cuts), static given =>
    {
        var ((seed, tempo), cuts) = given;
        var audio = Speech(seed);
        return Stretched(tempo, [audio]).AsSpan().SequenceEqual(Stretched(tempo, Pieces(audio, cuts)));
    });

    [Fact]
    public void It_lasts_as_long_as_the_tempo_says() => Law.Holds(Seeds.Zip(Tempos).Zip(Gen.Choose(0, 40_000)), static given =>
    {
        var ((seed, tempo), length) = given;
        var audio = Speech(seed, 2.5)[..(length * 2)];
        return Math.Abs((Stretched(tempo, [audio]).Length / 2) - (length / tempo)) <= Frame;
    });

    [Fact]
    public void Silence_stays_silence() => Law.Holds(Tempos.Zip(Cuts), static given =>
        Stretched(given.Item1, Pieces(new byte[Rate], given.Item2)).All(static sample => sample == 0));

    [Fact]
    public void What_lies_behind_a_chunk_is_not_looked_at() => Law.Holds(Seeds.Zip(Tempos), static given =>
    {
        var audio = Speech(given.Item1);
        var between = new byte[audio.Length + 8_000];
        Array.Fill(between, (byte)0x7F);
        audio.CopyTo(between, 4_000);
        return Stretched(given.Item2, [audio]).AsSpan().SequenceEqual(Stretched(given.Item2, [between.AsMemory(4_000, audio.Length)]));
    });

    [Theory]
    [MemberData(nameof(Speeds))]
    public void A_tone_keeps_its_pitch_and_its_loudness(double tempo)
    {
        var heard = Tone.Samples(Stretched(tempo, [Tone.Bytes(Tone.Of(200, Rate, TimeSpan.FromSeconds(4)))]));

        Assert.InRange(PitchOf(heard), 198, 202);
        Assert.InRange(Tone.Amplitude(heard), 9_700, 10_300);
    }

    [Theory]
    [MemberData(nameof(Speeds))]
    public void Tones_have_no_clicks(double tempo)
    {
        for (double hertz = 70; hertz < 1_000; hertz *= 1.07)
        {
            var largest = LargestStep(Tone.Samples(Stretched(tempo, [Tone.Bytes(Tone.Of(hertz, Rate, TimeSpan.FromSeconds(1)))])));

            // The tone's own, and a little for the fade from one period to another.
            Assert.True(largest < (10_000 * 2 * Math.PI * hertz / Rate * 1.1) + 20, $"{hertz} Hz at {tempo}: a step of {largest}.");
        }
    }

    [Fact]
    public void A_tempo_that_comes_and_goes_makes_no_click_and_loses_no_end() => Law.Holds(Cuts.Zip(Seeds), static given =>
    {
        var (random, tone, stretch) = (new Random(given.Item2), Tone.Bytes(Tone.Of(200, Rate, TimeSpan.FromSeconds(3))), new TimeStretch());
        var heard = new List<byte>();
        foreach (var piece in Pieces(tone, given.Item1))
            heard.AddRange(stretch.Apply(piece, random.Next(3) == 0 ? 1 : 0.8 + (random.NextDouble() * 0.7)).Span);
        heard.AddRange(stretch.Flush().Span);
        var samples = Tone.Samples(heard.ToArray());
        return LargestStep(samples) < 900 && heard.TakeLast(320).SequenceEqual(tone.TakeLast(320));
    });

    [Fact]
    public void Back_at_1_every_sample_goes_through_again()
    {
        var audio = Speech(7, 3);
        var stretch = new TimeStretch();
        stretch.Apply(audio.AsSpan(0, 32_000), 1.25);

        var joined = stretch.Apply(audio.AsSpan(32_000, 3_200), 1).Span;

        Assert.True(joined[^3_200..].SequenceEqual(audio.AsSpan(32_000, 3_200)));
        Assert.Equal(audio[35_200..40_000], stretch.Apply(audio.AsSpan(35_200, 4_800), 1).ToArray());
    }

    [Theory]
    [InlineData(0.79)]
    [InlineData(1.51)]
    [InlineData(double.NaN)]
    public void Other_tempos_are_refused(double tempo) => Assert.Throws<ArgumentOutOfRangeException>(() => new TimeStretch().Apply(new byte[2], tempo));

    static byte[] Speech(int seed, double seconds = 1.5) => Tone.Bytes(MadeUpSpeech.Of(seed, seconds));

    // Cuts are in samples and come again until everything is cut.
    internal static IEnumerable<ReadOnlyMemory<byte>> PiecesOf(byte[] audio, int[] cuts)
    {
        for (var (at, i) = (0, 0); at < audio.Length; i++)
        {
            var length = Math.Min(cuts[i % cuts.Length] * 2, audio.Length - at);
            yield return audio.AsMemory(at, length);
            at += length;
        }
    }

    static IEnumerable<byte[]> Pieces(byte[] audio, int[] cuts) => PiecesOf(audio, cuts).Select(static piece => piece.ToArray());

    static byte[] Stretched(double tempo, IEnumerable<byte[]> pieces) => Stretched(tempo, pieces.Select(static piece => (ReadOnlyMemory<byte>)piece));

    static byte[] Stretched(double tempo, IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        var stretch = new TimeStretch();
        byte[] heard = [.. pieces.SelectMany(piece => stretch.Apply(piece.Span, tempo).ToArray())];
        return [.. heard, .. stretch.Flush().ToArray()];
    }

    // Periods between the first and the last time that it rises through nothing.
    static double PitchOf(short[] samples)
    {
        var rises = Enumerable.Range(1, samples.Length - 1).Where(i => samples[i - 1] < 0 && samples[i] >= 0).ToList();
        return (rises.Count - 1) * (double)Rate / (rises[^1] - rises[0]);
    }

    static int LargestStep(short[] samples) => samples.Zip(samples.Skip(1)).Max(static pair => Math.Abs(pair.First - pair.Second));
}
