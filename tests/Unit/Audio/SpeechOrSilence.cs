using VoiceGrains.Audio;

namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>Speech begins with a loud stretch, not with a click, and goes on through its quieter parts.</summary>
public sealed class SpeechOrSilence
{
    readonly VoiceActivity _activity = new();
    readonly Random _random = new(20_260_101);

    [Fact]
    public void Digital_silence_is_no_speech() => Assert.DoesNotContain(true, Hear(0, seconds: 5));

    [Fact]
    public void The_noise_of_a_quiet_room_is_no_speech() => Assert.DoesNotContain(true, Hear(30, seconds: 5));

    [Fact]
    public void Speech_is_heard_within_30_ms_and_ends_with_its_sound()
    {
        Hear(30, seconds: 1);

        var burst = Hear(3_000, seconds: 0.5);
        var after = Hear(30, seconds: 0.5);

        Assert.Equal([false, false, true], burst[..3]);
        Assert.DoesNotContain(false, burst[3..]);
        Assert.DoesNotContain(true, after);
    }

    [Fact]
    public void A_click_is_no_speech()
    {
        Hear(30, seconds: 1);

        Assert.DoesNotContain(true, Hear(20_000, seconds: 0.02));
        Assert.DoesNotContain(true, Hear(30, seconds: 0.5));
    }

    [Fact]
    public void Clicks_do_not_add_up_to_speech()
    {
        var heard = Enumerable.Range(0, 20).SelectMany(_ => Hear(20_000, seconds: 0.02).Concat(Hear(0, seconds: 0.01)));

        Assert.DoesNotContain(true, heard);
    }

    [Fact]
    public void A_level_that_would_not_begin_speech_keeps_it_going()
    {
        // 10 dB over the floor of a quiet room: 12 begin speech, 7 keep it going.
        const double Between = 240;
        Assert.DoesNotContain(true, Hear(Between, seconds: 0.05));

        Hear(10_000, seconds: 0.1);

        Assert.DoesNotContain(false, Hear(Between, seconds: 0.2));
    }

    [Fact]
    public void A_fan_that_starts_is_taken_for_noise_after_some_seconds()
    {
        Hear(10, seconds: 1);

        Hear(300, seconds: 60);

        Assert.DoesNotContain(true, Hear(300, seconds: 1));
        Assert.Contains(true, Hear(10_000, seconds: 0.2));
    }

    [Fact]
    public void Levels_are_relative_to_full_scale()
    {
        Assert.Equal(-96, VoiceActivity.Level(new short[160]));
        Assert.Equal(-96, VoiceActivity.Level(ReadOnlySpan<short>.Empty));
        Assert.Equal(0, VoiceActivity.Level(Enumerable.Repeat(short.MinValue, 160).ToArray()), 3);
        Assert.Equal(-3.01, VoiceActivity.Level(Tone.Of(1_000, 16_000, TimeSpan.FromSeconds(1), short.MaxValue)), 2);
    }

    List<bool> Hear(double amplitude, double seconds)
    {
        var heard = new List<bool>();
        for (var step = 0; step < (int)Math.Round(seconds * 100); step++)
        {
            var samples = new short[VoiceActivity.Step];
            for (var i = 0; i < samples.Length; i++)
                samples[i] = (short)(((_random.NextDouble() * 2) - 1) * amplitude);
            heard.Add(_activity.Take(samples));
        }

        return heard;
    }
}
