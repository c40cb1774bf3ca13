using System.Runtime.InteropServices;
using VoiceGrains.Client;

namespace VoiceGrains.Tests.Unit.Client;

/// <summary>Where speech ends in a recording, and when a listener heard what.</summary>
public sealed class SpeechOfARecording
{
    [Fact]
    public void Each_stretch_of_speech_has_its_end()
    {
        var ends = SpeechEnds.Find([.. Silence(0.5), .. Speech(0.5), .. Silence(0.5), .. Speech(0.3), .. Silence(0.1), .. Speech(0.2), .. Silence(1), .. Speech(0.4)]);

        Assert.Equal([1, 2.1, 3.5], ends.Select(static end => Math.Round(end.TotalSeconds, 2)));
    }

    [Fact]
    public void Silence_has_no_end_of_speech()
    {
        Assert.Empty(SpeechEnds.Find(Silence(2)));
        Assert.Empty(SpeechEnds.Find([]));
    }

    [Fact]
    public void What_was_heard_stands_where_it_arrived_and_clauses_do_not_overlap()
    {
        var heard = new HeardAudio();

        heard.Add(TimeSpan.FromSeconds(1), Speech(0.5));
        heard.Add(TimeSpan.FromSeconds(1.2), Speech(0.5));
        heard.Add(TimeSpan.FromSeconds(3), Speech(0.1));

        Assert.Equal(3.1, heard.ToArray().Length / 32_000.0, 3);
        Assert.Equal(TimeSpan.FromSeconds(1.1), heard.Speech);
        Assert.Equal(0, heard.ToArray()[31_999]);
        Assert.NotEqual(0, heard.ToArray()[32_000]);
        Assert.Equal(0, heard.ToArray()[70_000]);
    }

    static byte[] Silence(double seconds) => new byte[(int)(seconds * 16_000) * 2];

    // Full words of 16 bit, loud and without a zero.
    static byte[] Speech(double seconds)
    {
        var samples = new short[(int)(seconds * 16_000)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(i % 20 < 10 ? 8_001 : -8_001);
        return MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();
    }
}
