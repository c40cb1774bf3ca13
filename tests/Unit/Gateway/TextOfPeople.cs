using VoiceGrains.Gateway;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>Text that hides something from those who read it is found; text of any script is not.</summary>
public sealed class TextOfPeople
{
    [Theory]
    [InlineData("")]
    [InlineData("Good morning.")]
    [InlineData("two\nlines\r\nand a\ttab")]
    [InlineData("صباح الخير، كيف حالك؟")]
    [InlineData("नमस्ते, คุณเป็นอย่างไร, 你好")]
    [InlineData("👨\u200D👩\u200D👧 family, joined")]
    [InlineData("a mark of direction\u200E in Arabic\u200F is needed")]
    [InlineData("a replacement character \uFFFD of somebody else")]
    public void Ordinary_text_of_any_script_hides_nothing(string text) => Assert.False(PlainText.HasHidden(text));

    public static TheoryData<string> Hidden =>
    [
        "a\0b",
        "escape \u001B[31m",
        "delete \u007F",
        "next line \u0085",
        "embedding \u202A",
        "override \u202Eevil",
        "isolate \u2066",
        "end of isolate \u2069",
        "not assigned \u0378",
        "half a pair \uD83D",
        "\uDE00 the other half",
        "\uDE00\uD83D in the wrong order",
        "an honest \uFFFD and half a pair \uD83D",
    ];

    [Theory]
    [MemberData(nameof(Hidden), DisableDiscoveryEnumeration = true)]
    public void Controls_overrides_and_broken_characters_are_found(string text) => Assert.True(PlainText.HasHidden(text));

    [Theory]
    [InlineData("  a \t b\r\n\nc ", "a b c")]
    [InlineData(" \n ", "")]
    [InlineData("a\u2028b\u00A0c", "a b c")]
    public void One_line_has_single_spaces(string text, string expected) => Assert.Equal(expected, PlainText.OneLine(text));

    [Fact]
    public void Whatever_is_given_one_line_has_no_line_end() =>
        Law.Holds(Any.Text, static text => !PlainText.OneLine(text).AsSpan().ContainsAny("\r\n\u0085\u2028\u2029"));
}
