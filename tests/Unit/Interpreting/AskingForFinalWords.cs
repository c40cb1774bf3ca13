using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>When final words are asked for, and how often at most.</summary>
public sealed class AskingForFinalWords
{
    readonly ForcedFinality _finality = new(new AdmissionRules { LeastBetweenPauses = Heard.At(1), LeastBetweenRisks = Heard.At(2) });

    [Fact]
    public void In_a_pause_they_are_asked_for_once_a_second_while_somebody_spoke()
    {
        _finality.Begin();

        Assert.Equal([true, false, true], new[] { 5, 5.99, 6 }.Select(now => _finality.IsWantedAtPause(Heard.At(now))));
    }

    [Fact]
    public void Nobody_asks_for_the_final_words_of_silence()
    {
        Assert.False(_finality.IsWantedAtPause(Heard.At(1)));
        _finality.Begin();
        _finality.Settle();
        Assert.False(_finality.IsWantedAtPause(Heard.At(2)));

        _finality.Begin();

        Assert.True(_finality.IsWantedAtPause(Heard.At(2)));
    }

    [Fact]
    public void A_risky_word_asks_after_a_time_of_its_own_and_both_share_what_was_asked_last()
    {
        _finality.Begin();

        Assert.True(_finality.IsWantedForRisk(Heard.At(1)));
        Assert.False(_finality.IsWantedAtPause(Heard.At(1.9)));
        Assert.True(_finality.IsWantedAtPause(Heard.At(2)));
        Assert.False(_finality.IsWantedForRisk(Heard.At(3.9)));
        Assert.True(_finality.IsWantedForRisk(Heard.At(4)));
    }
}
