using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Lanes;
using VoiceGrains.Recognition;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Text is cut into sentences to translate and clauses to speak, and nothing of it is lost on the way.</summary>
public sealed class CutText
{
    static readonly Gen<string> Prose = Gen.Elements("good", "3.5", "e.g", "Hola", "¿qué", "你好", "今天", " ", " ", "\n", ".", ",", "?", "!", "…", "؟", "،", "。", "，", "！", "...")
        .ArrayOf().Select(static pieces => string.Concat(pieces));

    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("one", "one")]
    [InlineData("One. Two? Three", "One.|Two?|Three")]
    [InlineData("It costs 3.50 euros. Really.", "It costs 3.50 euros.|Really.")]
    [InlineData("Wait... What?!", "Wait...|What?!")]
    [InlineData("今天。明天！好", "今天。|明天！|好")]
    [InlineData("كيف حالك؟ أنا بخير.", "كيف حالك؟|أنا بخير.")]
    public void Sentences_end_at_a_mark_before_a_space(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', SentenceCutter.All(text)));

    [Theory]
    [InlineData("One. Two", "One.", "Two")]
    [InlineData("One. Two.", "One. Two.", "")]
    [InlineData("no end yet", "", "no end yet")]
    [InlineData("version 2.0", "", "version 2.0")]
    [InlineData("", "", "")]
    public void The_whole_sentences_come_before_what_is_left_over(string text, string complete, string unfinished) =>
        Assert.Equal((complete, unfinished), SentenceCutter.CutLast(text));

    [Fact]
    public void All_sentences_together_are_the_text() =>
        Law.Holds(Prose, static text => Letters(string.Concat(SentenceCutter.All(text))) == Letters(text));

    [Fact]
    public void Whole_and_unfinished_together_are_the_text() => Law.Holds(Prose, static text =>
    {
        var (complete, unfinished) = SentenceCutter.CutLast(text);
        return Letters(complete + unfinished) == Letters(text);
    });

    [Theory]
    [InlineData("Good morning, how are you today? ", "Good morning,|how are you today?")]
    [InlineData("Yes, I can hear you. ", "Yes, I can hear you.")]
    [InlineData("It is 3.50, really. ", "It is 3.50,|really.")]
    [InlineData("你好，今天好吗？", "你好，|今天好吗？")]
    public void Clauses_end_at_a_mark_and_are_worth_a_breath(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', new ClauseCutter().Take(text)));

    [Fact]
    public void A_clause_waits_for_the_space_that_proves_its_end()
    {
        var cutter = new ClauseCutter();

        Assert.Empty(cutter.Take("It costs 20"));
        Assert.Empty(cutter.Take(","));
        Assert.Empty(cutter.Take("50 euros,"));
        Assert.Equal(["It costs 20,50 euros,"], cutter.Take(" you"));
        Assert.Equal("you", cutter.Finish());
        Assert.Null(cutter.Finish());
    }

    [Fact]
    public void All_clauses_together_are_the_text_however_it_is_streamed() => Law.Holds(
        from text in Prose from size in Gen.Choose(1, 7) select (text, size),
        static given =>
        {
            var clauses = Clauses(given.text.Chunk(given.size).Select(static piece => new string(piece)));
            return Letters(string.Concat(clauses)) == Letters(given.text) && clauses.SequenceEqual(Clauses([given.text])) && !clauses.Contains("");
        });

    static List<string> Clauses(IEnumerable<string> pieces)
    {
        var cutter = new ClauseCutter();
        var clauses = pieces.SelectMany(cutter.Take).ToList();
        return cutter.Finish() is { } rest ? [.. clauses, rest] : clauses;
    }

    // Spaces between pieces are given back by whoever joins them.
    static string Letters(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));
}
