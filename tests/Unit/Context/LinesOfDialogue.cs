using VoiceGrains.Context;
using VoiceGrains.Engines;

namespace VoiceGrains.Tests.Unit.Context;

/// <summary>Dialogue for engines is short, in order and without names.</summary>
public sealed class LinesOfDialogue
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lines_are_in_the_order_of_speech_and_speakers_have_numbers() => Assert.Equal(
        [new DialogueLine("S1", "Where is it?"), new DialogueLine("S2", "Aquí."), new DialogueLine("S1", "Thanks."), new DialogueLine("S3", "Bien.")],
        Dialogue.Of([Said("ben", 1, "Where is it?"), Said("ben", 3, "Thanks."), Said("ana", 2, "Aquí."), Said("eve", 4, "Bien."), Said("ana", 5, "")]));

    [Fact]
    public void What_was_said_at_the_same_moment_keeps_its_order() =>
        Assert.Equal(["one", "two", "three"], Texts(Said("ben", 1, "one"), Said("ben", 1, "two"), Said("ben", 1, "three")));

    [Fact]
    public void Only_the_last_six_are_given() =>
        Assert.Equal(["3", "4", "5", "6", "7", "8"], Texts([.. Enumerable.Range(1, 8).Select(static number => Said("ben", number, $"{number}"))]));

    [Fact]
    public void What_does_not_fit_is_cut_in_front_at_a_word()
    {
        var texts = Texts(Said("ben", 1, "Not at all."), Said("ben", 2, string.Join(' ', Enumerable.Repeat("older", 100))), Said("ana", 3, new string('a', 300)));

        Assert.Equal(2, texts.Count);
        Assert.StartsWith("… older older", texts[0], StringComparison.Ordinal);
        Assert.Equal(300, texts[1].Length);
        Assert.InRange(texts.Sum(static text => text.Length), Dialogue.MostCharacters - 30, Dialogue.MostCharacters);
    }

    [Fact]
    public void A_rest_too_short_to_explain_anything_is_left_out() =>
        Assert.Equal([570], Texts(Said("ben", 1, new string('b', 100)), Said("ana", 2, new string('a', 570))).Select(static text => text.Length));

    [Theory]
    [InlineData("字")]
    [InlineData("𠮷")]
    public void Text_without_spaces_is_cut_between_characters(string character)
    {
        var text = Assert.Single(Texts(Said("ben", 1, string.Concat(Enumerable.Repeat(character, 1_000)) + "。")));

        Assert.InRange(text.Length, Dialogue.MostCharacters - 1, Dialogue.MostCharacters);
        Assert.StartsWith("… " + character, text, StringComparison.Ordinal);
    }

    static IReadOnlyList<string> Texts(params Said[] said) => [.. Dialogue.Of(said).Select(static line => line.Text)];

    static Said Said(string speaker, int second, string text) => new(new ParticipantId(speaker), Start.AddSeconds(second), text);
}
