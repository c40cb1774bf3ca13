using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Recognition;

/// <summary>
/// One speaker's words: which segment is being spoken, which of its words are admitted, and how the rest looks now. Admitted words only grow.
/// For now admitted means final: the rules that admit words earlier belong here.
/// </summary>
sealed class SpeechTrack(int lastSegment)
{
    /// <summary>The segment that is being spoken; null in silence.</summary>
    public OpenSegment? Open { get; private set; }

    /// <summary>Number of the newest segment.</summary>
    public int LastSegment { get; private set; } = lastSegment;

    /// <summary>A number for a segment that is whole from the beginning: typed text.</summary>
    public int NextSegment() => ++LastSegment;

    public OpenSegment Begin(TimeSpan at, Language language) => Open = new OpenSegment(++LastSegment, language, at);

    /// <summary>Goes on with a segment that another activation had open; its audio goes on at a position.</summary>
    public void Continue(OpenSegment open) => Open = open;

    /// <summary>The words after the admitted ones look different now.</summary>
    public void Revise(ImmutableArray<Word> words)
    {
        if (Open is not null)
            Open.Tail = TextOf(words);
    }

    /// <summary>Admits words that end at a position. False: there are none, or nobody speaks.</summary>
    public bool Admit(ImmutableArray<Word> words, TimeSpan until)
    {
        var text = TextOf(words);
        if (Open is null || text.Length == 0)
            return false;
        Open.Admit(text, until);
        return true;
    }

    /// <summary>The segment is over.</summary>
    public OpenSegment? End()
    {
        var ended = Open;
        Open = null;
        return ended;
    }

    static string TextOf(ImmutableArray<Word> words) => string.Join(' ', words.Select(static word => word.Text)).Trim();
}

/// <summary>A segment while it is being spoken.</summary>
/// <param name="start">On the clock of the audio given to recognizers.</param>
sealed class OpenSegment(int number, Language language, TimeSpan start)
{
    public int Number { get; } = number;

    public Language Language { get; } = language;

    // The pause after which a segment that another activation began is over: short after a whole sentence.
    static readonly TimeSpan SentencePause = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>On the clock of the audio given to recognizers.</summary>
    public TimeSpan Start { get; } = start;

    /// <summary>Begun by another activation, and nobody has spoken since.</summary>
    public bool IsContinued { get; set; }

    /// <summary>Of the speech before <see cref="Start"/>.</summary>
    public TimeSpan DurationBefore { get; init; }

    /// <summary>Words that will not change.</summary>
    public string Admitted { get; private set; } = "";

    /// <summary>Where the last admitted word ends.</summary>
    public TimeSpan AdmittedUntil { get; private set; } = start;

    /// <summary>How the words after them look now.</summary>
    public string Tail { get; set; } = "";

    /// <summary>Admitted words that no lane has yet.</summary>
    public string Unsent { get; private set; } = "";

    /// <summary>What another activation admitted, and what of it lanes were not given.</summary>
    public static OpenSegment From(int number, Language language, string admitted, string unsent, TimeSpan duration) => new(number, language, TimeSpan.Zero)
    {
        Admitted = admitted,
        Unsent = unsent,
        DurationBefore = duration,
        IsContinued = true,
    };

    /// <summary>Whether a pause until the position, right from the beginning, ends it.</summary>
    public bool IsOverBy(TimeSpan until) => until - Start >= (SentenceCutter.IsWhole(Admitted) ? SentencePause : LongestPause);

    public void Admit(string text, TimeSpan until)
    {
        Admitted = Joined(Admitted, text);
        Unsent = Joined(Unsent, text);
        (Tail, AdmittedUntil) = ("", until);
    }

    /// <summary>Takes the whole sentences among the unsent words.</summary>
    public string TakeSentences()
    {
        var (complete, rest) = SentenceCutter.CutLast(Unsent);
        Unsent = rest;
        return complete;
    }

    static string Joined(string before, string text) => before.Length == 0 ? text : $"{before} {text}";
}
