using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Phrasebooks;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>
/// One stretch of speech on its way through a decoder. Its audio is kept, so that a sentence with a pause in it can be decoded again as a whole.
/// </summary>
sealed class Utterance(LanguageModel model, Decoder decoder, PhraseMatcher matcher, TimeSpan start)
{
    const int GuessEvery = 16_000 / 10;
    const int GuessesToAgree = 3;

    /// <summary>How much of the audio before voice activity noticed speech is decoded too: the first sounds are often soft.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromMilliseconds(300);

    readonly List<short> _audio = [];
    readonly Queue<string[]> _guesses = new();
    string _shown = "";
    int _speechFrames;
    int _heard;
    int _guessedAt;
    bool _isOpen;

    public TimeSpan Start { get; } = start;

    public TimeSpan Length => AudioFormat.TimeOf(_audio.Count);

    /// <summary>Keeps audio; <see cref="Decode"/> takes it to the decoder.</summary>
    public void Keep(ReadOnlySpan<short> samples) => _audio.AddRange(samples);

    /// <summary>Notes that 10 ms of the audio are speech.</summary>
    public void CountSpeech() => _speechFrames++;

    /// <summary>Decodes what was kept since, and says how the words look now if they changed.</summary>
    public ImmutableArray<Word>? Decode()
    {
        if (!_isOpen)
        {
            decoder.Start();
            (_isOpen, _heard) = (true, 0);
        }

        decoder.Hear(CollectionsMarshal.AsSpan(_audio)[_heard..]);
        _heard = _audio.Count;
        if (_heard - _guessedAt < GuessEvery)
            return null;
        _guessedAt = _heard;
        return Agreed(decoder.Guess()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []);
    }

    /// <summary>
    /// Whether the words so far are a sentence: only then is it worth closing the utterance at a short pause, for going on after that means to decode all of
    /// it anew.
    /// </summary>
    public bool SeemsWhole => _isOpen && decoder.Guess() is { } guess && (model.Grammar is null || matcher.Match(Keys(guess)) is not null);

    /// <summary>Closes the utterance. Null: this is no sentence of the phrasebook, or not yet.</summary>
    public ImmutableArray<Word>? Finish(TimeSpan speechEnd)
    {
        if (!_isOpen)
            return null;
        _isOpen = false;
        return Accepted(decoder.Finish(), speechEnd);
    }

    /// <summary>Decodes the whole audio once more, normalised by its own mean: the last try before it counts as not understood.</summary>
    public ImmutableArray<Word>? FinishAgain(TimeSpan speechEnd, TimeSpan pause)
    {
        _isOpen = false;
        // Not more silence than usual: it would raise the score of any guess.
        var samples = Math.Min(_audio.Count, (int)((speechEnd + pause - Start).TotalSeconds * 16_000));
        return Accepted(decoder.Decode(CollectionsMarshal.AsSpan(_audio)[..samples]), speechEnd);
    }

    // A decoder's early guesses jump between sentences: only what three in a row begin with is shown.
    ImmutableArray<Word>? Agreed(string[] guess)
    {
        _guesses.Enqueue(guess);
        if (_guesses.Count < GuessesToAgree)
            return null;
        if (_guesses.Count > GuessesToAgree)
            _guesses.Dequeue();
        var common = guess.TakeWhile((word, i) => _guesses.All(other => i < other.Length && other[i] == word)).ToList();
        var text = string.Join(' ', common);
        if (common.Count == 0 || text == _shown)
            return null;
        _shown = text;
        return Spread(common.Select((token, i) => i == 0 ? Capital(Shown(token)) : Shown(token)), Start + Length);
    }

    static string Capital(string word) => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];

    ImmutableArray<Word>? Accepted(Hypothesis? found, TimeSpan speechEnd)
    {
        if (found is null)
            return null;
        if (model.Grammar is null)
            return Spread(found.Text.Split(' ').Select(static word => word.Split('(')[0]), speechEnd);
        var tempo = new Tempo([.. decoder.Segments().Select(segment => (model.Phones.GetValueOrDefault(segment.Word, 1), segment.End - segment.Start + 1))]);
        if (!tempo.Accepts(found.Score, _speechFrames, model.Worst))
            return null;
        return matcher.Match(Keys(found.Text)) is { } match ? Timed(match.Written(model.Tag).Split(' '), speechEnd) : null;
    }

    ImmutableArray<Word> Timed(string[] written, TimeSpan speechEnd)
    {
        var segments = decoder.Segments();
        if (segments.Count != written.Length)
            return Spread(written, speechEnd);
        return [.. written.Zip(segments, (text, segment) => new Word(text, Start + Frames(segment.Start), Start + Frames(segment.End + 1), null))];
    }

    ImmutableArray<Word> Spread(IEnumerable<string> texts, TimeSpan end)
    {
        var words = texts.ToList();
        var each = (end - Start) / words.Count;
        return [.. words.Select((text, i) => new Word(text, Start + (each * i), Start + (each * (i + 1)), null))];
    }

    List<string> Keys(string tokens) => [.. tokens.Split(' ').Select(token => model.Shown[token.Split('(')[0]].Key)];

    string Shown(string token) => model.Shown.TryGetValue(token.Split('(')[0], out var word) ? word.Text : token.Split('(')[0];

    static TimeSpan Frames(int frames) => TimeSpan.FromMilliseconds(10 * frames);
}
