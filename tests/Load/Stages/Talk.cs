using System.Diagnostics;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>
/// When one stream speaks, and what. Streams know nothing of each other, like people in different calls: each begins anywhere within the first period and pauses for
/// 0.8 to 1.8 s after each sentence of about 1.5 s, so that sometimes several sentences of different streams begin in the same moment. Drawn from the number of the stream:
/// whoever is measured gets the same load.
/// </summary>
sealed class Talk
{
    /// <summary>A sentence of 1.5 s and the mean pause.</summary>
    static readonly TimeSpan Period = TimeSpan.FromSeconds(2.8);
    static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.8);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1.8);

    readonly TimeSpan _delay;
    readonly List<int> _sentences = [];
    readonly SentenceAudio _audio;

    /// <param name="length">Every sentence and the pause after it lie within.</param>
    public Talk(int stream, SentenceAudio audio, TimeSpan length)
    {
        var random = new Random(1 + (stream * 7_919));
        _audio = audio;
        Frames = (int)(length / Frame);
        _delay = Period * random.NextDouble();
        for (var at = 0; at + audio.Words.Count + (LongestPause / Frame) <= Frames;)
        {
            _sentences.Add(at);
            at += audio.Words.Count + random.Next((int)(ShortestPause / Frame), (int)(LongestPause / Frame) + 1);
        }
    }

    /// <summary>Text of every sentence.</summary>
    public static string Text { get; } = string.Join(' ', Enumerable.Range(1, 15).Select(static number => $"word{number}"));

    public TimeSpan Frame => _audio.Frame;

    public int Frames { get; }

    /// <summary>Numbers of the frames with which sentences begin.</summary>
    public IReadOnlyList<int> Sentences => _sentences;

    public int FramesOfSentence => _audio.Words.Count;

    /// <summary>Audio of a frame, by its number from 0.</summary>
    public byte[] Audio(int frame)
    {
        var sentence = SentenceAt(frame);
        var word = sentence < 0 ? FramesOfSentence : frame - _sentences[sentence];
        return word < FramesOfSentence ? _audio.Words[word] : _audio.Silence;
    }

    /// <summary>The last sentence that has begun when a frame ends. Less than 0: none.</summary>
    public int SentenceAt(int frame) => _sentences.BinarySearch(frame) is >= 0 and var found ? found : ~_sentences.BinarySearch(frame) - 1;

    /// <summary>The moment at which a frame is full, when the stream was started at another. As <see cref="Stopwatch"/> counts.</summary>
    public long FullAt(long start, int frame) => start + (long)((_delay + ((frame + 1) * Frame)).TotalSeconds * Stopwatch.Frequency);

    public static Task WaitUntil(long due) =>
        Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } wait ? Task.Delay(wait, TimeProvider.System) : Task.CompletedTask;
}
