using VoiceGrains.Lanes;
using VoiceGrains.Media;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What a lane has committed only grows, and so do the revisions of its caption.</summary>
public sealed class TextOfALane
{
    static readonly Language English = Language.Parse("en");

    readonly LaneText _text = new(Language.Parse("es"), segment: 3, SegmentOrigin.Spoken);

    [Fact]
    public void Clauses_are_numbered_and_joined_by_spaces()
    {
        Assert.Equal(1, _text.Commit("Buenos días,", TranslationQuality.Good));
        Assert.Equal(2, _text.Commit("¿cómo está?", TranslationQuality.Good));

        Assert.Equal("Buenos días, ¿cómo está?", _text.Committed);
        Assert.Equal(2, _text.Clauses);
    }

    [Fact]
    public void Wide_marks_need_no_space_after_them()
    {
        _text.Commit("你好，", TranslationQuality.Good);
        _text.Commit("今天好吗？", TranslationQuality.Good);

        Assert.Equal("你好，今天好吗？", _text.Committed);
    }

    [Fact]
    public void The_quality_is_that_of_the_worst_part()
    {
        _text.Commit("a", TranslationQuality.Good);
        _text.Commit("b", TranslationQuality.Rough);
        _text.Commit("c", TranslationQuality.Good);

        Assert.Equal(TranslationQuality.Rough, _text.Record().Quality);
        _text.Commit("d", TranslationQuality.Untranslated);
        Assert.Equal(TranslationQuality.Untranslated, _text.Caption(English, "", true, StageLatency.None).Quality);
    }

    [Fact]
    public void Each_caption_has_a_higher_revision_and_the_text_so_far()
    {
        _text.Commit("Buenos días.", TranslationQuality.Good);
        var first = _text.Caption(English, "", isFinal: false, StageLatency.None);
        _text.Commit("Adiós.", TranslationQuality.Good);
        var last = _text.Caption(English, "", isFinal: true, StageLatency.None);

        Assert.Equal((1, "Buenos días.", false), (first.Revision, first.Committed, first.IsFinal));
        Assert.Equal((2, "Buenos días. Adiós.", true), (last.Revision, last.Committed, last.IsFinal));
        Assert.Equal((3, "es", "en", ""), (last.Segment, last.Language.Tag, last.SpokenLanguage.Tag, last.Tail));
    }
}
