using VoiceGrains.Client;

namespace VoiceGrains.Tests.Unit.Client;

/// <summary>The command line of a call is read, or refused with what is wrong.</summary>
public sealed class CommandLineOfACall
{
    [Fact]
    public void All_options_are_taken_in_any_order()
    {
        var call = Read("--to es --json rows.json --url http://host:9/ --key secret --out heard.wav --in speech.wav --speed 1.5 --from en");

        Assert.Equal(new CallArguments("speech.wav", "en", "es", "heard.wav", "rows.json", new Uri("http://host:9/"), "secret", 1.5), call);
    }

    [Fact]
    public void Only_recording_and_languages_are_needed()
    {
        var call = Read("--in speech.wav --from en --to es");

        Assert.Equal((null, null, 1.0), (call.Out, call.Json, call.Speed));
    }

    [Theory]
    [InlineData("", "--in is missing")]
    [InlineData("--in a.wav --to es", "--from is missing")]
    [InlineData("--in a.wav --from en", "--to is missing")]
    [InlineData("--in a.wav --from en --to", "--to needs a value")]
    [InlineData("--input a.wav", "'--input' is no option")]
    [InlineData("a.wav --from en", "'a.wav' is no option")]
    [InlineData("--in a.wav --from en --to es --url host", "--url is no URL")]
    [InlineData("--in a.wav --from en --to es --speed fast", "--speed must be from 0.5 to 4")]
    [InlineData("--in a.wav --from en --to es --speed 5", "--speed must be from 0.5 to 4")]
    [InlineData("--in a.wav --from en --to es --speed NaN", "--speed must be from 0.5 to 4")]
    public void A_mistake_is_named(string line, string expected)
    {
        var error = Assert.Throws<FormatException>(() => Read(line));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    static CallArguments Read(string line) => CallArguments.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
