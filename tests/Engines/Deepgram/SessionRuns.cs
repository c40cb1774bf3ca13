using VoiceGrains.Engines;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>Short ways to run a session.</summary>
static class SessionRuns
{
    /// <summary>Says nothing, and waits for a good end.</summary>
    public static async Task RunToEnd(this IRecognizerSession session)
    {
        var recording = new Recording(session);
        session.Complete();
        await recording.Ended;
        await session.DisposeAsync();
        Assert.Null(recording.Fault);
    }
}
