using VoiceGrains.Lanes;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>When a translator is asked, for what, and when a turn is done.</summary>
public sealed class AskingTranslators : StepByStep
{
    [Fact]
    public void When_many_admitted_words_have_no_translation_what_can_be_said_of_them_is_said()
    {
        _turn = new Interpretation(Heard.Swedish, Rules with { ValveWords = 4 });
        Draft("we all meet here | today", "");
        _turn.See(Heard.Text("we all meet here today | friends"));

        Assert.Null(AskLater(0.5));
        var order = AskLater(0.25)!;

        Assert.Equal(("we all meet here today", true), (TextOf(order), order.IsWhole));
        Answer("5|vi 5|ses");
        Assert.Equal(["vi ses"], Committed());
    }

    [Fact]
    public void The_valve_does_not_wait_for_new_words()
    {
        _turn = new Interpretation(Heard.Swedish, Rules with { ValveWords = 4 });
        Draft("we all meet here | today", "");
        _turn.See(Heard.Text("we all meet here today |"));

        Assert.True(AskLater(0.75) is { IsWhole: true });
    }

    [Fact]
    public void The_valve_stays_shut_while_something_can_be_said()
    {
        _turn = new Interpretation(Heard.Swedish, Rules with { ValveWords = 4 });
        Draft("we all meet here | today", "4|vi");
        _turn.See(Heard.Text("we all meet here today |"));

        Assert.Null(AskLater(5));
    }

    [Fact]
    public void The_first_draft_waits_for_words_or_for_a_pause()
    {
        _turn.See(Heard.Text("we |"));
        Assert.Null(AskLater(9));
        Assert.Null(_turn.LookAgainAt);

        _turn.See(Heard.Text("we |", isSilent: true));

        Assert.NotNull(Ask());
    }

    [Fact]
    public void Words_that_the_recognizer_is_not_sure_of_are_not_drafted()
    {
        _turn.See(Heard.Text("we meet | today now", sure: 3));

        Assert.Equal("we meet today", TextOf(Ask()!));
    }

    [Fact]
    public void A_new_draft_waits_for_new_words_and_for_its_time_and_while_there_is_enough_to_hear()
    {
        Draft("| we meet today", "3|idag");
        _turn.See(Heard.Text("| we meet today at the"));
        Assert.Null(AskLater(9));
        _turn = new Interpretation(Heard.Swedish, Rules with { LongestCooldown = Heard.At(1.5), Reserve = Heard.At(0.25) });
        Draft("| we meet today", "3|idag");
        _turn.See(Heard.Text("| we meet today at the station"));

        Assert.Null(_turn.Ask(_now, Heard.At(1.25)));
        Assert.Equal(_now + Heard.At(1), _turn.LookAgainAt);
        Assert.Null(_turn.Ask(_now, Heard.At(60)));
        _turn.Next(_now, default);
        Assert.Null(_turn.Ask(_now, default));
        Assert.Equal(_now + Heard.At(0.7), _turn.LookAgainAt);
        Assert.NotNull(AskLater(0.7));
    }

    [Fact]
    public void However_much_there_is_to_hear_a_new_draft_waits_no_longer_than_the_rules_say()
    {
        Draft("| we meet today", "3|idag");
        _turn.See(Heard.Text("| we meet today at the station"));

        Assert.Null(_turn.Ask(_now + Rules.LongestCooldown - Heard.At(0.01), Heard.At(60)));
        Assert.NotNull(_turn.Ask(_now + Rules.LongestCooldown, Heard.At(60)));
    }

    [Fact]
    public void While_the_speaker_is_silent_only_a_pause_behind_new_words_asks()
    {
        Draft("| we meet today", "3|idag");
        _turn.See(Heard.Text("we meet today | at noon", isSilent: true));
        Assert.Null(AskLater(9));

        _turn.See(Heard.Text("we meet today | at noon", isPaused: true));

        Assert.NotNull(Ask());
    }

