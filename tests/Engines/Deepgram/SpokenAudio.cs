using VoiceGrains.Silo.Engines.Scripted;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>Audio in which words of 100 ms and pauses follow each other.</summary>
static class SpokenAudio
{
    /// <summary>Speaks texts; numbers are pauses in milliseconds.</summary>
    public static byte[] Of(params object[] parts) => [.. parts.SelectMany(static part => part is int pause ? Pause(pause) : ScriptedAudio.Encode((string)part))];

    public static byte[] Pause(int milliseconds) => ScriptedAudio.Silence(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>So many different words.</summary>
    public static string Words(int count, string name = "word") => string.Join(' ', Enumerable.Range(1, count).Select(number => $"{name}{number}"));

    /// <summary>Sound that is no word.</summary>
    public static byte[] Noise(int milliseconds)
    {
        var samples = Enumerable.Range(0, milliseconds * 16).Select(static place => (short)(place / 20 % 2 == 0 ? 3_000 : -3_000));
        return [.. samples.SelectMany(BitConverter.GetBytes)];
    }
}
