using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Recognition;

/// <summary>
/// One speaker's words: which segment is being spoken, which of its words are final, and how the rest looks now. Final words only grow; they make up the caption of
/// the original and the transcript. Which words translations may be committed from, often long before they are final, is for <see cref="Admission"/>.
/// </summary>
sealed class SpeechTrack(int lastSegment, Func<AdmissionRules> rules)
{
    /// <summary>The segment that is being spoken; null in silence.</summary>
    public OpenSegment? Open { get; private set; }

    /// <summary>Number of the newest segment.</summary>
    public int LastSegment { get; private set; } = lastSegment;

    /// <summary>A number for a segment that is whole from the beginning: typed text.</summary>
    public int NextSegment() => ++LastSegment;

    public OpenSegment Begin(TimeSpan at, Language language) => Open = new OpenSegment(++LastSegment, language, at, rules());

    /// <summary>Goes on with a segment that another activation had open; its audio goes on at a position.</summary>
    public void Continue(OpenSegment open) => Open = open;

    /// <summary>The words after the final ones look different now. Their positions begin at the offset.</summary>
    public void Revise(InterimWords interim, TimeSpan offset)
    {
        if (Open is null)
            return;
        Open.Tail = TextOf(interim.Words);
        var last = interim.Words.IsEmpty || interim.Words[^1].End < interim.Until ? interim.Until : interim.Words[^1].End;
        Open.Words.Revise(Moved(interim.Words, offset), offset + (interim.Edge ?? last));
    }

    /// <summary>Takes final words. False: there are none, or nobody speaks.</summary>
    public bool Admit(FinalWords final, TimeSpan offset)
    {
        var text = TextOf(final.Words);
        if (Open is null || text.Length == 0)
            return false;
        Open.Admit(text, offset + final.Words[^1].End);
        Open.Words.Settle(Moved(final.Words, offset), offset + final.Until);
        return true;
    }

    /// <summary>The segment is over.</summary>
    public OpenSegment? End()
    {
        var ended = Open;
        Open = null;
        return ended;
    }

    // One clock over all sessions of recognizers.
    static ImmutableArray<Word> Moved(ImmutableArray<Word> words, TimeSpan offset) =>
        offset == TimeSpan.Zero ? words : [.. words.Select(word => word with { Start = word.Start + offset, End = word.End + offset })];

    static string TextOf(ImmutableArray<Word> words) => string.Join(' ', words.Select(static word => word.Text)).Trim();
}

/// <summary>A segment while it is being spoken.</summary>
/// <param name="start">On the clock of the audio given to recognizers.</param>
sealed class OpenSegment(int number, Language language, TimeSpan start, AdmissionRules rules)
{
    public int Number { get; } = number;

    public Language Language { get; } = language;

    // The pause after which a segment that another activation began is over: short after a whole sentence.
    static readonly TimeSpan SentencePause = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    // Words that are translated already must be heard as words of the same segment, or they would be translated again.
    static readonly TimeSpan TranslatedPause = TimeSpan.FromSeconds(2);

    /// <summary>On the clock of the audio given to recognizers.</summary>
    public TimeSpan Start { get; } = start;

    /// <summary>Which of its words translations may be committed from.</summary>
    public Admission Words { get; } = new(language, rules);

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
    /// <param name="start">Where its audio goes on.</param>
    public static OpenSegment From(int number, Language language, string admitted, string unsent, TimeSpan duration, TimeSpan start, AdmissionRules rules)
    {
        var open = new OpenSegment(number, language, start, rules) { Admitted = admitted, Unsent = unsent, DurationBefore = duration, IsContinued = true };
        open.Words.Begin(admitted);
        return open;
    }

    /// <summary>Whether a pause until the position, right from the beginning, ends it.</summary>
    /// <param name="isTranslatedAhead">Whether words are translated that are not admitted.</param>
    public bool IsOverBy(TimeSpan until, bool isTranslatedAhead = false) =>
        until - Start >= (isTranslatedAhead ? TranslatedPause : SentenceCutter.IsWhole(Admitted) ? SentencePause : LongestPause);

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
