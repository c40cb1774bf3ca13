using VoiceGrains.Eval.Metrics;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>Average token delay, against vectors that were checked with SimulEval's scorer.</summary>
public sealed class DelayOfTokens
{
    [Theory]
    [InlineData(new double[] { 3, 4, 5, 6, 6, 6 }, 3.0)]
    [InlineData(new double[] { 2, 2, 4, 4, 6, 6, 6, 6 }, 2.375)]
    public void From_text_to_text(double[] delays, double expected) => Assert.Equal(expected, TokenDelay.OfText(delays), 4);

    [Theory]
    [InlineData(new double[] { 1000, 1000, 2000, 3000, 4000, 4000 }, 1550)]
    [InlineData(new double[] { 900, 900, 1800, 1800, 1800, 3000 }, 650)]
    [InlineData(new double[] { 1200, 1800, 2600, 4300, 4300 }, 1940)]
    public void From_speech_to_text(double[] delays, double expected) => Assert.Equal(expected, TokenDelay.OfCaptions(delays), 4);

    [Theory]
    [InlineData(new double[] { 1000, 2000, 3000 }, new double[] { 600, 900, 1500 }, 1570)]
    [InlineData(new double[] { 1500, 1500, 3200, 4000 }, new double[] { 700, 650, 1234, 900 }, 1552.769231)]
    public void From_speech_to_speech(double[] delays, double[] durations, double expected) => Assert.Equal(expected, TokenDelay.OfSpeech(delays, durations), 4);
}
