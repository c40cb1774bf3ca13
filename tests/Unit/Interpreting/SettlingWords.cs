using VoiceGrains.Engines;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>What becomes of admitted words when final ones come.</summary>
public sealed class SettlingWords
{
    static readonly AdmissionRules Rules = new(Agreements: 2, RightContext: 1);

    readonly Admission _admission = new(Heard.English, Rules);

    SourceText Source => _admission.Source;

    [Fact]
    public void Admitted_words_stay_while_the_recognizer_changes_its_mind_until_they_are_final()
    {
        HearTwice("we meet today");
        Hear("he meat tomorrow evening", 2);
        Assert.Equal("we meet tomorrow evening", Plain());

        Settle("he meat tomorrow evening", 2.2);

        Assert.Equal(("he meat tomorrow evening", 1), (Plain(), _admission.Contradictions));
    }

    [Fact]
    public void A_word_that_belongs_before_admitted_ones_waits_until_it_is_final()
    {
        Word[] early = [Word("meet", 0.4, 0.7), Word("today", 0.8, 1.1)];
        Word[] late = [Word("we", 0, 0.3), .. early];
        _admission.Revise([.. early], Heard.At(1.2));
        _admission.Revise([.. early], Heard.At(1.3));
        _admission.Revise([.. late], Heard.At(1.4));
        Assert.Equal("meet today", Plain());

        _admission.Settle([.. late], Heard.At(1.5));

        Assert.Equal(("we meet today", 1), (Plain(), _admission.Contradictions));
    }

    [Theory]
    [InlineData("we meet today", 0, 3)]
    [InlineData("we meat today", 1, 3)]
    [InlineData("meeting", 1, 1)]
    [InlineData("we meet today at ten", 0, 5)]
    public void Final_words_that_are_others_than_admitted_ones_are_counted(string final, int contradictions, int words)
    {
        HearTwice("we meet today");

        // They cover everything that was heard, however many they are.
        var settled = final.Split(' ').Select((word, i) => Word(word, 0.3 * i, i == words - 1 ? 1.6 : (0.3 * i) + 0.3));
        _admission.Settle([.. settled], Heard.At(1.8));

        Assert.Equal((contradictions, words, words), (_admission.Contradictions, Source.Final, Source.Admitted));
    }

    [Fact]
    public void Final_words_cover_others_by_their_times_and_what_is_behind_keeps_what_it_had()
    {
        HearTwice("we meet today at nine");
        Assert.Equal(4, Source.Admitted);

        _admission.Settle([Word("we'll", 0, 0.2), Word("all", 0.2, 0.35), Word("meet", 0.4, 0.7)], Heard.At(2));

        Assert.Equal(("we'll all meet today at nine", 3, 5), (Plain(), Source.Final, Source.Admitted));
        Assert.Equal((6, 1), (Source.Sure, _admission.Contradictions));
    }

    [Fact]
    public void A_name_that_no_longer_begins_a_sentence_is_known_to_be_one()
    {
        for (var update = 1; update <= 5; update++)
            Hear("is. Paris closed today", update);
        Assert.Equal(WordClass.SoundsRisky, Source.Words[1].Class);

        Settle("is", 6);

        Assert.Equal(WordClass.Risky, Source.Words[1].Class);
    }

    [Fact]
    public void At_the_end_what_is_not_final_was_not_said_and_counts_when_it_was_admitted()
    {
        HearTwice("we meet today");
        Settle("we", 2);
        Assert.True(_admission.HasTail);

        _admission.End();

        Assert.Equal(("we", 1, 1, true), (Plain(), Source.Final, Source.Admitted, Source.IsOver));
        Assert.Equal((false, 1), (_admission.HasTail, _admission.Contradictions));
    }

    [Fact]
    public void An_end_after_final_words_contradicts_nothing()
    {
        HearTwice("we meet today");
        Settle("we meet today", 2);
        Hear("we", 2.5);

        _admission.End();

        Assert.Equal((3, 0), (Source.Words.Length, _admission.Contradictions));
    }

    [Fact]
    public void Final_words_that_are_none_change_nothing()
    {
        HearTwice("we meet today");
        var before = Source;

        _admission.Settle([], Heard.At(3));

        Assert.Same(before, Source);
    }

    void Hear(string text, double edge, double? confidence = 0.9) => _admission.Revise(Heard.Words(text, confidence: confidence), Heard.At(edge));

    void HearTwice(string text)
    {
        Hear(text, 1.2);
        Hear(text, 1.3);
    }

    void Settle(string text, double edge) => _admission.Settle(Heard.Words(text), Heard.At(edge));

    string Plain() => string.Join(' ', Source.Words.Select(static word => word.Plain));

    static Word Word(string text, double start, double end) => new(text, Heard.At(start), Heard.At(end), 0.9);
}
