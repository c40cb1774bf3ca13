using FsCheck.Fluent;
using VoiceGrains.Lanes;

namespace VoiceGrains.Tests.Unit.Interpreting;

/// <summary>How answers of translators become pieces, and what is taken off them.</summary>
public sealed class PiecesOfAnswers
{
    [Fact]
    public void Tags_stay_between_one_and_the_number_of_words_and_never_fall() =>
        Assert.Equal("1|a 1|b 3|c 3|d 4|e", Tagged(DraftPieces.Of(Heard.Swedish, 4, [(-2, "a b"), (3, "c"), (2, " d "), (9, "e")])));

    [Fact]
    public void Tags_of_any_answer_do_so() => Law.Holds(
        from words in Gen.Choose(1, 9)
        from tags in Gen.Choose(-3, 14).ListOf()
        select (words, tags),
        static given =>
        {
            var needs = DraftPieces.Of(Heard.Japanese, given.words, given.tags.Select(static tag => (tag, "。。"))).Select(static piece => piece.Needs).ToList();
            return needs.All(need => need >= 1 && need <= given.words) && needs.SequenceEqual(needs.Order());
        });

    [Fact]
    public void Where_words_stand_apart_each_is_a_piece_and_elsewhere_each_fragment_is()
    {
        Assert.Equal("2|vi 2|ses", Tagged(DraftPieces.Of(Heard.Swedish, 3, [(2, " vi  ses\n"), (3, " ")])));
        Assert.Equal("2|会い ましょう", Tagged(DraftPieces.Of(Heard.Japanese, 3, [(2, " 会い ましょう "), (3, "")])));
    }

    [Fact]
    public void A_mark_that_stands_alone_belongs_to_the_word_before_it()
    {
        Assert.Equal(["vraiment ?", "oui", "»"], DraftPieces.Of(Language.Parse("fr"), 3, [(1, "vraiment\u00a0?"), (2, "oui"), (3, "»")]).Select(static piece => piece.Text));
        Assert.Equal(["はい。"], DraftPieces.Of(Heard.Japanese, 3, [(1, "はい"), (1, "。")]).Select(static piece => piece.Text));
    }

    [Theory]
    [InlineData("vi ses", "1|vi 1|ses 2|idag", "2|idag")]
    [InlineData("ja vi ses", "1|vi 1|ses 2|idag", "2|idag")]
    [InlineData("ja vi ses", "1|ses 2|idag", "2|idag")]
    [InlineData("ja vi ses", "1|es 2|idag", "1|es 2|idag")]
    [InlineData("ja vi ses", "1|ja 1|vi 2|möts", "1|ja 1|vi 2|möts")]
    [InlineData("", "1|vi", "1|vi")]
    [InlineData("vi", "1|vi", "")]
    [InlineData("a b c d e f g h i j k l m n", "1|a 1|b 1|c 1|d 1|e 1|f 1|g 1|h 1|i 1|j 1|k 1|l 1|m 1|n 2|o", "2|o")]
    public void What_a_translator_repeats_is_taken_off(string committed, string answer, string rest) =>
        Assert.Equal(rest, Tagged(DraftPieces.WithoutRepeated(Heard.Swedish, Heard.Pieces(answer), committed)));

    [Theory]
    [InlineData("私たちは明日", "1|私たちは 2|明日 3|会います", "3|会います")]
    [InlineData("私たちは明日", "2|明日 3|会います", "3|会います")]
    [InlineData("私たちは明日", "3|私たちは明日会います", "3|会います")]
    [InlineData("私たちは明日", "1|私 3|たちは明日会います", "3|会います")]
    [InlineData("私たちは明日", "1|私たちは 3|来週", "1|私たちは 3|来週")]
    [InlineData("今日、私たちは", "3|私たちは明日会います", "3|明日会います")]
    [InlineData("今日、私たちは", "2|は 3|明日", "3|明日")]
    [InlineData("今日、私たちは", "3|はい", "3|はい")]
    public void Also_where_no_spaces_tell_the_words_apart(string committed, string answer, string rest) =>
        Assert.Equal(rest, Tagged(DraftPieces.WithoutRepeated(Heard.Japanese, Heard.Pieces(answer), committed)));

    [Theory]
    [InlineData("vi ses", "2|idag")]
    [InlineData("", "1|vi 1|ses 2|idag")]
    [InlineData("vi ses idag", "")]
    [InlineData("vi ses i", null)]
    [InlineData("vi mö", null)]
    [InlineData("vi ses idag kl", null)]
    public void What_is_left_behind_a_beginning_is_known_or_that_it_is_none(string begin, string? rest) =>
        Assert.Equal(rest, DraftPieces.Behind(Heard.Swedish, Heard.Pieces("1|vi 1|ses 2|idag"), begin) is { } pieces ? Tagged(pieces) : null);

    [Fact]
    public void Without_spaces_a_beginning_may_end_within_a_piece() =>
        Assert.Equal("3|会います", Tagged(DraftPieces.Behind(Heard.Japanese, Heard.Pieces("1|私たちは 3|明日会います"), "私たちは明日")!.Value));

    [Fact]
    public void However_a_text_is_cut_in_two_the_second_half_is_left_behind_the_first() => Law.Holds(
        from words in Gen.Elements("a", "bb", "a.", "ab").NonEmptyListOf()
        from count in Gen.Choose(0, words.Count)
        select (words, count),
        static given =>
        {
            var pieces = DraftPieces.Of(Heard.Swedish, 1, given.words.Select(static word => (1, word)));
            var rest = pieces[given.count..];
            var begin = string.Join(' ', pieces[..given.count].Select(static piece => piece.Text));
            return DraftPieces.Behind(Heard.Swedish, pieces, begin) is { } behind && behind.SequenceEqual(rest)
                && DraftPieces.WithoutRepeated(Heard.Swedish, pieces, begin).Length <= rest.Length;
        });

    [Theory]
    [InlineData("es", "a", "b", "a b")]
    [InlineData("es", "", "b", "b")]
    [InlineData("es", "a", "", "a")]
    [InlineData("zh-Hant", "你", "好", "你好")]
    [InlineData("th", "ก", "ข", "กข")]
    [InlineData("ko", "네", "네", "네 네")]
    public void Texts_are_joined_as_the_language_is_written(string language, string before, string after, string joined) =>
        Assert.Equal(joined, Spacing.Join(Language.Parse(language), before, after));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(300, 1)]
    [InlineData(550, 1.1)]
    [InlineData(925, 1.25)]
    [InlineData(60_000, 1.25)]
    public void The_more_waits_to_be_played_the_faster_it_is_up_to_a_quarter(int unplayed, double tempo) =>
        Assert.Equal(tempo, CatchUp.Tempo(TimeSpan.FromMilliseconds(unplayed)), 9);

    static string Tagged(IEnumerable<DraftPiece> pieces) => string.Join(' ', pieces.Select(static piece => $"{piece.Needs}|{piece.Text}"));
}
