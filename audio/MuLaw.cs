namespace VoiceGrains.Audio;

/// <summary>Mu-law coding of 16-bit samples (ITU-T G.711): a sign, a 3-bit exponent and a 4-bit mantissa, inverted.</summary>
public static class MuLaw
{
    const int Bias = 0x84;
    const int Clip = 32_635;

    public static byte Encode(short sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs((int)sample), Clip) + Bias;
        var exponent = 7 - int.LeadingZeroCount(magnitude << 17);
        exponent = Math.Max(0, exponent);
        var mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte)~(sign | (exponent << 4) | mantissa);
    }

    public static short Decode(byte code)
    {
        var inverted = (byte)~code;
        var magnitude = ((((inverted & 0x0F) << 3) + Bias) << ((inverted >> 4) & 7)) - Bias;
        return (short)((inverted & 0x80) != 0 ? -magnitude : magnitude);
    }
}
