namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>Says given frames, each when its audio has come.</summary>
sealed class ScriptedFrames(ListenServer server, IReadOnlyList<(TimeSpan After, string Frame)> frames)
{
    long _bytes;
    int _next;

    public async Task Hear(int bytes)
    {
        _bytes += bytes;
        while (_next < frames.Count && frames[_next].After.TotalSeconds * 32_000 <= _bytes)
            await server.Say(frames[_next++].Frame);
    }
}
