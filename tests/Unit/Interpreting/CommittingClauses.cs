using VoiceGrains.Lanes;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>What is committed of drafts, and when.</summary>
public sealed class CommittingClauses : StepByStep
{
    [Fact]
    public void Nothing_is_committed_that_needs_words_that_are_not_admitted_and_a_draft_at_hand_needs_no_new_call_for_it()
    {
        Draft("we | meet today", "1|vi 2|ses 3|idag");
        Assert.Equal(["vi"], Committed());
        Assert.Null(Ask());

        _turn.See(Heard.Text("we meet | today"));

        Assert.Equal(["ses"], Committed());
        Assert.Equal("vi ses", _turn.Committed);
    }

    [Fact]
    public void A_piece_behind_one_that_waits_waits_too()
    {
        Draft("we meet | today", "1|vi 3|idag 3|ses");

        Assert.Equal(["vi"], Committed());
    }

    [Fact]
    public void A_source_word_that_changed_makes_a_draft_invalid_from_there_on_and_a_new_one_is_asked_for()
    {
        Draft("we | meat today", "1|vi 2|kött 3|idag");
        _turn.See(Heard.Text("we meet today |"));
        Assert.Equal(["vi"], Committed());

        var order = AskLater(0.5)!;
        Answer("2|ses 3|idag");

        Assert.Equal(("we meet today", "vi", false), (TextOf(order), order.Committed, order.IsWhole));
        Assert.Equal(["ses idag"], Committed());
    }

    [Fact]
    public void What_was_committed_while_an_answer_was_on_its_way_is_not_said_again()
    {
        Draft("we | meet today", "1|vi 2|ses 3|idag");
        _turn.See(Heard.Text("we | meet today at the station"));
        Assert.Equal("", AskLater(1)!.Committed);
        Assert.Equal(["vi"], Committed());

        Answer("1|vi 2|ses 3|idag 6|där");
        _turn.See(Heard.Text("we meet today at the station |"));

        Assert.Equal(["ses idag där"], Committed());
    }

    [Fact]
    public void An_answer_that_says_otherwise_what_was_committed_meanwhile_is_dropped_and_asked_for_again()
    {
        Draft("we | meet today", "1|vi 2|ses 3|idag");
        _turn.See(Heard.Text("we | meet today at the station"));
        Assert.NotNull(AskLater(1));
        Assert.Equal(["vi"], Committed());

        Answer("1|oss 2|möts 3|nu");

        _turn.See(Heard.Text("we meet | today at the station"));
        Assert.Equal(["ses"], Committed());
        Assert.Equal("vi ses", AskLater(1)!.Committed);
    }

    [Fact]
    public void A_repeat_of_the_committed_text_is_not_said_again()
    {
        Draft("we | meet today", "1|vi 2|ses 3|idag");
        Committed();
        _turn.See(Heard.Text("we meet today at the station |"));
        Assert.Equal("vi ses idag", string.Join(' ', ["vi", .. Committed()]));
        Assert.NotNull(AskLater(1));
        Answer("1|vi 2|ses 3|idag 6|där");

        Assert.Equal(["där"], Committed());
    }

    [Theory]
    [InlineData("we meet | not today", 1, 0)]
    [InlineData("we meet | now today", 1, 0)]
    [InlineData("we meet not | today", 1, 1)]
    [InlineData("we meet | today Keller", 1, 1)]
    [InlineData("we meet | today Keller", 2, 0)]
    public void A_risky_word_that_is_not_admitted_holds_back_what_is_near_it(string heard, int guard, int clauses)
    {
        _turn = new Interpretation(Heard.Swedish, Rules with { RiskGuard = guard });
        Draft(heard, "2|ses");

        Assert.Equal(clauses, Committed().Count);
    }

    [Theory]
    [InlineData("we meet five boxes |", 1, 0)]
    [InlineData("we meet fine boxes |", 1, 0)]
    [InlineData("we meet many boxes |", 1, 1)]
    [InlineData("we meet here five |", 1, 1)]
    [InlineData("we meet here five |", 2, 0)]
    public void So_does_one_that_the_draft_took_for_another_or_that_it_took_another_for(string heard, int guard, int clauses)
    {
        _turn = new Interpretation(Heard.Swedish, Rules with { RiskGuard = guard });
        Draft("| we meet here boxes", "2|ses");
        _turn.See(Heard.Text(heard));

        Assert.Equal(clauses, Committed().Count);
    }

    [Fact]
    public void A_number_that_the_draft_was_made_of_and_that_was_none_holds_back_what_is_near_it()
    {
        Draft("| we meet five boxes", "2|ses");
        _turn.See(Heard.Text("we meet fin boxes |"));

        Assert.Empty(Committed());
    }

    [Fact]
    public void A_piece_that_two_drafts_in_a_row_say_alike_needs_no_room()
    {
        _turn = new Interpretation(Heard.Swedish, Rules with { Guard = 3 });
        Draft("we meet | not today", "1|vi 2|ses 4|idag");
        Assert.Empty(Committed());
        _turn.See(Heard.Text("we meet | not today at nine here"));

        Assert.NotNull(AskLater(1));
        Answer("1|vi 2|möts 4|idag");

        Assert.Equal(["vi"], Committed());
    }

    [Fact]
    public void Behind_a_piece_that_they_say_otherwise_nothing_is_confirmed()
    {
        _turn = new Interpretation(Heard.Swedish, Rules with { Guard = 3 });
        Draft("we meet | not today", "1|vi 2|ses");
        _turn.See(Heard.Text("we meet | not today at nine here"));

        Assert.NotNull(AskLater(1));
        Answer("1|oss 2|ses");

        Assert.Empty(Committed());
    }

    [Fact]
    public void Of_a_translator_that_can_not_say_what_it_needs_two_drafts_must_say_the_same_up_to_a_mark()
    {
        Draft("we meet | today at", "4|vi 4|ses 4|idag, 4|vid");

        Assert.Equal(["vi ses idag,"], CommittedAfter("we meet today at | nine here now", "7|vi 7|ses 7|idag, 7|vid 7|nio"));
    }

    [Theory]
    [InlineData("we meet today at | nine here now", "7|vi 7|möts 7|idag, 7|vid 7|nio")]
    [InlineData("we meet today | at nine here now", "7|vi 7|ses 7|idag, 7|vid 7|nio")]
    [InlineData("we eat today at | nine here now", "7|vi 7|ses 7|idag, 7|vid 7|nio")]
    [InlineData("we meet today at | nine here now", "7|vi 7|ses 7|idag 7|vid 7|nio")]
    public void Otherwise_nothing_of_it_is_committed(string heard, string answer)
    {
        Draft("we meet | today at", "4|vi 4|ses 4|idag, 4|vid");

        Assert.Empty(CommittedAfter(heard, answer));
    }

    List<string> CommittedAfter(string heard, string answer)
    {
        _turn.See(Heard.Text(heard));
        Assert.NotNull(AskLater(2));
        Answer(answer);
        return Committed();
    }
}
