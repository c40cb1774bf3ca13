namespace VoiceGrains;

/// <summary>How long audio plays. Inside the cluster all audio is PCM, 16 bit, mono, 16 kHz.</summary>
static class AudioTime
{
    const int TicksOfSample = 625;

    /// <summary>Exact, so that sums of frames and positions of recognizers agree to the tick.</summary>
    public static TimeSpan Of(ReadOnlyMemory<byte> audio) => TimeSpan.FromTicks(audio.Length / 2 * TicksOfSample);
}
