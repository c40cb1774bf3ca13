using System.Text.Json;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Rest;
using VoiceGrains.Media;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>A transcript as text, JSON, SRT and WebVTT.</summary>
public sealed class TranscriptFiles
{
    static readonly DateTimeOffset OpenedAt = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    static readonly Language English = Language.Parse("en");
    static readonly Language Spanish = Language.Parse("es");

    [Fact]
    public void Text_has_a_line_for_each_segment()
    {
        var text = Write("text", null, Segment("Good morning.", at: 1.5), Segment("Bye.", at: 3_661.25));

        Assert.Equal("[00:00:01.500] Ana: Good morning.\n[01:01:01.250] Ana: Bye.\n", text);
    }

    [Fact]
    public void Srt_numbers_its_captions_and_separates_milliseconds_with_a_comma()
    {
        var text = Write("srt", Spanish, Segment("Good morning.", at: 61.5, lasts: 2.25), Segment("Bye.", at: 90));

        Assert.Equal(
            "1\n00:01:01,500 --> 00:01:03,750\nAna: Buenos días.\n\n2\n00:01:30,000 --> 00:01:31,000\nAna: Buenos días.\n\n", text);
    }

    [Fact]
    public void Vtt_names_the_speaker_and_separates_milliseconds_with_a_point()
    {
        var text = Write("vtt", null, Segment("Good morning.", at: 61.5, lasts: 2.25));

        Assert.Equal("WEBVTT\n\n00:01:01.500 --> 00:01:03.750\n<v Ana>Good morning.\n\n", text);
    }

    [Fact]
    public void Vtt_escapes_what_players_would_take_for_marks()
    {
        var text = Write("vtt", null, Segment("<b>a</b> --> b & c", at: 0) with { SpeakerName = "A>B" });

        Assert.Contains("<v A&gt;B>&lt;b&gt;a&lt;/b&gt; --&gt; b &amp; c\n", text, StringComparison.Ordinal);
        Assert.Single(text.Split("-->")[1..]);
    }

    [Fact]
    public void Times_go_beyond_a_day_and_never_below_zero()
    {
        var text = Write("text", null, Segment("Before.", at: -3), Segment("Late.", at: 100 * 3_600));

        Assert.Equal("[00:00:00.000] Ana: Before.\n[100:00:00.000] Ana: Late.\n", text);
    }

    [Fact]
    public void Json_says_language_and_quality_of_each_segment()
    {
        var text = Write("json", Spanish, Segment("Good \"morning\".", at: 1.5, lasts: 2));

        var segment = Assert.Single(JsonDocument.Parse(text).RootElement.EnumerateArray());
        Assert.Equal("Buenos días.", segment.GetProperty("text").GetString());
        Assert.Equal("es", segment.GetProperty("language").GetString());
        Assert.Equal("good", segment.GetProperty("quality").GetString());
        Assert.Equal("Good \"morning\".", segment.GetProperty("spokenText").GetString());
        Assert.Equal(1_500, segment.GetProperty("offsetMs").GetInt64());
        Assert.Equal(2_000, segment.GetProperty("durationMs").GetInt64());
    }

    [Theory]
    [InlineData("en-GB", "Good morning.")]
    [InlineData("es-MX", "Buenos días.")]
    [InlineData("fr", "[en] Good morning.")]
    public void The_nearest_text_is_taken_and_the_original_is_marked_where_there_is_none(string wanted, string expected)
    {
        var text = Write("text", Language.Parse(wanted), Segment("Good morning.", at: 0));

        Assert.EndsWith($"Ana: {expected}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "[00:00:01.500] Ana: Buenos días.\n    (en) <Good> morning.\n")]
    [InlineData("srt", "1\n00:00:01,500 --> 00:00:02,500\nAna: Buenos días.\n(en) <Good> morning.\n\n")]
    [InlineData("vtt", "WEBVTT\n\n00:00:01.500 --> 00:00:02.500\n<v Ana>Buenos días.\n(en) &lt;Good&gt; morning.\n\n")]
    public void What_was_said_may_stand_under_its_translation(string format, string expected)
    {
        RecordedSegment[] said = [Segment("<Good> morning.", at: 1.5)];

        Assert.Equal(expected, TranscriptText.Formats[format].Write(said, new TranscriptView(Spanish, WithOriginal: true, OpenedAt)));
        // There is nothing to put under an original.
        Assert.DoesNotContain("(en)", TranscriptText.Formats[format].Write(said, new TranscriptView(English, WithOriginal: true, OpenedAt)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "")]
    [InlineData("json", "[]")]
    [InlineData("srt", "")]
    [InlineData("vtt", "WEBVTT\n\n")]
    public void An_empty_transcript_is_a_whole_file(string format, string expected) => Assert.Equal(expected, Write(format, null));

    static string Write(string format, Language? language, params RecordedSegment[] segments) =>
        TranscriptText.Formats[format].Write(segments, new TranscriptView(language, WithOriginal: false, OpenedAt));

    static RecordedSegment Segment(string text, double at, double lasts = 0) => new(
        new ParticipantId("ana"),
        "Ana",
        1,
        English,
        text,
        SegmentOrigin.Spoken,
        OpenedAt + TimeSpan.FromSeconds(at),
        TimeSpan.FromSeconds(lasts),
        10,
        [new RecordedTranslation(Spanish, "Buenos días.", TranslationQuality.Good)]);
}
