using System.Diagnostics;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>One stream of audio in real time, and how long after the frame that decided them its first words come.</summary>
sealed class SpokenStream(Talk talk, Latencies latencies, AudioHeld held)
{
    readonly long[] _sentAt = new long[talk.Frames];
    int _heard = -1;
    int _kept;

    public Talk Talk => talk;

    /// <summary>Gives a frame whenever one is full.</summary>
    public async Task Speak(Func<int, byte[], Task> give)
    {
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < talk.Frames; number++)
        {
            await Talk.WaitUntil(talk.FullAt(start, number));
            Keep(number);
            Volatile.Write(ref _sentAt[number], Stopwatch.GetTimestamp());
            await give(number, talk.Audio(number));
        }
    }

    /// <summary>Words came that were decided by the audio up to a position. The first of a sentence count; those of the first sentence don't, as connections are made in it.</summary>
    /// <param name="lastWord">
    /// Where the last of them ends, if that is known too: engines tell only this, so the load is made such that the vendor speaks up right then.
    /// </param>
    public void Hear(TimeSpan decided, TimeSpan? lastWord = null)
    {
        var frame = (int)Math.Round(decided / talk.Frame) - 1;
        var sentence = talk.SentenceAt(frame);
        if (sentence <= _heard)
            return;
        if (lastWord is { } end && (end - decided).Duration() > TimeSpan.FromMilliseconds(1))
            throw new InvalidOperationException($"Words that end at {end} were told at {decided}.");
        _heard = sentence;
        held.Change(-Interlocked.Exchange(ref _kept, 0));
        if (sentence > 0)
            latencies.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref _sentAt[frame])));
    }

    // Whoever transcribes whole sentences must keep what of one was said.
    void Keep(int number)
    {
        if (talk.SentenceAt(number) <= Volatile.Read(ref _heard))
            return;
        var bytes = talk.Audio(number).Length;
        Interlocked.Add(ref _kept, bytes);
        held.Change(bytes);
    }
}

/// <summary>How much audio of sentences without any words there is, in all streams.</summary>
sealed class AudioHeld
{
    long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    public void Change(int by) => Interlocked.Add(ref _bytes, by);
}
