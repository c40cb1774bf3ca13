using VoiceGrains.Audio;
using VoiceGrains.Tests.Unit.Audio;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>Each effect changes the spectrum as its name says, however the audio is cut.</summary>
public sealed class EffectsOfVoices
{
    const int Rate = 16_000;

    // Behind the beginning, where filters still swing.
    const int Settled = 3_200;

    public static TheoryData<string, double, double, double> Spectrum => new()
    {
        // Effect, frequency, and between which decibels it changes.
        { "telephone", 60, -90, -30 },
        { "telephone", 1_000, -0.5, 0.5 },
        { "telephone", 2_500, -1, 0.5 },
        { "telephone", 6_500, -90, -25 },
        { "warm", 100, 0.3, 1.5 },
        { "warm", 7_000, -10, -8 },
        { "bright", 80, -9, -7 },
        { "bright", 6_000, 1, 3 },
        { "whisper-soft", 120, -60, -20 },
        { "whisper-soft", 1_000, -11, -6 },
    };

    [Theory]
    [MemberData(nameof(Spectrum))]
    public void A_frequency_is_raised_or_lowered(string effect, double hertz, double least, double most)
    {
        var tone = Tone.Of(hertz, Rate, TimeSpan.FromSeconds(1), amplitude: 8_000);

        var changed = Tone.Samples(VoiceEffect.Find(effect)!.Apply(Tone.Bytes(tone)));

        Assert.Equal(tone.Length, changed.Length);
        Assert.InRange(Decibels(hertz, changed) - Decibels(hertz, tone), least, most);
    }

    [Fact]
    public void A_whisper_has_breath_while_somebody_speaks_and_none_in_silence()
    {
        var effect = VoiceEffect.Find("whisper-soft")!;

        var spoken = Tone.Samples(effect.Apply(Tone.Bytes(Tone.Of(1_000, Rate, TimeSpan.FromSeconds(1), 8_000))))[Settled..];
        effect.Apply(new byte[Rate]);
        var silent = Tone.Samples(effect.Apply(new byte[Rate]));

        Assert.True(NoiseOf(spoken) > 100, $"The noise has an amplitude of {NoiseOf(spoken)}.");
        Assert.All(silent, static sample => Assert.InRange(sample, (short)-1, (short)1));
    }

    [Theory]
    [InlineData("telephone")]
    [InlineData("warm")]
    [InlineData("bright")]
    [InlineData("whisper-soft")]
    public void However_the_audio_is_cut_the_same_comes_out(string effect)
    {
        var audio = Tone.Bytes(Tone.Of(440, Rate, TimeSpan.FromSeconds(1), 20_000));
        var whole = VoiceEffect.Find(effect)!.Apply(audio);

        var piecewise = VoiceEffect.Find(effect)!;
        int[] cuts = [0, 2, 642, 644, 3_844, 10_002, audio.Length];
        var pieces = cuts.Zip(cuts.Skip(1)).SelectMany(cut => piecewise.Apply(audio.AsSpan(cut.First..cut.Second)));

        Assert.Equal(whole, pieces);
    }

    [Theory]
    [InlineData("telephone")]
    [InlineData("warm")]
    [InlineData("bright")]
    [InlineData("whisper-soft")]
    public void The_loudest_sound_does_not_wrap_around(string effect)
    {
        var loudest = Tone.Of(300, Rate, TimeSpan.FromSeconds(0.5), short.MaxValue);

        var changed = Tone.Samples(VoiceEffect.Find(effect)!.Apply(Tone.Bytes(loudest)));

        // A sample that wrapped would jump by the whole range.
        Assert.All(changed.Zip(changed.Skip(1)), static pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 30_000));
    }

    [Fact]
    public void Each_name_has_an_effect_and_others_have_none()
    {
        Assert.Equal(4, VoiceEffect.Names.Count);
        Assert.All(VoiceEffect.Names, static name => Assert.NotNull(VoiceEffect.Find(name)));
        Assert.Null(VoiceEffect.Find("loud"));
        Assert.Null(VoiceEffect.Find(null));
    }

    static double Decibels(double hertz, short[] samples) => 20 * Math.Log10(Tone.AmplitudeAt(hertz, Rate, samples.AsSpan(Settled)));

    // What is not the tone.
    static double NoiseOf(short[] samples)
    {
        var (all, tone) = (Tone.Amplitude(samples), Tone.AmplitudeAt(1_000, Rate, samples));
        return Math.Sqrt(Math.Max(0, (all * all) - (tone * tone)));
    }
}
