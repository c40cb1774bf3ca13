using System.Security.Cryptography;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Chat;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>How the lines of a draft are read, however a model writes them and wherever its pieces are cut.</summary>
public sealed class LinesOfDrafts
{
    const int Words = 9;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40).Select(static _ => RandomNumberGenerator.GetInt32(int.MaxValue))];

    [Theory]
    [InlineData("3|hola", 3, "hola")]
    [InlineData(" 3 | hola, qué tal ", 3, "hola, qué tal")]
    [InlineData("9|hola", 9, "hola")]
    [InlineData("9|- sí -", 9, "- sí -")]
    [InlineData("hola", Words, "hola")]
    [InlineData("3 casas", Words, "3 casas")]
    [InlineData("|hola", Words, "hola")]
    [InlineData("0|hola", Words, "hola")]
    [InlineData("-2|hola", Words, "hola")]
    [InlineData("+2|hola", Words, "hola")]
    [InlineData("2.5|hola", Words, "hola")]
    [InlineData("10|hola", Words, "hola")]
    [InlineData("99999999999999999999|hola", Words, "hola")]
    [InlineData("[3]|hola", Words, "hola")]
    [InlineData("2-3|hola", Words, "hola")]
    [InlineData("٣|hola", Words, "hola")]
    [InlineData("k|hola", Words, "k hola")]
    [InlineData("vale|hola", Words, "vale hola")]
    [InlineData("3|hola|", Words, "hola")]
    [InlineData("3|hola 4|amigo 5|mío", Words, "hola amigo mío")]
    public void A_line_that_has_not_its_form_needs_all_words_and_keeps_its_text(string line, int needs, string text) =>
        Assert.Equal([new DraftFragment(needs, text)], Read(line));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(" - \n")]
    [InlineData("4|-")]
    [InlineData("4|")]
    [InlineData("\n\r\n \n")]
    [InlineData("```\n```")]
    [InlineData("```text\n-\n```")]
    public void What_holds_no_words_is_no_piece(string answer) => Assert.Empty(Read(answer));

    [Fact]
    public void A_number_that_falls_needs_all_words_and_so_does_everything_behind_it() =>
        Assert.Equal([new(2, "a"), new(2, "b"), new(5, "c"), new(Words, "d"), new(Words, "e")], Read("2|a\n2|b\n5|c\n4|d\n6|e"));

    [Fact]
    public void A_line_counts_when_its_end_came_or_the_answer_was_whole()
    {
        var lines = new DraftLines(Words);

        Assert.Empty(lines.Take("1|uno"));
        Assert.Equal([new(1, "uno")], lines.Take("\n2|d"));
        Assert.Empty(lines.Take("os"));
        Assert.Equal(new(2, "dos"), lines.End());
        Assert.Null(lines.End());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void However_it_is_cut_no_word_is_lost_and_no_number_falls(int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, random.Next(1, 12)).Select(at => (Text: $"palabra{(char)('a' + at)} más", Before: Tag(random), Behind: random.Next(8) == 0 ? "|" : "")).ToList();
        var answer = string.Concat(lines.Select(line => line.Before + line.Text + line.Behind + Ends[random.Next(Ends.Length)]));
        if (random.Next(2) == 0)
            answer = answer.TrimEnd();

        var pieces = ReadIn(Cut(random, answer));

        Assert.Equal(lines.Select(static line => line.Text), pieces.Select(static piece => piece.Text));
        Assert.Equal(Read(answer), pieces);
        Assert.Equal(pieces.Select(static piece => piece.Needs).Order(), pieces.Select(static piece => piece.Needs));
        // A number is only taken at its word.
        Assert.All(pieces.Zip(lines), static read => Assert.Contains(read.First.Needs.ToString(System.Globalization.CultureInfo.InvariantCulture), (string[])[read.Second.Before.Trim(' ', '|'), "9"]));
    }

    static readonly string[] Ends = ["\n", "\r\n", "\n\n", " \n", "\n-\n", "\n3|\n"];

    static string Tag(Random random) => random.Next(10) switch
    {
        0 => "",
        1 => "|",
        2 => "[4]|",
        3 => "0|",
        4 => " 7 | ",
        _ => $"{random.Next(1, Words + 3)}|",
    };

    static IEnumerable<string> Cut(Random random, string answer)
    {
        for (int at = 0, next; at < answer.Length; at = next)
        {
            next = Math.Min(answer.Length, at + random.Next(1, 9));
            yield return answer[at..next];
        }
    }

    static List<DraftFragment> Read(string answer) => ReadIn([answer]);

    static List<DraftFragment> ReadIn(IEnumerable<string> pieces)
    {
        var lines = new DraftLines(Words);
        var fragments = pieces.SelectMany(lines.Take).ToList();
        if (lines.End() is { } last)
            fragments.Add(last);
        return fragments;
    }
}
