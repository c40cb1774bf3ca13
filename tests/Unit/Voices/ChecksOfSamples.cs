using VoiceGrains.Tests.Unit.Audio;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>A recording is good enough, or it is said what is wrong with it and what to do.</summary>
public sealed class ChecksOfSamples
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(16_000)]
    [InlineData(24_000)]
    [InlineData(48_000)]
    public void A_minute_of_speech_is_taken_at_every_good_rate(int rate)
    {
        var report = SampleCheck.Check(SpokenSample.Of(90, rate: rate), SampleNeed.OfVoice, Now);

        Assert.Empty(report.Flaws);
        Assert.Equal(90, report.Figures!.Length.TotalSeconds, 0.01);
        Assert.Equal(72, report.Figures.Speech.TotalSeconds, 4.0);
        Assert.Equal(-20, report.Figures.Level, 1.0);
        Assert.Equal(0.2, report.Figures.Silent, 0.05);
    }

    public static TheoryData<string, byte[]> Bad => new()
    {
        { "sample-too-short", SpokenSample.Of(60) },
        { "sample-too-long", SpokenSample.Of(170) },
        { "sample-too-long", SpokenSample.Of(181, pauses: 0.5) },
        { "sample-too-quiet", SpokenSample.Of(90, amplitude: 300) },
        { "sample-too-loud", SpokenSample.Of(90, amplitude: 20_000) },
        { "sample-clipped", Clipped(SpokenSample.Of(90)) },
        { "sample-silent", SpokenSample.Of(170, pauses: 0.62) },
        { "sample-silent", SpokenSample.Wav(new short[16_000 * 90]) },
        { "sample-format", SpokenSample.Of(90, rate: 8_000) },
        { "sample-format", WavMaker.File(WavMaker.Format(channels: 2), WavMaker.Data(new byte[64])) },
        { "sample-format", WavMaker.File(WavMaker.Format(coding: 7, rate: 8_000, bits: 8), WavMaker.Data(new byte[64])) },
        { "sample-format", "no recording at all"u8.ToArray() },
        { "sample-format", [] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_wrong_is_named_with_what_to_do(string code, byte[] recording)
    {
        var report = SampleCheck.Check(recording, SampleNeed.OfVoice, Now);

        Assert.Contains(code, report.Flaws.Select(static flaw => flaw.Code));
        Assert.All(report.Flaws, static flaw => Assert.Matches("Record|Cut|Go nearer|Lower|Speak|Convert", flaw.Message));
    }

    [Fact]
    public void All_flaws_are_told_at_once()
    {
        var report = SampleCheck.Check(SpokenSample.Of(30, amplitude: 300, pauses: 0.7), SampleNeed.OfVoice, Now);

        Assert.Equal(["sample-too-short", "sample-too-quiet", "sample-silent"], report.Flaws.Select(static flaw => flaw.Code));
    }

    [Fact]
    public void A_consent_may_be_said_over_a_telephone_but_not_be_silent()
    {
        Assert.Empty(SampleCheck.Check(SpokenSample.Consent, SampleNeed.OfConsent, Now).Flaws);
        Assert.NotEmpty(SampleCheck.Check(SpokenSample.Wav(new short[16_000 * 6]), SampleNeed.OfConsent, Now).Flaws);
    }

    [Fact]
    public void Whatever_is_uploaded_gets_an_answer() =>
        Law.Holds(Any.Bytes, static bytes => SampleCheck.Check([.. "RIFF1234WAVE"u8, .. bytes], SampleNeed.OfVoice, Now).Flaws.Count > 0);

    static byte[] Clipped(byte[] wav)
    {
        // 10 ms at the limit in each second.
        for (var second = 0; second < 90; second++)
            SpokenSample.Wav(Enumerable.Repeat(short.MaxValue, 160).ToArray()).AsSpan(44).CopyTo(wav.AsSpan(44 + (second * 32_000) + 3_200));
        return wav;
    }
}
