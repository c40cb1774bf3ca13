using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>Words as a recognizer gives them, source texts and drafts, written in one line.</summary>
static class Heard
{
    public static readonly Language English = Language.Parse("en");

    /// <summary>A language without word lists, so that every word may end a breath.</summary>
    public static readonly Language Swedish = Language.Parse("sv");

    public static readonly Language Japanese = Language.Parse("ja");

    public static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Word after word, one each 0.4 s and 0.3 s long.</summary>
    public static ImmutableArray<Word> Words(string text, double from = 0, double? confidence = 0.9) =>
        [.. text.Split(' ').Select((word, i) => new Word(word, At(from + (0.4 * i)), At(from + (0.4 * i) + 0.3), confidence))];

    /// <summary>English words; only those before a bar are admitted, or all.</summary>
    /// <param name="sure">Of how many the recognizer is sure. Default: all.</param>
    public static SourceText Text(string text, int? sure = null, bool isSilent = false, bool isPaused = false, bool isOver = false)
    {
        var texts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var bar = texts.IndexOf("|");
        texts.Remove("|");
        var words = texts.Count == 0 ? [] : Words(string.Join(' ', texts)).Select((word, i) => new SourceWord(
            word, WordLists.Plain(word.Text), WordLists.Of(English).ClassOf(English, word.Text, isFirst: i == 0), WordLists.EndsWithMark(word.Text)));
        var admitted = bar < 0 ? texts.Count : bar;
        var ofSure = Math.Max(admitted, sure ?? texts.Count);
        return new SourceText([.. words], isOver ? admitted : 0, admitted, ofSure, ofSure, isSilent || isPaused, isPaused, isOver);
    }

    /// <summary>A draft, for example <c>1|vi 2|ses</c>.</summary>
    public static ImmutableArray<DraftPiece> Pieces(string tagged) =>
    [
        .. tagged.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static piece => piece.Split('|'))
            .Select(static piece => new DraftPiece(int.Parse(piece[0], System.Globalization.CultureInfo.InvariantCulture), piece[1])),
    ];
}
