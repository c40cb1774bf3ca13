using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>What is known of single words of a language.</summary>
public sealed class WordsThatDoHarm
{
    [Theory]
    [InlineData("en", "fifteen 15 3.5 10:30 twenty-five not don't don’t DON'T no-one nobody never cannot hundreds fifties Keller O'Brien Jean-Luc A4")]
    [InlineData("es", "quince veinticinco veintiún trescientas quinientas 7 no nunca ningún sin Madrid")]
    [InlineData("de", "fünfzehn einundzwanzig zweihundertfünf tausendeins dreißig nicht keine niemandem ohne")]
    [InlineData("fr", "quinze quatre-vingts dix-sept n'est n’ai pas jamais aucune sans Lyon l'Italie d’Anne")]
    [InlineData("it", "quindici ventidue trentuno duecento duemila non nessun mai senza Roma dell'Italia")]
    [InlineData("pt", "quinze vinte duzentos trezentas quinhentos não nunca nenhuma sem Lisboa")]
    [InlineData("sv", "7 Kiruna")]
    public void Numbers_negations_and_names_wait_for_final_words(string language, string words) =>
        Assert.All(words.Split(' '), word => Assert.Equal(WordClass.Risky, ClassOf(language, word)));

    [Theory]
    [InlineData("en", "now for know to")]
    [InlineData("es", "son tez sé")]
    [InlineData("de", "nah wehr weiter")]
    [InlineData("fr", "cette bas sang")]
    [InlineData("it", "nome sai")]
    [InlineData("pt", "mão sei")]
    public void Words_that_sound_like_them_need_more_agreements(string language, string words) =>
        Assert.All(words.Split(' '), word => Assert.Equal(WordClass.SoundsRisky, ClassOf(language, word)));

    [Theory]
    [InlineData("en", "meeting canteen I I'm I'll He's well-known it's. We")]
    [InlineData("es", "centro reunión unos mañana")]
    [InlineData("de", "und Jahr Leute undicht wichtig Stadt")]
    [InlineData("fr", "est-ce c'est aujourd'hui L' rendez-vous")]
    [InlineData("it", "vento centro tanta l'aria c'è")]
    [InlineData("pt", "centro trem disse-me")]
    [InlineData("sv", "möte två")]
    public void Others_are_usual(string language, string words) => Assert.All(words.Split(' '), word => Assert.Equal(WordClass.Usual, ClassOf(language, word)));

    [Fact]
    public void A_capital_letter_at_the_beginning_of_a_sentence_may_be_a_name() =>
        Assert.Equal((WordClass.SoundsRisky, WordClass.Usual), (ClassOf("en", "Maria", isFirst: true), ClassOf("en", "The", isFirst: true)));

    [Theory]
    [InlineData("«Où?»", "où")]
    [InlineData("Don’t!", "don't")]
    [InlineData("e\u0301te\u0301", "été")]
    [InlineData("¿Qué", "qué")]
    public void Words_are_compared_without_marks_and_letter_case(string word, string plain) => Assert.Equal(plain, WordLists.Plain(word));

    [Theory]
    [InlineData("en", "the and 3.5 15 twenty-five not ¿")]
    [InlineData("de", "der fünfzehn zweihundertfünf kein")]
    [InlineData("es", "la veinticinco sin")]
    public void Nobody_takes_a_breath_behind_a_function_word_or_a_number(string language, string words) =>
        Assert.All(words.Split(' '), word => Assert.True(WordLists.Of(Language.Parse(language)).LeansOnNext(word), word));

    [Theory]
    [InlineData("en", "meeting 15. and, today")]
    [InlineData("sv", "och")]
    public void Behind_others_one_may(string language, string words) =>
        Assert.All(words.Split(' '), word => Assert.False(WordLists.Of(Language.Parse(language)).LeansOnNext(word), word));

    [Fact]
    public void Marks_of_many_scripts_end_clauses_and_some_of_them_sentences()
    {
        Assert.All("a, b; c: d. 。 、 ？ ، ؟".Split(' '), static text => Assert.True(WordLists.EndsWithMark(text), text));
        Assert.All(new[] { "a.", "a?", "a。", "a؟" }, static text => Assert.True(WordLists.EndsSentence(text), text));
        Assert.All(new[] { "a,", "a、", "a", "" }, static text => Assert.False(WordLists.EndsSentence(text), text));
    }

    static WordClass ClassOf(string language, string word, bool isFirst = false) =>
        WordLists.Of(Language.Parse(language)).ClassOf(Language.Parse(language), word, isFirst);
}
