using VoiceGrains.Audio;

namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>Audio between the formats of connections and that of the cluster.</summary>
public sealed class Conversions
{
    public static TheoryData<string> Formats => [.. AudioFormat.All.Select(static format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_tone_survives_the_way_into_the_cluster_and_out_again(string name)
    {
        Assert.SkipUnless(Resampler.IsAvailable, "libspeexdsp1 is not installed.");
        var format = Format(name);
        using var make = new AudioConverter(AudioFormat.Cluster, format);
        using var into = new AudioConverter(format, AudioFormat.Cluster);

        var there = make.Convert(Tone.Bytes(Tone.Of(440, 16_000, TimeSpan.FromSeconds(1))));
        var back = Tone.Samples(into.Convert(there));

        Assert.InRange(there.Length, format.BytesPerSecond * 0.98, format.BytesPerSecond);
        Assert.InRange(Tone.AmplitudeAt(440, 16_000, back.AsSpan(800, 14_400)), 9_700, 10_300);
    }

    [Fact]
    public void The_same_format_is_passed_on_as_it_is()
    {
        using var converter = new AudioConverter(AudioFormat.Cluster, AudioFormat.Cluster);

        Assert.Equal([1, 2, 3, 4], converter.Convert([1, 2, 3, 4]));
    }

    [Fact]
    public void Mu_law_of_the_same_rate_needs_no_library()
    {
        using var converter = new AudioConverter(Format("mulaw8"), Format("pcm8"));

        Assert.True(AudioConverter.CanConvert(Format("mulaw8"), Format("pcm8")));
        Assert.Equal(Tone.Bytes([0, 32_124, -32_124]), converter.Convert([0xFF, 0x80, 0x00]));
    }

    [Theory]
    [InlineData("pcm16", 32_000, 1_000)]
    [InlineData("pcm8", 320, 20)]
    [InlineData("pcm48", 960, 10)]
    [InlineData("mulaw8", 160, 20)]
    public void A_format_knows_how_long_its_bytes_play(string name, int bytes, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Format(name).DurationOf(bytes));

    [Fact]
    public void A_recording_of_hours_has_its_length() =>
        Assert.Equal(TimeSpan.FromHours(5), Format("pcm48").DurationOf(5 * 3_600 * 96_000));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("PCM16")]
    [InlineData("opus")]
    public void Other_names_are_no_formats(string? name) => Assert.False(AudioFormat.TryParse(name, out _));

    static AudioFormat Format(string name)
    {
        Assert.True(AudioFormat.TryParse(name, out var format));
        return format;
    }
}
