using System.Diagnostics;

namespace VoiceGrains.Tests.Load;

/// <summary>One person with an open microphone: a frame leaves whenever one is full.</summary>
sealed class Talker(Speech speech, TimeSpan frame, Measured measured, Func<byte[], Task> send)
{
    // When each frame left, by its number from 0; old ones are overwritten after minutes.
    readonly long[] _sentAt = new long[16_384];
    readonly long[] _endedAt = new long[1_024];

    public async Task TalkAll(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            var start = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
            for (var number = 0L; ; number++)
            {
                var due = start + (long)((number + 1) * frame.TotalSeconds * Stopwatch.Frequency);
                var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, TimeProvider.System, cancellationToken);
                await TalkOnce(number);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The bench is over.
        }
    }

    /// <summary>Somebody hears this talker's own voice: the frame with this number from 0.</summary>
    public void HeardOriginal(long number, long at)
    {
        if (!measured.IsMeasuring)
            return;
        Interlocked.Increment(ref measured.Delivered);
        measured.Relay.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref _sentAt[number % _sentAt.Length]), at));
    }

    /// <summary>Somebody hears the first translated audio of a sentence, numbered from 1.</summary>
    public void HeardTranslation(int sentence, long at)
    {
        if (measured.IsMeasuring && Volatile.Read(ref _endedAt[sentence % _endedAt.Length]) is not 0 and var ended)
            measured.Translation.Add(Stopwatch.GetElapsedTime(ended, at));
    }

    async Task TalkOnce(long number)
    {
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref _sentAt[number % _sentAt.Length], now);
        if (speech.SentenceEndedBy(number) is > 0 and var sentence)
            Volatile.Write(ref _endedAt[sentence % _endedAt.Length], now);
        if (measured.IsMeasuring)
            Interlocked.Increment(ref measured.Sent);
        await send(speech.Frame(number));
    }
}
