using VoiceGrains.Audio;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>An open microphone: a frame leaves whenever one is full, speech by the script and silence else, until the call is over.</summary>
sealed class Microphone(CallScript script, string person)
{
    public static readonly TimeSpan FrameLength = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan SettleWithin = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);
    static readonly int FrameBytes = AudioFormat.Cluster.BytesPerSecond / 10;

    readonly List<TimeSpan> _sentAt = [];

    /// <summary>When each frame left.</summary>
    public IReadOnlyList<TimeSpan> SentAt => _sentAt;

    /// <summary>Says the whole script, then silence until <paramref name="isDone"/>.</summary>
    public async Task Say(Action<byte[]> say, TimeSpan start, RunClock clock, Func<bool> isDone, CancellationToken cancellationToken)
    {
        foreach (var frame in Speech())
        {
            await clock.Until(start + (FrameLength * (_sentAt.Count + 1)), cancellationToken);
            _sentAt.Add(clock.Now);
            say(frame);
        }

        // Silence is settled in stretches, and told a little later: frame by frame, until there is nothing that is not settled.
        while (!isDone())
        {
            _sentAt.Add(clock.Now);
            say(new byte[FrameBytes]);
            for (var sentAt = clock.Now; !isDone() && clock.Now < sentAt + SettleWithin;)
                await clock.Until(clock.Now + LookAgain, cancellationToken);
        }
    }

    List<byte[]> Speech()
    {
        var frames = (int)Math.Ceiling(script.Length / FrameLength);
        var audio = new byte[frames * FrameBytes];
        foreach (var line in script.LinesOf(person))
            ScriptedAudio.Encode(line.Words, SamplesOf(Line.WordLength)).CopyTo(audio, SamplesOf(line.At) * 2);
        return [.. audio.Chunk(FrameBytes)];
    }

    static int SamplesOf(TimeSpan duration) => (int)(duration.TotalSeconds * AudioFormat.Cluster.SampleRate);
}
