using VoiceGrains.Audio;

namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>Mu-law against the tables of ITU-T G.711, whose values are 14 bits wide: ours are four times those.</summary>
public sealed class MuLawCoding
{
    // G.711 table 2a: character signal and quantized value at the ends of the eight segments.
    [Theory]
    [InlineData(0x80, 8_031)]
    [InlineData(0x8F, 4_191)]
    [InlineData(0x9F, 2_079)]
    [InlineData(0xAF, 1_023)]
    [InlineData(0xBF, 495)]
    [InlineData(0xCF, 231)]
    [InlineData(0xDF, 99)]
    [InlineData(0xEF, 33)]
    [InlineData(0xFE, 2)]
    [InlineData(0xFF, 0)]
    public void Codes_decode_to_the_values_of_the_standard(byte code, int value)
    {
        Assert.Equal(4 * value, MuLaw.Decode(code));
        Assert.Equal(-4 * value, MuLaw.Decode((byte)(code & 0x7F)));
    }

    // G.711 table 2a: decision values, at which the next code begins.
    [Theory]
    [InlineData(8_159, 0x80)]
    [InlineData(7_903, 0x80)]
    [InlineData(7_902, 0x81)]
    [InlineData(4_063, 0x8F)]
    [InlineData(4_062, 0x90)]
    [InlineData(31, 0xEF)]
    [InlineData(30, 0xF0)]
    [InlineData(1, 0xFE)]
    [InlineData(0, 0xFF)]
    public void Samples_encode_to_the_codes_of_the_standard(int value, byte code) => Assert.Equal(code, MuLaw.Encode((short)(4 * value)));

    [Fact]
    public void Every_code_survives_decoding_and_encoding_but_the_negative_zero()
    {
        for (var code = 0; code <= 255; code++)
            Assert.Equal(code == 0x7F ? 0xFF : code, MuLaw.Encode(MuLaw.Decode((byte)code)));
    }

    [Fact]
    public void Every_sample_comes_back_within_half_a_step_of_its_size()
    {
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            var error = Math.Abs(MuLaw.Decode(MuLaw.Encode((short)sample)) - sample);
            Assert.True(error <= (Math.Abs(sample) + 132) / 32, $"{sample} is off by {error}");
        }
    }

    [Fact]
    public void Louder_samples_never_get_quieter_codes()
    {
        var last = short.MinValue;
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            var decoded = MuLaw.Decode(MuLaw.Encode((short)sample));
            Assert.True(decoded >= last, $"{sample} became {decoded} after {last}");
            last = decoded;
        }
    }
}
