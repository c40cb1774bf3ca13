using VoiceGrains.Silo.Engines.Phrasebooks;
using VoiceGrains.Silo.Engines.PocketSphinx;

namespace VoiceGrains.Tests.Unit.Engines;

/// <summary>The phrasebooks of one language as a grammar that a decoder reads.</summary>
public sealed class GrammarOfPhrases
{
    [Fact]
    public void Sentences_and_slots_become_rules_over_numbered_words()
    {
        var grammar = Grammar("[slot day]\nen on Monday\nes el lunes\n\nen today\nes hoy\n\n[phrases]\nen Good morning.\nes Buenos días.\n\nen We meet {day}\nes Nos vemos {day}\n");

        Assert.Equal(
            "#JSGF V1.0;\ngrammar phrasebook;\n<s0_day> = w0 w1 | w2;\npublic <sentence> = w3 w4\n | w5 w6 <s0_day>;\n", grammar.Text);
        Assert.Equal("w1", grammar.TokenOfWord["monday"]);
    }

    [Fact]
    public void A_word_has_one_token_wherever_it_stands()
    {
        var grammar = Grammar("en Good day.\nes Buenos días.\n\nen A good day, a GOOD day.\nes Un buen día.\n");

        Assert.Equal(3, grammar.TokenOfWord.Count);
        Assert.Equal(grammar.TokenOfWord.Values.Order(), grammar.Shown.Keys.Order());
    }

    [Theory]
    [InlineData("Well, this is what I want.", "i", "I")]
    [InlineData("Call Anna, an old friend.", "an", "an")]
    [InlineData("Good morning.", "good", "Good")]
    [InlineData("We’ll see.", "we'll", "We’ll")]
    public void A_word_is_shown_as_it_is_written(string text, string word, string expected)
    {
        var grammar = Grammar($"en {text}\nes Sí.\n");

        Assert.Equal(new ShownWord(word, expected), grammar.Shown[grammar.TokenOfWord[word]]);
    }

    [Fact]
    public void A_capital_at_the_beginning_of_a_sentence_is_not_kept()
    {
        var grammar = Grammar("en Good morning, Maria.\nes Buenos días, María.\n\nen Very good.\nes Muy bien.\n");

        Assert.Equal("good", grammar.Shown[grammar.TokenOfWord["good"]].Text);
        Assert.Equal("Maria", grammar.Shown[grammar.TokenOfWord["maria"]].Text);
    }

    [Fact]
    public void Slots_of_two_books_do_not_mix()
    {
        var first = PhrasebookFile.Parse("a.phrases", "[slot day]\nen today\nes hoy\n\n[phrases]\nen Only {day}\nes Solo {day}\n");
        var second = PhrasebookFile.Parse("b.phrases", "[slot day]\nen tomorrow\nes mañana\n\n[phrases]\nen Until {day}\nes Hasta {day}\n");

        var grammar = new PhraseGrammar("en", [first, second]);

        Assert.Contains("<s0_day> = w0;\n<s1_day> = w2;\n", grammar.Text, StringComparison.Ordinal);
        Assert.Contains("w1 <s0_day>\n | w3 <s1_day>", grammar.Text, StringComparison.Ordinal);
    }

    static PhraseGrammar Grammar(string book) => new("en", [PhrasebookFile.Parse("mine.phrases", book)]);
}
