using VoiceGrains.Lanes;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>What was said before is recalled, and what captions and synthesizers are told beforehand.</summary>
public sealed class RecallingAndShowing : StepByStep
{
    [Fact]
    public void Few_words_and_a_pause_may_have_been_said_before_and_are_translated_as_then()
    {
        _turn.See(Heard.Text("good | morning"));
        Assert.Null(_turn.Recallable);
        _turn.See(Heard.Text("good | morning", isPaused: true));
        var said = _turn.Recallable!;

        _turn.Recall(said, Heard.Pieces("1|god 2|morgon"));

        Assert.Equal("god", Assert.Single(Committed()));
        Assert.Null(_turn.Recallable);
        Assert.Null(AskLater(9));
        _turn.See(Heard.Text("good morning", isOver: true));
        Assert.Equal("morgon", Assert.Single(Committed()));
        Assert.True(_turn.IsDone);
    }

    [Theory]
    [InlineData("good morning to you |", true)]
    [InlineData("a good morning to you |", false)]
    [InlineData("", false)]
    public void At_most_four_words_are_recalled(string heard, bool isRecallable)
    {
        _turn.See(Heard.Text(heard, isOver: true));

        Assert.Equal(isRecallable, _turn.Recallable is not null);
    }

    [Fact]
    public void Who_committed_something_or_has_the_whole_recalls_nothing()
    {
        Draft("good | morning", "1|god 2|morgon");
        Committed();
        _turn.See(Heard.Text("good | morning", isPaused: true));
        Assert.Null(_turn.Recallable);
        _turn = new Interpretation(Heard.Swedish, Rules);
        _turn.See(Heard.Text("good morning", isOver: true));
        Assert.NotNull(Ask());

        Answer("1|god 2|morgon");

        Assert.Null(_turn.Recallable);
    }

    [Fact]
    public void An_answer_that_comes_behind_a_recalled_one_is_too_late()
    {
        _turn.See(Heard.Text("good | morning", isPaused: true));
        Assert.NotNull(Ask());
        _turn.Recall(_turn.Recallable!, Heard.Pieces("1|god 2|morgon"));

        Answer("1|bra 2|morgon");

        Assert.Equal(["god"], Committed());
    }

    [Fact]
    public void Captions_show_what_is_steady_of_the_draft_but_not_its_last_words()
    {
        Draft("| we meet today at the station", "1|vi 2|ses 3|idag 5|vid 6|stationen");
        Assert.Equal("vi ses idag", _turn.Tail);
        _turn.See(Heard.Text("| we meet today at the station", sure: 2));
        Assert.Equal("vi ses", _turn.Tail);

        _turn.See(Heard.Text("| we eat today at the station"));

        Assert.Equal("vi", _turn.Tail);
    }

    [Fact]
    public void Captions_show_what_can_be_committed_though_it_is_at_the_end_and_everything_when_the_turn_is_over()
    {
        Draft("we | meet today", "1|vi");
        Assert.Equal("vi", _turn.Tail);
        Draft("we | meet today at the station", "1|vi 4|ses 6|där", after: 1);

        _turn.See(Heard.Text("we meet today at the station", isOver: true));

        Assert.Equal("vi ses där", _turn.Tail);
    }

    [Fact]
    public void The_likely_clause_is_of_words_that_the_recognizer_is_sure_of_or_all_in_a_pause()
    {
        Draft("| we meet today", "1|vi 2|ses 3|idag");
        _turn.See(Heard.Text("| we meet today", sure: 2));
        Assert.Equal("vi ses", _turn.Likely(default));

        _turn.See(Heard.Text("| we meet today", sure: 0, isPaused: true));

        Assert.Equal("vi ses idag", _turn.Likely(default));
        Assert.Equal("", _turn.Committed);
    }

    [Fact]
    public void Another_activation_goes_on_behind_what_was_committed()
    {
        _turn.Continue("vi", covered: 1);

        Draft("we meet |", "1|vi 2|ses");

        Assert.Equal(["ses"], Committed());
        Assert.Equal("vi ses", _turn.Committed);
    }

    [Fact]
    public void Nothing_is_asked_before_more_is_heard_than_another_activation_had_translated()
    {
        _turn.Continue("vi ses", covered: 2);

        _turn.See(Heard.Text("we meet |"));
        Assert.Null(_turn.Ask(default, default));
        _turn.See(Heard.Text("we meet today now |"));

        Assert.Equal("vi ses", _turn.Ask(default, default)!.Committed);
        Assert.Equal(2, _turn.Covered);
    }

    [Fact]
    public void A_question_that_was_drafted_as_a_statement_is_asked_for_again()
    {
        Draft("we meet today", "1|vi 2|ses 3|idag");

        _turn.See(Heard.Text("we meet today? |", isOver: true));

        Assert.NotNull(_turn.Ask(default, default));
        Assert.False(_turn.IsDone);
    }

    [Fact]
    public void What_was_translated_of_a_word_that_became_another_is_not_worth_remembering()
    {
        Draft("we meet |", "1|vi 2|ses");
        Committed();
        Assert.True(_turn.IsFaithful);

        _turn.See(Heard.Text("we eat |", isOver: true));

        Assert.False(_turn.IsFaithful);
    }
}