    [Fact]
    public void Of_one_turn_there_is_never_more_than_one_call()
    {
        _turn.See(Heard.Text("we | meet today"));
        Assert.NotNull(Ask());
        _turn.See(Heard.Text("they met yesterday", isOver: true));

        Assert.Null(AskLater(60));
    }

    [Theory]
    [InlineData("we meet | today", false, 0)]
    [InlineData("we meet today |", false, 2)]
    [InlineData("we meet, | today", false, 2)]
    [InlineData("we meet |", false, 0)]
    [InlineData("we meet |", true, 2)]
    public void Pieces_need_room_behind_them_or_the_end_of_a_clause_or_a_pause(string heard, bool isPaused, int pieces)
    {
        _turn = new Interpretation(Heard.Swedish, Rules with { Guard = 1 });
        _turn.See(Heard.Text(heard, isPaused: isPaused));
        Assert.NotNull(Ask());
        Answer("2|vi 2|ses");

        Assert.Equal(pieces, Committed().SelectMany(static clause => clause.Split(' ')).Count());
    }

    [Fact]
    public void At_the_end_everything_is_asked_for_that_was_held_back()
    {
        Draft("we meet | today", "1|vi 2|ses");
        Committed();
        _turn.See(Heard.Text("we meet today", isOver: true));

        var order = Ask()!;
        Answer("3|idag");

        Assert.Equal(("we meet today", "vi ses", true), (TextOf(order), order.Committed, order.IsWhole));
        Assert.False(_turn.IsDone);
        Assert.Equal(["idag"], Committed());
        Assert.True(_turn.IsDone);
    }

    [Fact]
    public void At_the_end_nothing_is_asked_for_when_the_draft_reaches_it()
    {
        Draft("we | meet today", "1|vi 2|ses 3|idag");
        Committed();
        _turn.See(Heard.Text("we meet today", isOver: true));

        Assert.Null(Ask());
        Assert.Equal(["ses idag"], Committed());
        Assert.True(_turn.IsDone);
    }

    [Fact]
    public void A_turn_of_which_no_word_was_final_is_done_whatever_was_drafted()
    {
        Draft("| we meet today", "1|vi 2|ses 3|idag");

        _turn.See(Heard.Text("", isOver: true));

        Assert.Equal((true, "", ""), (_turn.IsDone, string.Concat(Committed()), _turn.Tail));
        Assert.Null(Ask());
    }

    [Fact]
    public void A_turn_without_an_answer_is_not_done()
    {
        Draft("we meet | today", "1|vi 2|ses");
        _turn.See(Heard.Text("we meet", isOver: true));
        Committed();
        Assert.False(_turn.IsDone);
        Assert.NotNull(Ask());
        Assert.False(_turn.IsDone);

        Answer("");

        Assert.True(_turn.IsDone);
    }

    [Fact]
    public void Fewer_final_words_than_were_committed_do_not_hide_what_was_held_back()
    {
        Draft("we will all meet |", "1|vi 4|ses");
        Committed();
        _turn.See(Heard.Text("we meet today |"));
        Assert.NotNull(AskLater(1));
        Answer("");

        _turn.See(Heard.Text("we meet today", isOver: true));

        Assert.True(Ask() is { IsWhole: true });
    }

    [Fact]
    public void An_answer_that_comes_when_the_turn_ended_as_the_draft_before_had_it_changes_nothing()
    {
        Draft("we | meet today", "1|vi 2|ses 3|idag");
        _turn.See(Heard.Text("we meet | today at the shop"));
        Assert.NotNull(AskLater(1));
        _turn.See(Heard.Text("we meet today", isOver: true));
        Assert.Equal(["vi ses idag"], Committed());

        Answer("1|vi 2|ses 3|idag 6|där");

        Assert.True(_turn.IsDone);
        Assert.Null(Ask());
    }

    [Fact]
    public void A_call_that_was_missed_is_made_again_with_nothing_lost()
    {
        _turn.See(Heard.Text("we | meet today"));
        var first = Ask()!;
        Assert.Null(AskLater(9));

        _turn.Miss();

        Assert.Equal(TextOf(first), TextOf(Ask()!));
    }
}
