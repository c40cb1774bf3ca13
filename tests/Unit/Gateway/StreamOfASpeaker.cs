using VoiceGrains.Gateway.Links;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>A delivery whose answer was lost comes again: listeners get it once.</summary>
public sealed class StreamOfASpeaker
{
    static readonly Language Spanish = Language.Parse("es");
    static readonly Language French = Language.Parse("fr");

    readonly SpeakerStream _stream = new(1);

    [Fact]
    public void What_comes_again_is_not_new()
    {
        Delivery[] deliveries = [Caption(Spanish, 1, 1), Begin(1), Chunk(1, 1), Chunk(1, 2), End(1), Original(5)];

        Assert.All(deliveries, delivery => Assert.Same(delivery, _stream.Take(delivery)?.Delivery));
        Assert.All(deliveries, delivery => Assert.Null(_stream.Take(delivery)));
    }

    [Fact]
    public void An_older_revision_of_a_caption_comes_too_late()
    {
        Assert.NotNull(_stream.Take(Caption(Spanish, 1, 3)));

        Assert.Null(_stream.Take(Caption(Spanish, 1, 2)));
        Assert.NotNull(_stream.Take(Caption(French, 1, 2)));
        Assert.NotNull(_stream.Take(Caption(Spanish, 2, 1)));
    }

    [Fact]
    public void Revisions_are_still_known_after_hundreds_of_segments()
    {
        for (var segment = 1; segment <= 600; segment++)
            Assert.NotNull(_stream.Take(Caption(Spanish, segment, 2)));

        Assert.Null(_stream.Take(Caption(Spanish, 590, 2)));
        Assert.NotNull(_stream.Take(Caption(Spanish, 590, 3)));
    }

    [Fact]
    public void An_activation_that_was_replaced_is_not_listened_to_any_more()
    {
        Assert.True(_stream.Accepts(new Fence(1, 0)));
        Assert.True(_stream.Accepts(new Fence(1, 1)));

        Assert.False(_stream.Accepts(new Fence(1, 0)));
        Assert.True(_stream.Accepts(new Fence(1, 1)));
        Assert.True(_stream.Accepts(new Fence(2, 0)));
        Assert.False(_stream.Accepts(new Fence(1, 9)));
    }

    [Fact]
    public void After_a_final_caption_nothing_more_comes_of_it_whatever_its_revision()
    {
        Assert.NotNull(_stream.Take(Caption(Spanish, 1, 3) with { IsFinal = true }));

        Assert.Null(_stream.Take(Caption(Spanish, 1, 1_000) with { IsFinal = true }));
        Assert.NotNull(_stream.Take(Caption(French, 1, 4) with { IsFinal = true }));
    }

    [Fact]
    public void Of_a_chunk_that_comes_longer_only_what_is_new_goes_through()
    {
        _stream.Take(Begin(1));
        _stream.Take(Chunk(1, 1));

        var taken = _stream.Take(Chunk(1, 1) with { Audio = new byte[4_800] })!;
        var rest = (SpeechChunkDelivery)taken.Delivery;

        Assert.Equal((TimeSpan.FromMilliseconds(100), 1_600, 2), (rest.At, rest.Audio.Length, taken.Chunks));
    }

    [Fact]
    public void Notices_may_repeat()
    {
        var notice = new NoticeDelivery(Spanish, NoticeKind.NotUnderstood, ToSpeaker: false);

        Assert.NotNull(_stream.Take(notice));
        Assert.NotNull(_stream.Take(notice));
    }

    [Fact]
    public void Chunks_are_counted_in_their_clause()
    {
        Assert.Equal(1, Count(Chunk(1, 1)));
        Assert.Equal(2, Count(Chunk(1, 2)));
        Assert.Equal(3, Count(Chunk(1, 3)));
        Assert.Equal(3, _stream.Take(End(1))?.Chunks);
        Assert.Equal(1, Count(Chunk(2, 1)));
    }

    int? Count(SpeechChunkDelivery chunk) => _stream.Take(chunk)?.Chunks;

    static CaptionDelivery Caption(Language language, int segment, int revision) => new(
        language, segment, revision, Language.Parse("en"), "text", "", false, TranslationQuality.Good, SegmentOrigin.Spoken, StageLatency.None);

    static SpeechBeginDelivery Begin(int clause) => new(Spanish, 1, clause, "text", StageLatency.None);

    static SpeechChunkDelivery Chunk(int clause, int chunk) => new(Spanish, 1, clause, TimeSpan.FromMilliseconds(100 * (chunk - 1)), new byte[3_200]);

    static SpeechEndDelivery End(int clause) => new(Spanish, 1, clause, TimeSpan.FromMilliseconds(200), IsWhole: true);

    static OriginalDelivery Original(long number) => new(Spanish, number, TimeSpan.Zero, new byte[640]);
}
