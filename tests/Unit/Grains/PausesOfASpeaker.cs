using VoiceGrains.Audio;
using VoiceGrains.Recognition;
using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A pause is noticed by the sound alone, in whatever pieces it comes.</summary>
public sealed class PausesOfASpeaker
{
    static readonly byte[] Speech = ScriptedAudio.Encode("some words");
    static readonly byte[] Silence = ScriptedAudio.Silence(TimeSpan.FromSeconds(0.5));
    static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(30);

    [Theory]
    [InlineData(160)]
    [InlineData(640)]
    [InlineData(3_200)]
    [InlineData(998)]
    public void Who_falls_silent_pauses_since_their_last_sound_and_goes_on_with_their_next(int piece)
    {
        var heard = Hear([.. Silence, .. Speech, .. Silence, .. Speech], piece);

        var end = AudioFormat.Cluster.DurationOf(Silence.Length + Speech.Length);
        Assert.Equal(2, heard.Count);
        Assert.InRange(heard[0].Since!.Value, end - Margin, end + Margin);
        Assert.True(heard[0].At - end < TimeSpan.FromMilliseconds(160) + AudioFormat.Cluster.DurationOf(piece));
        Assert.Null(heard[1].Since);
    }

    [Fact]
    public void Who_has_not_spoken_yet_does_not_pause() => Assert.Empty(Hear([.. Silence, .. Silence, .. Silence], 640));

    static List<(TimeSpan? Since, TimeSpan At)> Hear(byte[] audio, int piece)
    {
        var (watch, heard) = (new PauseWatch(), new List<(TimeSpan?, TimeSpan)>());
        var at = 0;
        foreach (var part in audio.Chunk(piece))
        {
            at += part.Length;
            if (watch.Take(part, AudioFormat.Cluster.DurationOf(at)))
                heard.Add((watch.SilentSince, AudioFormat.Cluster.DurationOf(at)));
        }

        return heard;
    }
}
