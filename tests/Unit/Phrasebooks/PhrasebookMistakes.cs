using FsCheck.Fluent;
using VoiceGrains.Silo.Engines.Phrasebooks;

namespace VoiceGrains.Tests.Unit.Phrasebooks;

/// <summary>Each kind of mistake in a phrasebook is told with its file and line.</summary>
public sealed class PhrasebookMistakes
{
    const string Number = "[slot number]\nen two\nes dos\n\n[phrases]\n";

    public static TheoryData<string, int, string> Mistakes => new()
    {
        { "", 1, "the file holds no sentences" },
        { "# only a comment\n\n[phrases]\n", 4, "the file holds no sentences" },
        { "en Hello.\nes Hola.\n\nen Alone.\n", 4, "the sentence stands in one language only" },
        { "en Hello.\n\nes Hola.\n", 1, "the sentence stands in one language only" },
        { "en Hello.\nHola.\nes Hola.\n", 2, "'Hola.' is no language tag" },
        { "en Hello.\nespañol Hola.\nes Hola.\n", 2, "'español' is no language tag" },
        { "en Hello.\nes\n", 2, "'es' is no language tag" },
        { "[Phrases]\nen Hello.\nes Hola.\n", 1, "'[Phrases]' is no section" },
        { "[slot Number]\nen two\nes dos\n", 1, "'[slot Number]' is no section" },
        { "en Hello.\nes ...\n", 2, "the text holds no words" },
        { $"en Hello.\nes {new string('a', 201)}\n", 2, "the text has 201 characters; 200 are allowed" },
        { $"en {string.Concat(Enumerable.Repeat("a ", 25))}\nes Hola.\n", 1, "the text has 25 words; 24 are allowed" },
        { "en Hello.\nes Ho\u0007la.\n", 2, "the text holds control characters" },
        { "en Hello.\nes Ho\u200Bla.\n", 2, "the text holds control characters" },
        { "en Hello {name.\nes Hola.\n", 1, "a brace does not belong to a slot" },
        { "en Hello {Name}.\nes Hola.\n", 1, "a brace does not belong to a slot" },
        { "en Hello {name:1}.\nes Hola.\n", 1, "a brace does not belong to a slot" },
        { "[slot number]\nen {other}\nes dos\n", 2, "a slot value can't hold a slot" },
        { Number + "en I have {number}.\nes Tengo dos.\n", 7, "the slots differ from those in line 6" },
        { Number + "en I have {number}.\nen I have got some.\nes Tengo {number}.\n", 7, "the slots differ from those in line 6" },
        { Number + "en {number} and {number}.\nes {number} y {number}.\n", 6, "the slot {number} stands twice" },
        { "en Today is {day}.\nes Hoy es {day}.\n", 1, "the slot {day} is not defined" },
        { "[slot day]\n[phrases]\nen Today is {day}.\nes Hoy es {day}.\n", 3, "the section [slot day] is empty" },
        { Number + "en I have {number}.\nfr J'ai {number}.\n", 6, "the slot {number} has values without a text in fr" },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_is_told_with_file_and_line(string text, int line, string expected)
    {
        var error = Assert.Throws<PhrasebookException>(() => PhrasebookFile.Parse("mine.phrases", text));

        Assert.StartsWith($"mine.phrases:{line}: {expected}", error.Mistakes[0], StringComparison.Ordinal);
        Assert.EndsWith(".", error.Mistakes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var error = Assert.Throws<PhrasebookException>(() => PhrasebookFile.Parse("mine.phrases", "en Alone.\n\nnonsense\n\n[Bad]\nen Hello {day}.\nes Hola {day}.\n"));

        Assert.Equal(["1", "3", "5", "6", "6"], error.Mistakes.Select(static mistake => mistake.Split(':')[1]));
    }

    [Fact]
    public void A_file_may_hold_5000_sentences_and_no_more()
    {
        var sentences = Enumerable.Range(1, 5_001).Select(static number => $"en Number {number}.\nes Número {number}.\n\n").ToList();

        Assert.Equal(5_000, PhrasebookFile.Parse("big.phrases", string.Concat(sentences[1..])).Phrases.Length);
        var error = Assert.Throws<PhrasebookException>(() => PhrasebookFile.Parse("big.phrases", string.Concat(sentences)));
        Assert.Equal("big.phrases:15001: more than 5000 sentences. Split the file.", Assert.Single(error.Mistakes));
    }

    [Fact]
    public void Files_that_are_missing_or_no_UTF8_are_told_together()
    {
        var folder = Directory.CreateTempSubdirectory("phrasebooks-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "a.phrases"), [(byte)'e', (byte)'n', (byte)' ', 0xE9]);
            File.WriteAllText(Path.Combine(folder.FullName, "b.phrases"), new string('#', 2 * 1024 * 1024 + 1));

            var error = Assert.Throws<PhrasebookException>(() => PhrasebookLibrary.Read([folder.FullName, "/nowhere/c.phrases"]));

            Assert.Equal(3, error.Mistakes.Count);
            Assert.EndsWith("a.phrases: not UTF-8. Save it as UTF-8.", error.Mistakes[0], StringComparison.Ordinal);
            Assert.Contains("b.phrases: larger than 2048 KB", error.Mistakes[1], StringComparison.Ordinal);
            Assert.Equal("/nowhere/c.phrases: no such file.", error.Mistakes[2]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Any_text_is_a_phrasebook_or_has_mistakes_with_lines() => Law.Holds(
        Any.Text.Where(static text => !text.Any(char.IsSurrogate)).Select(static text => $"en Hello.\nes Hola.\n\nen {text}\n{text}"),
        static text =>
        {
            try
            {
                return PhrasebookFile.Parse("any.phrases", text).Phrases.Length > 0;
            }
            catch (PhrasebookException error)
            {
                return error.Mistakes.All(static mistake => int.Parse(mistake.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture) > 0);
            }
        });
}
