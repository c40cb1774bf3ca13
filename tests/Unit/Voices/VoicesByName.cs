using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>A voice is chosen by a name, perhaps with an effect.</summary>
public sealed class VoicesByName
{
    [Theory]
    [InlineData("stock-male", "stock-male", null)]
    [InlineData("stock-male+telephone", "stock-male", "telephone")]
    [InlineData("voice-1+whisper-soft", "voice-1", "whisper-soft")]
    [InlineData("7", "7", null)]
    public void A_name_is_read(string text, string profile, string? effect)
    {
        Assert.True(VoiceName.TryParse(text, out var name));

        Assert.Equal((profile, effect, text), (name.Profile, name.Effect, name.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+telephone")]
    [InlineData("stock-male+")]
    [InlineData("stock-male+a+b")]
    [InlineData("acme/voice-1")]
    [InlineData("../voice-1")]
    [InlineData("Voice-1")]
    [InlineData("voice-1\n")]
    [InlineData("-voice")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_name_is_refused(string? text) => Assert.False(VoiceName.TryParse(text, out _));

    [Fact]
    public void Whatever_is_a_name_stays_within_its_tenant() => Law.Holds(
        Any.Text, static text => !VoiceName.TryParse(text, out var name) || (!name.ToString().Contains('/') && name.ToString() == text), cases: 1_000);

    [Fact]
    public void Five_stock_voices_speak_every_language()
    {
        Assert.Equal(5, StockVoices.Names.Count);
        Assert.All(StockVoices.Names, static name =>
        {
            Assert.StartsWith(StockVoices.Prefix, name);
            Assert.Equal(name, StockVoices.Find(name, Language.Parse("fi"))!.Profile);
        });
        Assert.Null(StockVoices.Find("voice-1", Language.Parse("fi")));
    }
}
