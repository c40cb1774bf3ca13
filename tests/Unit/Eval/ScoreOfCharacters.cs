using VoiceGrains.Eval.Metrics;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>chrF2, against values computed by hand.</summary>
public sealed class ScoreOfCharacters
{
    [Theory]
    [InlineData("el coche rojo", "el coche rojo", 100)]
    [InlineData("elcocherojo", "el coche rojo", 100)] // White space does not count.
    [InlineData("abc", "xyz", 0)]
    [InlineData("", "xyz", 0)]
    [InlineData("ab", "ac", 25)] // Order 1: 1 of 2 both ways; order 2: 0 of 1. P = R = 0.25.
    [InlineData("aab", "ab", 87.5)] // Orders 1 and 2: P = (2/3 + 1/2) / 2, R = 1; F = 5 P R / (4 P + R).
    public void A_text_is_scored_by_its_n_grams(string hypothesis, string reference, double expected)
    {
        var score = new CharacterScore();

        score.Add(hypothesis, reference);

        Assert.Equal(expected, score.Score, 4);
    }

    [Fact]
    public void A_corpus_is_scored_by_the_sums_of_its_counts()
    {
        var score = new CharacterScore();

        score.Add("a", "a");
        score.Add("b", "c");

        Assert.Equal(50, score.Score, 4);
    }
}
