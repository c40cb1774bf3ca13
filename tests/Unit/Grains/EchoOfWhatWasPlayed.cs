using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Engines;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What a microphone repeats of the loudspeaker is not what its owner says.</summary>
public sealed class EchoOfWhatWasPlayed
{
    const string Sentence = "We can meet tomorrow at the station";
    static readonly Language English = Language.Parse("en");
    static readonly TimeSpan Word = TimeSpan.FromMilliseconds(300);

    static readonly Gen<string[]> PlayedWords = WordsOf("abc");
    static readonly Gen<string[]> OwnWords = WordsOf("xyz");

    readonly EchoGate _gate = new() { RoundTrip = TimeSpan.FromMilliseconds(100), IsLoopKnown = true };

    [Fact]
    public void Words_that_were_not_played_are_never_kept_out() => Law.Holds(PlayedWords.Zip(OwnWords).Zip(Gen.Choose(0, 3_000)), given =>
    {
        var ((played, own), delay) = given;
        Play(string.Join(' ', played), at: 10);
        var words = Said(string.Join(' ', own), at: 10 + (delay / 1_000.0));
        return _gate.Hear(words, English) == new HeardWords(words, IsUndecided: false) && _gate.Dropped == 0;
    });

    [Fact]
    public void A_whole_echo_is_kept_out_whatever_was_played() => Law.Holds(PlayedWords.Where(static words => words.Length > 1).Zip(Gen.Choose(0, 1_500)), static given =>
    {
        var (text, gate) = (string.Join(' ', given.Item1), new EchoGate { IsLoopKnown = true });
        Play(gate, text, at: 10);
        return gate.Hear(Said(text, at: 10 + (given.Item2 / 1_000.0)), English).Own.IsEmpty && gate.Dropped == given.Item1.Length;
    });

    [Fact]
    public void An_echo_with_one_misheard_word_of_five_is_kept_out() => Law.Holds(PlayedWords.Where(static words => words.Length >= 5).Zip(Gen.Choose(0, 1_000)), static given =>
    {
        var (words, gate) = (given.Item1, new EchoGate { IsLoopKnown = true });
        Play(gate, string.Join(' ', words), at: 10);
        words = [.. words];
        words[given.Item2 % words.Length] = "misheard";
        return gate.Hear(Said(string.Join(' ', words), at: 10.4), English).Own.IsEmpty;
    });

    [Theory]
    [InlineData("tomorrow at the")]
    [InlineData("we can meet")]
    [InlineData("at the station")]
    [InlineData("We can't meet tomorrow at the station.")]
    [InlineData("we can meet and tomorrow at the station")]
    [InlineData("we can tomorrow at the station")]
    public void A_part_of_it_is_kept_out_too(string echo)
    {
        Play(Sentence, at: 10);

        Assert.Empty(Own(Hear(echo, at: 11)));
    }

    [Fact]
    public void What_is_said_before_and_after_an_echo_stays()
    {
        Play(Sentence, at: 10);

        var heard = Hear("just a moment we can meet tomorrow at that is too late", at: 9.5);

        Assert.Equal("just a moment that is too late", Own(heard));
        Assert.Equal(5, _gate.Dropped);
    }

    [Theory]
    [InlineData("well We can meet tomorrow at the station", "")]
    [InlineData("oh well We can meet tomorrow at the station", "oh well")]
    [InlineData("We can meet tomorrow at the station oh dear", "oh dear")]
    [InlineData("We can meet tomorrow at the stadium", "")]
    public void Two_words_before_or_behind_it_stay_and_a_single_one_is_a_part_of_it_that_was_misheard(string heard, string own)
    {
        Play(Sentence, at: 10);

        Assert.Equal(own, Own(Hear(heard, at: heard.StartsWith("oh", StringComparison.Ordinal) ? 9.7 : heard.StartsWith("well", StringComparison.Ordinal) ? 10 : 10.3)));
    }

    [Theory]
    [InlineData("Tomorrow is fine for me")]
    [InlineData("I can not come at ten")]
    [InlineData("Which station do you mean")]
    [InlineData("My train is late and the man at the desk said to wait")]
    [InlineData("Tomorrow")]
    public void An_answer_that_shares_some_words_stays(string answer)
    {
        Play(Sentence, at: 10);

        Assert.Equal(answer, Own(Hear(answer, at: 12.2)));
        Assert.Equal(0, _gate.Dropped);
    }

