using VoiceGrains.Engines;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>Which words are admitted, by examples.</summary>
public sealed class AdmittingWords
{
    static readonly AdmissionRules Rules = new(Agreements: 2, RightContext: 1);

    readonly Admission _admission = new(Heard.English, Rules);

    SourceText Source => _admission.Source;

    [Fact]
    public void A_word_is_admitted_that_looked_the_same_twice_and_has_another_behind_it()
    {
        Hear("we meet", 1);
        Assert.Equal(0, Source.Admitted);

        Hear("we meet today", 1.4);

        Assert.Equal((2, 2, 3), (Source.Admitted, Source.Steady, Source.Sure));
    }

    [Theory]
    [InlineData(79, 0)]
    [InlineData(80, 2)]
    public void An_update_counts_only_with_80_ms_more_audio(int growth, int admitted)
    {
        Hear("we meet today", 1);
        Hear("we meet today", 1 + (growth / 1000.0));

        Assert.Equal(admitted, Source.Admitted);
    }

    [Fact]
    public void Growth_is_added_up_over_updates_that_did_not_count()
    {
        foreach (var edge in new[] { 1, 1.05, 1.1 })
            Hear("we meet today", edge);

        Assert.Equal(2, Source.Admitted);
    }

    [Fact]
    public void An_update_in_which_the_recognizer_is_unsure_of_a_word_does_not_count()
    {
        Hear("we meet today", 1, confidence: 0.74);
        Assert.Equal(0, Source.Sure);
        Hear("we meet today", 1.2, confidence: 0.75);
        Assert.Equal((0, 3), (Source.Admitted, Source.Sure));

        Hear("we meet today", 1.3, confidence: 0.75);

        Assert.Equal(2, Source.Admitted);
    }

    [Fact]
    public void A_recognizer_that_does_not_say_how_sure_it_is_has_to_agree_once_more()
    {
        Hear("we meet today", 1, confidence: null);
        Hear("we meet today", 1.2, confidence: null);
        Assert.Equal(0, Source.Admitted);

        Hear("we meet today", 1.3, confidence: null);

        Assert.Equal(2, Source.Admitted);
    }

    [Fact]
    public void A_word_that_changed_begins_anew_and_marks_and_letter_case_are_no_change()
    {
        Hear("we meat now later", 1);
        Hear("We, meet now later", 1.2);

        Assert.Equal(1, Source.Admitted);
        Assert.Equal(3, Source.Words.Count(static word => word.Plain is "we" or "meet" or "later"));
    }

    [Fact]
    public void A_word_that_sounds_like_a_number_needs_four_agreements_more()
    {
        for (var update = 1; update <= 5; update++)
            Hear("we now meet today", 1 + (0.1 * update));
        Assert.Equal(1, Source.Admitted);

        Hear("we now meet today", 1.6);

        Assert.Equal(3, Source.Admitted);
    }

    [Fact]
    public void A_number_waits_for_final_words_however_often_it_looked_the_same()
    {
        for (var update = 1; update <= 9; update++)
            Hear("we paid fifty euros today", 1 + (0.1 * update));
        Assert.Equal((2, true), (Source.Admitted, _admission.WaitsForFinal));

        Settle("we paid fifty", 2);

        Assert.Equal((3, 4, false), (Source.Final, Source.Admitted, _admission.WaitsForFinal));
    }

    [Fact]
    public void What_looked_like_a_number_once_waits_for_final_words_whatever_it_looks_like_later()
    {
        Hear("we paid fifty euros today", 1);
        for (var update = 1; update <= 9; update++)
            Hear("we paid thrifty euros today", 1 + (0.1 * update));

        Assert.Equal((2, true), (Source.Admitted, _admission.WaitsForFinal));
    }

    [Fact]
    public void What_waits_for_agreement_does_not_wait_for_final_words_yet()
    {
        Hear("fifty euros today", 1);

        Assert.False(_admission.WaitsForFinal);
    }

    [Fact]
    public void Rules_that_know_no_risk_admit_numbers_as_other_words()
    {
        var admission = new Admission(Heard.English, Rules with { KnowsRisk = false });
        admission.Revise(Heard.Words("fifty euros"), Heard.At(0.8));
        admission.Revise(Heard.Words("fifty euros"), Heard.At(0.9));

        Assert.Equal(1, admission.Source.Admitted);
    }

