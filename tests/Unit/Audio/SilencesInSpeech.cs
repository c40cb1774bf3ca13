using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Audio;

namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>Silences become short, and speech stays as it is to the sample.</summary>
public sealed class SilencesInSpeech
{
    const int Millisecond = 16;
    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(80);

    // A stretch of speech and the silence behind it, in samples; no shorter than a burst of a consonant.
    static readonly Gen<(int Speech, int Silence)[]> Stretches =
        Gen.Choose(20 * Millisecond, 400 * Millisecond).Zip(Gen.Choose(0, 600 * Millisecond)).NonEmptyListOf().Select(static all => all.ToArray());

    static readonly Gen<int[]> Cuts = Gen.Choose(1, 3_000).NonEmptyListOf().Select(static cuts => cuts.ToArray());

    [Fact]
    public void No_sample_of_speech_is_lost_or_changed() => Law.Holds(Stretches.Zip(Cuts), static given =>
    {
        var audio = Speech(given.Item1);
        return Trimmed(audio, given.Item2).Where(static sample => sample != 0).SequenceEqual(audio.Where(static sample => sample != 0));
    });

    [Fact]
    public void No_silence_is_longer_than_the_longest() => Law.Holds(Stretches.Zip(Cuts), static given =>
    {
        // Speech does not begin with a step, so the silent rest of two steps is left beside it.
        var longest = (80 + 20) * Millisecond;
        return SilencesOf(Trimmed(Speech(given.Item1), given.Item2)).All(length => length <= longest);
    });

    [Fact]
    public void Short_silences_stay_as_they_are() => Law.Holds(Stretches.Zip(Cuts), static given =>
    {
        var audio = Speech([.. given.Item1.Select(static stretch => (stretch.Speech, Math.Min(stretch.Silence, 80 * Millisecond)))]);
        return Trimmed(audio, given.Item2).SequenceEqual(audio);
    });

    [Fact]
    public void However_the_audio_is_cut_the_same_comes_out() => Law.Holds(Gen.Choose(0, 1_000_000).Zip(Cuts), static given =>
    {
        var audio = MadeUpSpeech.Of(given.Item1);
        return Trimmed(audio, given.Item2).SequenceEqual(Trimmed(audio, [audio.Length]));
    });

    [Fact]
    public void A_burst_too_short_to_begin_speech_is_not_cut_away()
    {
        // The closure of a t, its burst of 8 ms, and silence again.
        short[] audio = [.. Loud(200), .. new short[200 * Millisecond], .. Loud(8), .. new short[300 * Millisecond]];

        var heard = Trimmed(audio, [audio.Length]);

        Assert.Equal(audio.Where(static sample => sample != 0), heard.Where(static sample => sample != 0));
        Assert.True(heard.Length < audio.Length - (300 * Millisecond));
    }

    [Fact]
    public void A_noisy_room_is_joined_without_a_click()
    {
        // A hum so quiet that it is silence: a seam in it would be a step as high as the hum.
        var hum = Tone.Of(43, 16_000, TimeSpan.FromSeconds(0.6), amplitude: 60);
        short[] audio = [.. Loud(200), .. hum, .. Loud(200)];

        var heard = Trimmed(audio, [777]);

        var silence = heard[(200 * Millisecond)..^(200 * Millisecond)];
        Assert.InRange(silence.Length, 60 * Millisecond, 100 * Millisecond);
        Assert.True(silence.Zip(silence.Skip(1)).Max(static pair => Math.Abs(pair.First - pair.Second)) <= 3);
    }

    [Fact]
    public void A_silence_over_the_end_of_a_clause_is_shortened_as_one()
    {
        var trim = new SilenceTrim();
        var audio = Tone.Bytes([.. Loud(200), .. new short[300 * Millisecond]]);

        var first = trim.Apply(audio).Length + trim.Flush().Length;
        var second = trim.Apply(Tone.Bytes([.. new short[300 * Millisecond], .. Loud(200)])).Length + trim.Flush().Length;

        Assert.Equal(((200 + 80) * Millisecond * 2, (40 + 200) * Millisecond * 2), (first, second));
    }

    [Fact]
    public void Less_than_20_ms_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(static () => new SilenceTrim(TimeSpan.FromMilliseconds(19)));

    static short[] Trimmed(short[] audio, int[] cuts)
    {
        var trim = new SilenceTrim(Longest);
        byte[] heard = [.. TempoOfAudio.PiecesOf(Tone.Bytes(audio), cuts).SelectMany(piece => trim.Apply(piece.Span).ToArray())];
        return Tone.Samples([.. heard, .. trim.Flush().ToArray()]);
    }

    static short[] Speech((int Speech, int Silence)[] stretches) => [.. stretches.SelectMany(static stretch => Loud(stretch.Speech / Millisecond).Concat(new short[stretch.Silence]))];

    // Without a single 0, so that speech and silence can be told apart.
    static short[] Loud(int milliseconds) => [.. Enumerable.Range(0, milliseconds * Millisecond).Select(static i => (short)(i * 7_919 % 4_001 - 2_000 is var sample and not 0 ? sample : 1))];

    static IEnumerable<int> SilencesOf(short[] samples)
    {
        var length = 0;
        foreach (var sample in samples)
        {
            if (sample == 0)
            {
                length++;
                continue;
            }

            yield return length;
            length = 0;
        }

        yield return length;
    }
}