    [Fact]
    public void A_single_word_is_no_echo_but_is_not_decided_while_more_may_come()
    {
        Play("Yes.", at: 10);
        Play(Sentence, at: 11);

        Assert.Equal(new HeardWords(Said("yes", at: 10.3), IsUndecided: true), Hear("yes", at: 10.3), SameWords);
        Assert.Equal(("we", true), (Own(Hear("we", at: 11.2)), Hear("we", at: 11.2).IsUndecided));
        Assert.Equal(("no", false), (Own(Hear("no", at: 11.2)), Hear("no", at: 11.2).IsUndecided));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1.3, true)]
    [InlineData(1.8, false)]
    [InlineData(-0.8, false)]
    public void Only_what_was_just_played_can_come_back(double delay, bool isEcho)
    {
        Play(Sentence, at: 10);

        Assert.Equal(isEcho, Hear(Sentence, at: 10 + delay).Own.IsEmpty);
    }

    [Fact]
    public void A_longer_round_trip_is_waited_for()
    {
        Play(Sentence, at: 10);
        _gate.RoundTrip = TimeSpan.FromSeconds(0.6);

        Assert.Empty(Hear(Sentence, at: 11.8).Own);
    }

    [Fact]
    public void Words_of_another_language_are_no_echo()
    {
        _gate.Played(Sentence, Language.Parse("de"), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(12));

        Assert.Equal(Sentence, Own(Hear(Sentence, at: 10.3)));
    }

    [Fact]
    public void Each_word_is_counted_once_however_often_it_is_asked_about()
    {
        Play(Sentence, at: 10);

        Hear("we can", at: 10.4);
        Hear("we can meet tomorrow", at: 10.4);
        Hear("we can meet tomorrow", at: 10.4);

        Assert.Equal(4, _gate.Dropped);
    }

    [Fact]
    public void Where_there_are_no_spaces_letters_are_compared()
    {
        var japanese = Language.Parse("ja");
        _gate.Played("明日駅で会いましょう。", japanese, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(12));

        Assert.Empty(_gate.Hear(Said("明日 駅で 会いましょう", at: 10.8), japanese).Own);
        Assert.Equal("明日", Own(_gate.Hear(Said("明日", at: 10.3), japanese)));
        Assert.Equal("はい 明日", Own(_gate.Hear(Said("はい 明日", at: 10.3), japanese)));
    }

    [Fact]
    public void What_was_played_long_ago_is_forgotten()
    {
        Play(Sentence, at: 10);
        for (var i = 0; i < 100; i++)
            Play("one two three four five six", at: 10);

        Assert.Equal(Sentence, Own(Hear(Sentence, at: 10.3)));
    }

    [Theory]
    [InlineData("good morning")]
    [InlineData("nine tomorrow morning then")]
    [InlineData("yes we can meet tomorrow")]
    public void People_repeat_a_few_words_as_long_as_no_longer_echo_was_heard(string said)
    {
        var gate = new EchoGate();
        Play(gate, said, at: 10);

        Assert.Equal(new HeardWords(Said(said, at: 10.8), IsUndecided: false), gate.Hear(Said(said, at: 10.8), English), SameWords);
        Assert.Equal(0, gate.Dropped);
    }

    [Fact]
    public void After_a_longer_echo_a_few_words_are_one_too_for_a_minute()
    {
        var gate = new EchoGate();
        Play(gate, Sentence, at: 10);
        Assert.Empty(gate.Hear(Said(Sentence, at: 10.3), English).Own);

        Play(gate, "good morning", at: 50);
        Play(gate, "good morning", at: 90);

        Assert.Empty(gate.Hear(Said("good morning", at: 50.3), English).Own);
        Assert.Equal("good morning", Own(gate.Hear(Said("good morning", at: 90.3), English)));
    }

    HeardWords Hear(string text, double at) => _gate.Hear(Said(text, at), English);

    void Play(string text, double at) => Play(_gate, text, at);

    static void Play(EchoGate gate, string text, double at)
    {
        var from = TimeSpan.FromSeconds(at);
        gate.Played(text, English, from, from + (text.Split(' ').Length * Word));
    }

    static ImmutableArray<Word> Said(string text, double at) =>
        [.. text.Split(' ').Select((word, i) => new Word(word, TimeSpan.FromSeconds(at) + (i * Word), TimeSpan.FromSeconds(at) + ((i + 1) * Word), 0.9))];

    static string Own(HeardWords heard) => string.Join(' ', heard.Own.Select(static word => word.Text));

    static bool SameWords(HeardWords one, HeardWords other) => one.IsUndecided == other.IsUndecided && one.Own.SequenceEqual(other.Own);

    static Gen<string[]> WordsOf(string letters) =>
        Gen.Elements(letters.ToCharArray()).ArrayOf(4).Select(static word => new string(word)).NonEmptyListOf().Select(static words => words.ToArray());
}
