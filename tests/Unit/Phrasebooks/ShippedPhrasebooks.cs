using VoiceGrains.Silo.Demo;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Phrasebooks;
using VoiceGrains.Silo.Engines.PocketSphinx;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Phrasebooks;

/// <summary>The phrasebooks that come with the product are complete.</summary>
public sealed class ShippedPhrasebooks
{
    static readonly string[] Languages = ["en", "es", "fr", "de", "it", "pt", "ar"];
    static readonly Lazy<PhrasebookLibrary> Library = new(static () => PhrasebookLibrary.Read([Repository.File("phrasebooks")]));

    public static TheoryData<string> AllLanguages => [.. Languages];

    public static TheoryData<string> RecognizedLanguages => [.. Languages.Intersect(EngineOptions.NamesIn(new PocketSphinxOptions().Languages))];

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Each_language_has_at_least_150_sentences(string tag) =>
        Assert.InRange(Library.Value.Books.SelectMany(static book => book.Phrases).Count(phrase => phrase.Texts.ContainsKey(tag)), 150, int.MaxValue);

    [Fact]
    public void Each_sentence_and_each_slot_value_stands_in_every_language()
    {
        var entries = Library.Value.Books.SelectMany(static book => book.Phrases.Concat(book.Slots.Values.SelectMany(static slot => slot.Values)));

        var incomplete = entries.Where(static entry => Languages.Except(entry.Texts.Keys).Any()).Select(static entry => entry.Texts.Values.First()[0].Text);

        Assert.Empty(incomplete);
    }

    [Theory]
    [MemberData(nameof(AllLanguages))]
    public void Each_way_to_say_a_sentence_is_found_and_has_a_translation(string tag)
    {
        var matcher = Library.Value.Matcher(tag);
        var said = Library.Value.Books.SelectMany(book => book.Phrases.SelectMany(phrase => phrase.Texts[tag]).Select(text => Filled(text, book, tag)));

        var lost = said.Where(text => matcher.Match(text) is not { } match || Languages.Any(other => match.In(other) is null));

        Assert.Empty(lost);
    }

    [Fact]
    public void Each_line_of_the_demo_is_a_sentence_of_the_phrasebooks()
    {
        var lines = DemoScript.Read(Repository.File("phrasebooks", "demo.txt"));

        Assert.InRange(lines.Count, 10, 100);
        Assert.Equal(["en", "es"], lines.Select(static line => line.Language.Tag).Distinct());
        Assert.All(lines, static line => Assert.Equal(
            PhraseWords.Of(line.Text), PhraseWords.Of(Library.Value.Matcher(line.Language.Tag).Match(line.Text)!.Written(line.Language.Tag))));
    }

    [Theory]
    [MemberData(nameof(RecognizedLanguages))]
    public void Each_word_has_a_pronunciation_in_the_committed_dictionary(string tag)
    {
        var options = new PocketSphinxOptions();
        Assert.SkipUnless(tag != "en" || File.Exists(options.EnglishDictionary), "The English words are in the dictionary of pocketsphinx-en-us, which is not installed.");
        var pronounced = WordsIn(Repository.File("phrasebooks", "dictionaries", tag + ".dict"));
        if (tag == "en")
            pronounced.UnionWith(WordsIn(options.EnglishDictionary));

        var words = new PhraseGrammar(tag, Library.Value.Books).TokenOfWord.Keys;

        Assert.Empty(words.Except(pronounced).Order());
    }

    [Theory]
    [MemberData(nameof(RecognizedLanguages))]
    public void Dictionaries_use_only_the_phones_of_the_acoustic_model(string tag)
    {
        string[] phones = [.. "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".Split(' ')];

        var used = File.ReadLines(Repository.File("phrasebooks", "dictionaries", tag + ".dict")).SelectMany(static line => line.Split(' ')[1..]).Distinct();

        Assert.Empty(used.Except(phones));
    }

    static HashSet<string> WordsIn(string dictionary) => [.. File.ReadLines(dictionary).Select(static line => line.Split(' ')[0].Split('(')[0])];

    static string Filled(PhraseText text, Phrasebook book, string tag) =>
        string.Concat(text.Pieces.Select(piece => piece.Slot is null ? piece.Text : book.Slots[piece.SlotName].Values[0].Texts[tag][0].Text));
}
