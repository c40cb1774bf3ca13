using VoiceGrains.Audio;
using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.EmulatedVendors;

/// <summary>A recording that the doubles understand, for <c>./voicegrains call</c>: its words are codes in the audio, not speech.</summary>
static class SpokenRecording
{
    /// <summary>Three words a second, as people speak.</summary>
    public const int SamplesOfWord = 5_333;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    static readonly string[] Sentences = ["Good morning, can you hear me?", "These words went through the doubles of all vendors.", "Thank you for listening."];

    public static void Write(string path)
    {
        byte[] audio = [.. Sentences.SelectMany(static sentence => (byte[])[.. ScriptedAudio.Encode(sentence, SamplesOfWord), .. ScriptedAudio.Silence(Pause)])];
        using var file = File.Create(path);
        WavFile.Write(file, AudioFormat.Cluster.SampleRate, audio);
    }
}
