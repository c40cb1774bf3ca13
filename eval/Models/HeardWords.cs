using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Eval.Models;

/// <summary>
/// What the recognizer takes words for. Near the edge of the audio a word may turn wrong in each update, and a wrong one stays wrong with the chance that the profile
/// calls stickiness: that is what makes agreement between updates weaker than it looks.
/// </summary>
sealed class HeardWords(RecognizerProfile profile, Talk talk, Dice dice)
{
    readonly string?[] _wrong = new string?[talk.Words.Length];

    /// <summary>An update: how the words look now.</summary>
    public ImmutableArray<Word> Interim(int from, int until, TimeSpan edge)
    {
        // Silence moves the edge away from the last word as further words would.
        var silence = (int)((edge - talk.Words[until - 1].End) / profile.Cadence);
        var words = ImmutableArray.CreateBuilder<Word>(until - from);
        for (var i = from; i < until; i++)
        {
            Update(i, until - 1 - i + silence);
            words.Add(Look(i, isLast: i == until - 1));
        }

        return words.MoveToImmutable();
    }

    /// <summary>The words as they were said.</summary>
    public ImmutableArray<Word> Final(int from, int until) => [.. Enumerable.Range(from, Math.Max(0, until - from)).Select(i => Right(i, talk.Words[i].Mark, 0.98))];

    void Update(int word, int distance)
    {
        if (_wrong[word] is not null)
        {
            if (!dice.Falls(profile.Stickiness))
                _wrong[word] = null;
        }
        else if (distance < profile.EdgeErrors.Length && dice.Falls(profile.EdgeErrors[distance]))
        {
            _wrong[word] = Misheard.As(talk.Words[word].Text, dice);
        }
    }

    // Punctuation comes when something follows. Confidence tells a little, as with real recognizers: wrong words have less of it, but not always.
    Word Look(int word, bool isLast)
    {
        var mark = isLast ? "" : talk.Words[word].Mark;
        var confidence = dice.Unit();
        return _wrong[word] is { } wrong
            ? new Word(wrong + mark, talk.Words[word].Start, talk.Words[word].End, 0.45 + 0.5 * confidence)
            : Right(word, mark, 0.75 + 0.24 * confidence);
    }

    Word Right(int word, string mark, double confidence) => new(talk.Words[word].Text + mark, talk.Words[word].Start, talk.Words[word].End, confidence);
}
