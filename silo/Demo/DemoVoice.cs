using System.Threading.Channels;
using VoiceGrains.Audio;
using VoiceGrains.Client;

namespace VoiceGrains.Silo.Demo;

/// <summary>One of the two who talk in the demo: a microphone that is always open, connected over a real socket like any other.</summary>
sealed class DemoVoice(Caller caller, TimeProvider time)
{
    static readonly TimeSpan FrameLength = TimeSpan.FromMilliseconds(100);
    static readonly int FrameBytes = (int)(FrameLength.TotalSeconds * AudioFormat.Cluster.BytesPerSecond);

    // One line at a time is spoken; two wait at most.
    readonly Channel<(byte[] Speech, TaskCompletionSource Spoken)> _lines = Channel.CreateBounded<(byte[], TaskCompletionSource)>(2);

    /// <summary>Speaks; completes when the last sound has left.</summary>
    public async Task Speak(byte[] speech, CancellationToken cancellationToken)
    {
        var spoken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _lines.Writer.WriteAsync((speech, spoken), cancellationToken);
        await spoken.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Sends a frame every 100 ms: speech when there is some, else silence.</summary>
    public async Task SpeakAll(CancellationToken cancellationToken)
    {
        var silence = new byte[FrameBytes];
        using var ticks = new PeriodicTimer(FrameLength, time);
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            if (!_lines.Reader.TryRead(out var line))
            {
                caller.Speak(silence);
                continue;
            }

            for (var at = 0; at < line.Speech.Length; at += FrameBytes)
            {
                var frame = new byte[FrameBytes];
                line.Speech.AsSpan(at, Math.Min(FrameBytes, line.Speech.Length - at)).CopyTo(frame);
                caller.Speak(frame);
                await ticks.WaitForNextTickAsync(cancellationToken);
            }

            line.Spoken.TrySetResult();
        }
    }
}
