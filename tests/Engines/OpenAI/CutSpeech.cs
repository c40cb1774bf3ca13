using System.Runtime.InteropServices;
using VoiceGrains.Audio;
using VoiceGrains.Silo.Engines.OpenAI;
using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Engines.OpenAI;

/// <summary>The rule that cuts a participant's audio into segments.</summary>
public sealed class CutSpeech
{
    static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(600);

    [Fact]
    public void A_segment_holds_the_very_audio_that_was_said()
    {
        byte[] speech = ScriptedAudio.Encode("where is the station?");
        var segments = Cut(new SpeechCutter(EndPause, TimeSpan.FromSeconds(15)), [.. ScriptedAudio.Silence(TimeSpan.FromSeconds(1)), .. speech, .. ScriptedAudio.Silence(TimeSpan.FromSeconds(1))]);

        var segment = Assert.Single(segments);
        Assert.Equal(["where", "is", "the", "station?"], ScriptedAudio.Decode(segment.Audio));
        Assert.Equal(AudioFormat.Cluster.DurationOf(segment.Audio.Length), segment.End - segment.Start);
    }

    [Fact]
    public void Whoever_said_much_holds_no_more_memory_than_others_once_it_is_handed_on()
    {
        byte[] monologue = [.. ScriptedAudio.Encode(Enumerable.Repeat("station", 140)), .. ScriptedAudio.Silence(TimeSpan.FromSeconds(1))];
        var cutters = Enumerable.Range(0, 100).Select(static _ => new SpeechCutter(EndPause, TimeSpan.FromSeconds(15))).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var cutter in cutters)
            Assert.Single(Cut(cutter, monologue));

        // Each had 450 KB and more; what other tests use at the same time is far less than all of that.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000);
        GC.KeepAlive(cutters);
    }

    static List<SpeechSegment> Cut(SpeechCutter cutter, byte[] audio) =>
        [.. MemoryMarshal.Cast<byte, short>(audio).ToArray().Chunk(VoiceActivity.Step).Select(cutter.Take).OfType<SpeechSegment>()];
}
