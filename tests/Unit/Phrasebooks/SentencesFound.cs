using VoiceGrains.Silo.Engines.Phrasebooks;

namespace VoiceGrains.Tests.Unit.Phrasebooks;

/// <summary>A sentence is found by its words, with whatever stands in its slots, and said in another language.</summary>
public sealed class SentencesFound
{
    const string Book = """
        # Comments and a byte order mark do no harm.
        [slot number]
        en twenty
        es veinte

        en twenty one
        es veintiuno

        en one
        es uno

        [slot time]
        en at half past three
        en at three thirty
        es a las tres y media

        en at noon
        es a mediodía

        [phrases]
        en Good morning!
        en Good day!
        es Buenos días.

        en I have {number} of {number:2}.
        es De {number:2} tengo {number}.

        en {time} I'll eat {number}.
        es {time} comeré {number}.

        en The meeting is {time}.
        es La reunión es {time}.

        en Good morning, everybody.
        es Buenos días a todos.
        """;

    static readonly Phrasebook Everyday = PhrasebookFile.Parse("everyday.phrases", "\uFEFF" + Book);

    [Theory]
    [InlineData("Good morning!", "Buenos días.")]
    [InlineData("good  MORNING", "Buenos días.")]
    [InlineData("Good day", "Buenos días.")]
    [InlineData("good morning everybody", "Buenos días a todos.")]
    [InlineData("I have one of twenty.", "De veinte tengo uno.")]
    [InlineData("I have twenty one of one.", "De uno tengo veintiuno.")]
    [InlineData("I have twenty of twenty one.", "De veintiuno tengo veinte.")]
    [InlineData("The meeting is at half past three.", "La reunión es a las tres y media.")]
    [InlineData("The meeting is at three thirty.", "La reunión es a las tres y media.")]
    [InlineData("At noon I’ll eat one.", "A mediodía comeré uno.")]
    public void A_sentence_is_translated(string said, string expected) => Assert.Equal(expected, Translate(said, "en", "es"));

    [Theory]
    [InlineData("")]
    [InlineData("Good")]
    [InlineData("Good morning to you")]
    [InlineData("I have of one")]
    [InlineData("I have two of one")]
    [InlineData("The meeting is twenty")]
    [InlineData("Buenos días")]
    public void Other_words_are_no_sentence(string said) => Assert.Null(Matcher("en").Match(said));

    [Fact]
    public void A_translation_is_the_first_way_to_say_it() => Assert.Equal("Good morning!", Translate("buenos días", "es", "en"));

    [Fact]
    public void A_sentence_is_written_as_the_phrasebook_writes_it() =>
        Assert.Equal("At half past three I'll eat twenty one.", Matcher("en").Match("at three thirty i'll eat twenty one")!.Written("en"));

    [Fact]
    public void A_language_that_a_sentence_lacks_has_no_translation()
    {
        var match = Matcher("en").Match("good morning")!;

        Assert.Null(match.In("fr"));
    }

    [Fact]
    public void The_first_book_with_a_sentence_wins()
    {
        var other = PhrasebookFile.Parse("other.phrases", "en Good morning!\nes ¡Muy buenas!\n\nen Bye.\nes Adiós.\n");
        var library = new PhrasebookLibrary([Everyday, other]);

        Assert.Equal("Buenos días.", library.Matcher("en").Match("good morning")!.In("es"));
        Assert.Equal("Adiós.", library.Matcher("en").Match("bye")!.In("es"));
    }

    [Theory]
    [InlineData("en", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("fr", null)]
    public void Sentences_of_a_language_serve_its_regions(string language, string? expected) =>
        Assert.Equal(expected, new PhrasebookLibrary([Everyday]).TagFor(Language.Parse(language)));

    [Theory]
    [InlineData("Don’t worry, it's 20 o'clock!", "don't worry it's 20 o'clock")]
    [InlineData("'quoted' words'", "quoted words")]
    [InlineData("E\u0301te\u0301 ¿QUÉ?", "été qué")]
    [InlineData("السَّلامُ عليكم،", "السَّلامُ عليكم")]
    [InlineData("--- … !", "")]
    public void Words_are_compared_without_case_marks_and_spelling_of_accents(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', PhraseWords.Of(text)));

    static PhraseMatcher Matcher(string language) => new(language, [Everyday]);

    static string Translate(string said, string from, string to) => Matcher(from).Match(said)!.In(to)!;
}
