using VoiceGrains.Audio;

namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>Another sample rate changes neither what is heard nor how long it lasts.</summary>
public sealed class SampleRates
{
    static readonly int[] Rates = [8_000, 16_000, 24_000, 48_000];

    public static TheoryData<int, int> Pairs => [.. Rates.SelectMany(static from => Rates.Where(to => to != from).Select(to => (from, to)))];

    public SampleRates() => Assert.SkipUnless(Resampler.IsAvailable, "libspeexdsp1 is not installed.");

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_tone_keeps_its_frequency_and_its_level(int from, int to)
    {
        using var resampler = new Resampler(from, to);

        var heard = resampler.Resample(Tone.Of(440, from, TimeSpan.FromSeconds(1)));

        // Without its first and last 50 ms, where the filter swings in.
        var middle = heard.AsSpan((to / 20)..(heard.Length - (to / 20)));
        Assert.InRange(Tone.AmplitudeAt(440, to, middle), 9_800, 10_200);
        Assert.InRange(Tone.Amplitude(middle), 9_800, 10_200);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_length_stays_the_same_but_for_the_filters_delay(int from, int to)
    {
        using var resampler = new Resampler(from, to);

        var heard = resampler.Resample(new short[from]).Length;
        var whole = heard + resampler.Flush().Length;

        Assert.InRange(heard, to - (to / 100), to);
        Assert.InRange(whole, to - 1, to + 1);
    }

    [Fact]
    public void Frames_join_without_a_seam()
    {
        var tone = Tone.Of(440, 48_000, TimeSpan.FromSeconds(1));
        using var whole = new Resampler(48_000, 16_000);
        using var cut = new Resampler(48_000, 16_000);

        var inFrames = tone.Chunk(333).SelectMany(frame => cut.Resample(frame));

        Assert.Equal(whole.Resample(tone), inFrames);
    }

    [Fact]
    public void What_the_lower_rate_cannot_hold_is_filtered_out()
    {
        using var resampler = new Resampler(48_000, 8_000);

        var heard = resampler.Resample(Tone.Of(6_000, 48_000, TimeSpan.FromSeconds(1)));

        Assert.InRange(Tone.Amplitude(heard.AsSpan(400)), 0, 200);
    }

    [Fact]
    public void Nothing_in_is_nothing_out()
    {
        using var resampler = new Resampler(8_000, 16_000);

        Assert.Empty(resampler.Resample([]));
    }

    [Fact]
    public void A_disposed_resampler_says_so()
    {
        var resampler = new Resampler(8_000, 16_000);
        resampler.Dispose();
        resampler.Dispose();

        Assert.Throws<ObjectDisposedException>(() => resampler.Resample(new short[10]));
    }
}
