using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>Which pieces make up the next clause.</summary>
public sealed class TakingBreath
{
    static readonly InterpretingRules Rules = new(new AdmissionRules())
    {
        Letters = 12,
        LeastLetters = 5,
        Wait = Heard.At(0.35),
        Starving = Heard.At(0.5),
    };

    static readonly TimeSpan Plenty = Heard.At(3);

    readonly Breath _breath = new(Heard.English, Rules);

    [Fact]
    public void A_clause_ends_at_the_first_mark_behind_enough_letters()
    {
        Assert.Equal(2, Cut("we agree, but not today.", unplayed: Plenty));
        Assert.Equal(4, Cut("yes, we all agree, but", unplayed: Plenty));
        Assert.Equal(1, Cut("yes.", unplayed: Plenty));
    }

    [Fact]
    public void What_may_not_be_committed_yet_is_not_reached_for_the_sake_of_a_mark() => Assert.Equal(0, Cut("we agree, but", ripe: 1, unplayed: Plenty));

    [Fact]
    public void While_there_is_enough_to_hear_a_breath_waits_for_letters_and_for_more_words()
    {
        Assert.Equal(0, Cut("we all agree heartily", now: 1, unplayed: Plenty));
        Assert.Equal(Heard.At(1.35), _breath.LookAgainAt);
        Assert.Equal(0, Cut("we all agree heartily", now: 1.34, unplayed: Plenty));

        Assert.Equal(4, Cut("we all agree heartily", now: 1.35, unplayed: Plenty));
        Assert.Null(_breath.LookAgainAt);
    }

    [Fact]
    public void A_few_letters_wait_until_the_listener_is_about_to_hear_silence()
    {
        Assert.Equal(0, Cut("we agree", now: 1, unplayed: Heard.At(0.8)));
        Assert.Equal(Heard.At(1.3), _breath.LookAgainAt);

        Assert.Equal(2, Cut("we agree", now: 1.3, unplayed: Heard.At(0.5)));
    }

    [Fact]
    public void A_starving_listener_is_not_given_less_than_a_few_letters_unless_the_speaker_pauses()
    {
        Assert.Equal(0, Cut("yeah", unplayed: TimeSpan.Zero));

        Assert.Equal(1, Cut("yeah", unplayed: TimeSpan.Zero, isPaused: true));
    }

    [Fact]
    public void In_a_pause_a_short_beginning_of_more_still_waits() => Assert.Equal(0, Cut("yeah right", ripe: 1, unplayed: TimeSpan.Zero, isPaused: true));

    [Theory]
    [InlineData("we agree with the", 2)]
    [InlineData("we agreed on 15", 2)]
    [InlineData("we agreed on 3.5", 2)]
    [InlineData("we agreed on twenty-five", 2)]
    [InlineData("agreed with Mary Ann", 4)]
    public void A_clause_ends_neither_behind_a_function_word_nor_behind_a_number(string text, int count) => Assert.Equal(count, Cut(text, unplayed: TimeSpan.Zero));

    [Fact]
    public void Nor_within_a_name_but_in_German_where_every_noun_has_a_capital_letter()
    {
        Assert.Equal(1, Cut("tomorrow Mary Ann comes", ripe: 2, unplayed: TimeSpan.Zero));

        Assert.Equal(2, new Breath(Language.Parse("de"), Rules).Cut(Pieces("kommt Frau Meyer"), 2, false, false, default, default));
    }

    [Fact]
    public void The_end_is_a_clause_whatever_it_ends_with_and_however_short_it_is()
    {
        Assert.Equal(2, Cut("go to", isEnd: true, unplayed: Plenty));
        Assert.Equal(1, Cut("a", isEnd: true, unplayed: Plenty));
        Assert.Equal(2, Cut("we agree, to", isEnd: true, unplayed: Plenty));
    }

    [Fact]
    public void A_clause_that_was_said_to_be_likely_is_preferred_to_a_longer_one()
    {
        _breath.Expect("we agree");
        Assert.Equal(2, Cut("we agree heartily", unplayed: TimeSpan.Zero));
        Assert.Equal(3, Cut("we agree heartily", unplayed: TimeSpan.Zero));

        _breath.Expect("we all");
        Assert.Equal(3, Cut("we agree heartily", unplayed: TimeSpan.Zero));
    }

    [Fact]
    public void The_wait_begins_when_there_is_something_to_say()
    {
        Cut("we all agree heartily", now: 1, unplayed: Plenty);
        Cut("we all agree heartily", ripe: 0, now: 1.2, unplayed: Plenty);
        Assert.Null(_breath.LookAgainAt);
        Assert.Equal(0, Cut("we all agree heartily", now: 1.4, unplayed: Plenty));

        Assert.Equal(Heard.At(1.75), _breath.LookAgainAt);
    }

    [Fact]
    public void A_syllable_counts_as_two_letters()
    {
        var breath = new Breath(Heard.Japanese, Rules);

        Assert.Equal(0, breath.Cut(Heard.Pieces("1|明日"), 1, false, false, default, default));
        Assert.Equal(1, breath.Cut(Heard.Pieces("1|明日は"), 1, false, false, default, default));
    }

    [Theory]
    [InlineData("we agree, but", 3, false, 3.0, 2)]
    [InlineData("we agree with the", 4, true, 3.0, 4)]
    [InlineData("we agree with the", 4, false, 0.1, 2)]
    [InlineData("we agree with the", 4, false, 3.0, 0)]
    [InlineData("we all agree heartily", 4, false, 3.0, 4)]
    [InlineData("we", 1, false, 0.1, 0)]
    public void The_likely_clause_is_the_one_that_would_be_cut_without_waiting(string text, int soon, bool isEnd, double unplayed, int count) =>
        Assert.Equal(count, _breath.Likely(Pieces(text), soon, isEnd, Heard.At(unplayed)));

    int Cut(string text, int? ripe = null, bool isEnd = false, bool isPaused = false, double now = 0, TimeSpan unplayed = default) =>
        _breath.Cut(Pieces(text), ripe ?? text.Split(' ').Length, isEnd, isPaused, Heard.At(now), unplayed);

    static System.Collections.Immutable.ImmutableArray<DraftPiece> Pieces(string text) => [.. text.Split(' ').Select(static word => new DraftPiece(1, word))];
}