    [Fact]
    public void As_many_words_have_to_follow_as_the_rules_say()
    {
        var admission = new Admission(Heard.English, Rules with { RightContext = 2 });
        admission.Revise(Heard.Words("we meet today"), Heard.At(1));
        admission.Revise(Heard.Words("we meet today"), Heard.At(1.2));

        Assert.Equal(1, admission.Source.Admitted);
    }

    [Fact]
    public void A_pause_stands_for_words_that_follow()
    {
        Hear("we meet", 0.7);
        Hear("we meet", 0.8);
        Assert.Equal((1, false), (Source.Admitted, Source.IsSilent));

        _admission.Pause(Heard.At(0.7), Heard.At(0.85));

        Assert.Equal((2, true, true), (Source.Admitted, Source.IsSilent, Source.IsPaused));
    }

    [Fact]
    public void So_does_audio_in_which_no_more_words_were_heard()
    {
        Hear("we meet", 0.7);
        Hear("we meet", 0.99);
        Assert.Equal(1, Source.Admitted);

        Hear("we meet", 1);

        Assert.Equal(2, Source.Admitted);
    }

    [Fact]
    public void While_words_before_the_silence_may_be_missing_it_is_no_pause_yet()
    {
        Hear("we meet", 0.8);
        _admission.Pause(Heard.At(1.5), Heard.At(1.5));
        Assert.Equal((true, false), (Source.IsSilent, Source.IsPaused));

        Hear("we meet", 1.8);

        Assert.True(Source.IsPaused);
    }

    [Fact]
    public void Who_goes_on_pauses_no_more_whether_the_detector_or_the_words_tell()
    {
        Hear("we", 0.5);
        _admission.Pause(Heard.At(0.3), Heard.At(0.5));
        _admission.Resume();
        Assert.False(Source.IsSilent);
        _admission.Pause(Heard.At(0.3), Heard.At(0.5));

        Hear("we meet", 0.8);

        Assert.False(Source.IsSilent || Source.IsPaused);
    }

    [Fact]
    public void A_word_found_later_between_others_takes_nothing_from_what_they_had()
    {
        Word[] early = [Word("we", 0, 0.3), Word("here", 0.8, 1.1), Word("today", 1.2, 1.5)];
        Word[] late = [early[0], Word("meet", 0.4, 0.7), early[1], early[2]];
        var patient = new Admission(Heard.English, Rules with { Agreements = 3 });
        patient.Revise([.. early], Heard.At(1.2));
        patient.Revise([.. early], Heard.At(1.3));
        patient.Revise([.. late], Heard.At(1.4));
        Assert.Equal((1, 1), (patient.Source.Admitted, patient.Source.Steady));

        patient.Revise([.. late], Heard.At(1.5));
        patient.Revise([.. late], Heard.At(1.6));

        Assert.Equal(3, patient.Source.Admitted);
    }

    [Fact]
    public void The_same_word_at_another_time_is_another_word()
    {
        _admission.Revise([Word("we", 0, 0.3), Word("meet", 0.4, 0.7)], Heard.At(0.8));
        _admission.Revise([Word("meet", 0, 0.3), Word("we", 0.4, 0.7), Word("today", 0.8, 1.1)], Heard.At(1.1));

        Assert.Equal((0, 3), (Source.Admitted, Source.Sure));
    }

    [Fact]
    public void A_word_that_is_heard_twice_now_was_heard_once_before()
    {
        Hear("a very", 0.8);
        _admission.Revise([Word("a", 0, 0.3), Word("very", 0.4, 0.55), Word("very", 0.55, 0.7), Word("good", 0.8, 1.1)], Heard.At(1.1));

        Assert.Equal((2, 2, 4), (Source.Admitted, Source.Steady, Source.Sure));
    }

    [Fact]
    public void Words_without_length_agree_with_themselves()
    {
        Word[] words = [Word("we", 0.1, 0.1), Word("meet", 0.5, 0.5)];
        _admission.Revise([.. words], Heard.At(0.6));
        _admission.Revise([.. words], Heard.At(0.7));

        Assert.Equal(1, Source.Admitted);
    }

    void Hear(string text, double edge, double? confidence = 0.9) => _admission.Revise(Heard.Words(text, confidence: confidence), Heard.At(edge));

    void Settle(string text, double edge) => _admission.Settle(Heard.Words(text), Heard.At(edge));

    static Word Word(string text, double start, double end) => new(text, Heard.At(start), Heard.At(end), 0.9);
}
