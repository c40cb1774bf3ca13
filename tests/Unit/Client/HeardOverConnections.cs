using VoiceGrains.Audio;
using VoiceGrains.Client;
using VoiceGrains.Protocol;

namespace VoiceGrains.Tests.Unit.Client;

/// <summary>What a listener has heard: nothing twice, and the gateway is told what is missing.</summary>
public sealed class HeardOverConnections
{
    readonly HeardSpeech _heard = new(AudioFormat.Cluster);

    [Fact]
    public void Only_higher_revisions_and_one_final_caption_are_new()
    {
        Assert.True(_heard.Take(CaptionOf(1, 1)));
        Assert.False(_heard.Take(CaptionOf(1, 1)));
        Assert.True(_heard.Take(CaptionOf(1, 3)));
        Assert.False(_heard.Take(CaptionOf(1, 2)));
        Assert.True(_heard.Take(CaptionOf(1, 1, isFinal: true)));
        Assert.False(_heard.Take(CaptionOf(1, 9, isFinal: true)));
        Assert.False(_heard.Take(CaptionOf(1, 9)));
        Assert.True(_heard.Take(CaptionOf(1, 1, language: "fr")));
    }

    [Fact]
    public void A_clause_that_goes_on_after_a_break_is_heard_from_where_it_broke_off()
    {
        Assert.True(_heard.Take(Begin(1, 1)));
        Assert.Equal((0, 3_200), Chunk(0, 100));

        Assert.False(_heard.Take(Begin(1, 1)));
        Assert.Null(Chunk(0, 100));
        Assert.Equal((100, 1_600), Chunk(50, 100));
        Assert.Equal((150, 3_200), Chunk(150, 100));

        Assert.True(_heard.Take(End(1, 1)));
        Assert.False(_heard.Take(End(1, 1)));
        Assert.Null(Chunk(250, 100));
    }

    [Fact]
    public void Audio_that_was_left_out_shows_as_a_jump()
    {
        _heard.Take(Begin(1, 1));
        Chunk(0, 100);

        Assert.Equal((200, 3_200), Chunk(200, 100));
    }

    [Fact]
    public void The_gateway_is_told_which_finals_came_and_how_much_of_each_clause()
    {
        _heard.Take(CaptionOf(1, 1, isFinal: true));
        _heard.Take(CaptionOf(2, 1));
        _heard.Take(Begin(1, 1));
        Chunk(0, 100);
        _heard.Take(End(1, 1));
        _heard.Take(Begin(2, 1));
        Assert.NotNull(_heard.Take(new ClausePlace("ann", "es", 2, 1), TimeSpan.Zero, new byte[1_600]));
        _heard.Take(Begin(2, 2));

        var told = _heard.Tell(TimeSpan.FromSeconds(1.5));

        Assert.Equal(1_500, told.AwayMs);
        var ann = Assert.Single(told.Speakers);
        Assert.Equal(("ann", "es", 0), (ann.Speaker, ann.Language, ann.After));
        Assert.Equal([1], ann.Finals);
        Assert.Equal([new HeardClause(1, 1, 100, true), new HeardClause(2, 1, 50, false)], ann.Clauses);
    }

    [Fact]
    public void Of_a_long_call_only_the_last_segments_are_told_but_repetitions_are_still_known()
    {
        for (var segment = 1; segment <= 100; segment++)
        {
            _heard.Take(CaptionOf(segment, 1, isFinal: true));
            _heard.Take(Begin(segment, 1));
        }

        var ann = Assert.Single(_heard.Tell(TimeSpan.Zero).Speakers);

        Assert.Equal(92, ann.After);
        Assert.Equal([93, 94, 95, 96, 97, 98, 99, 100], ann.Finals);
        Assert.False(_heard.Take(CaptionOf(50, 2, isFinal: true)));
        Assert.False(_heard.Take(Begin(50, 1)));
    }

    [Fact]
    public void What_is_so_old_that_it_was_forgotten_counts_as_known()
    {
        for (var segment = 1; segment <= 1_000; segment++)
            _heard.Take(CaptionOf(segment, 1, isFinal: true));

        Assert.False(_heard.Take(CaptionOf(1, 2, isFinal: true)));
    }

    [Fact]
    public void Frames_of_the_original_voice_come_once()
    {
        Assert.True(_heard.TakeOriginal("ann", 1));
        Assert.True(_heard.TakeOriginal("ann", 3));
        Assert.False(_heard.TakeOriginal("ann", 3));
        Assert.True(_heard.TakeOriginal("bob", 1));
    }

    (double Ms, int Bytes)? Chunk(int atMs, int ms) =>
        _heard.Take(new ClausePlace("ann", "es", 1, 1), TimeSpan.FromMilliseconds(atMs), new byte[ms * 32]) is { } fresh
            ? (fresh.Begins.TotalMilliseconds, fresh.Audio.Length)
            : null;

    static Caption CaptionOf(int segment, int revision, bool isFinal = false, string language = "es") =>
        new("ann", segment, revision, language, "en", "text", "", isFinal, "good", "spoken", false, new LatencyMs());

    static SpeechBegin Begin(int segment, int clause) => new(1, "ann", "es", segment, clause, "text", new LatencyMs());

    static SpeechEnd End(int segment, int clause) => new(1, "ann", "es", segment, clause, 1, 100, true);
}
