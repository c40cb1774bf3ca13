using System.Diagnostics;

namespace VoiceGrains.Tests.Load.Deepgram;

/// <summary>One stream of sentences in real time, and when their first words come back.</summary>
sealed class StreamedSpeech(Latencies latencies, TimeSpan delay, TimeSpan duration)
{
    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Sentence = TimeSpan.FromSeconds(2.5);
    static readonly Speech Speech = new(Frame);

    readonly long[] _sentAt = new long[(int)(duration / Frame) + 1];
    int _heard = -1;

    /// <summary>Sends a frame whenever one is full.</summary>
    public async Task Speak(Func<byte[], Task> send)
    {
        var start = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
        for (var number = 0; number < (int)(duration / Frame); number++)
        {
            var due = start + (long)((number + 1) * Frame.TotalSeconds * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System);
            Volatile.Write(ref _sentAt[number], Stopwatch.GetTimestamp());
            await send(Speech.Frame(number));
        }
    }

    /// <summary>Interim words came that end at a position: a sentence counts once, and the first one not at all, as code is compiled in it.</summary>
    public void Hear(TimeSpan end)
    {
        var sentence = (int)((end - TimeSpan.FromMilliseconds(1)) / Sentence);
        if (sentence <= _heard)
            return;
        _heard = sentence;
        // Words are as long as frames, so the frame ends with its word.
        if (sentence > 0)
            latencies.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref _sentAt[(int)Math.Round(end / Frame) - 1])));
    }
}
