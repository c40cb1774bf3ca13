using VoiceGrains.Engines;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>The Flux client, with a vendor that reads the words from the audio that came.</summary>
public sealed class FluxSessions
{
    [Theory]
    [InlineData("en")]
    [InlineData("pt-BR")]
    public async Task All_words_come_with_the_times_at_which_they_were_said(string language)
    {
        await using var line = await DeepgramLine.Start();

        var heard = await line.SayAll("flux", SpokenAudio.Of(300, "Good morning everybody.", 700, "How are you?", 1_500), language);

        Assert.Null(heard.Fault);
        Assert.Equal("Good morning everybody. How are you?", heard.Text);
        Assert.Equal([300, 400, 500, 1_300, 1_400, 1_500], heard.Words.Select(static word => (int)Math.Round(word.Start.TotalMilliseconds)));
        Assert.Equal([600, 1_600], heard.Turns.Select(static turn => (int)Math.Round(turn.SpeechEnd.TotalMilliseconds)));
        Assert.Equal(TimeSpan.FromMilliseconds(3_100), heard.Events[^1].Until);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Fact]
    public async Task Words_without_times_lie_within_their_turn_in_order()
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Manners.HasWordTimes = false;

        var heard = await line.SayAll("flux", SpokenAudio.Of(300, "one two three", 700, "four five", 700));

        Assert.Equal("one two three four five", heard.Text);
        Assert.Equal(heard.Words.OrderBy(static word => word.Start), heard.Words);
        Assert.True(heard.Words[2].End <= heard.Turns[0].Until);
        Assert.True(heard.Words[3].Start >= heard.Turns[0].Until);
        heard.AssertInOrder();
    }

    [Fact]
    public async Task A_guess_that_the_turn_is_over_may_be_wrong()
    {
        await using var line = await DeepgramLine.Start(static options => options.EagerEndOfTurnThreshold = 0.5);

        var heard = await line.SayAll("flux", SpokenAudio.Of("one two three four five six", 240, "seven eight", 800));

        Assert.Equal("one two three four five six seven eight", heard.Text);
        Assert.Single(heard.Turns);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Fact]
    public async Task At_the_end_of_the_stream_the_newest_text_counts()
    {
        await using var line = await DeepgramLine.Start();

        var heard = await line.SayAll("flux", SpokenAudio.Of("one two three four five six seven"));

        Assert.Null(heard.Fault);
        Assert.Equal("one two three four five six seven", heard.Text);
        Assert.Single(heard.Turns);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Fact]
    public async Task Who_falls_mute_in_mid_turn_is_heard_out_and_later_words_keep_their_times()
    {
        await using var line = await DeepgramLine.Start();
        var session = line.Open("flux");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of("one two three four five six"));
        await heard.Hears("the turn ends, though no audio comes", static happened => happened is TurnEnded);
        await DeepgramLine.Say(session, SpokenAudio.Of("seven eight", 800));
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Equal("one two three four five six seven eight", heard.Text);
        Assert.Equal(600, heard.Words[6].Start.TotalMilliseconds, 1.0);
        Assert.Equal(1_600, heard.Events[^1].Until.TotalMilliseconds, 1.0);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Fact]
    public async Task Silence_is_told_to_its_end_though_no_audio_comes_any_more()
    {
        await using var line = await DeepgramLine.Start();
        var session = line.Open("flux");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of("one two", 1_300));
        await heard.Hears("all of it is silence", static happened => happened is SilenceHeard { Until.TotalMilliseconds: 1_500 });
        var sent = line.Vendor.Ledger.CountOf("audio bytes");
        await DeepgramLine.Say(session, SpokenAudio.Of("three", 600));
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Equal("one two three", heard.Text);
        // Half a second that it is unsure of, and what comes between two of its messages.
        Assert.InRange(sent / 32.0, 1_500, 1_500 + 500 + 400);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Fact]
    public async Task A_finish_brings_the_words_without_a_pause()
    {
        await using var line = await DeepgramLine.Start();
        var session = line.Open("flux");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of(SpokenAudio.Words(10)));
        await heard.Hears("the turn is open", static happened => happened is SpeechStarted);
        // It has no way to do that without ending the turn.
        session.FinishWords();
        session.FinishSegment();
        await heard.Hears("the turn ends", static happened => happened is TurnEnded);
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Equal(SpokenAudio.Words(10), heard.Text);
        Assert.Equal(1, line.Vendor.Ledger.CountOf("ForceEndTurn"));
        await line.AssertClean();
    }

    [Fact]
    public async Task A_monologue_is_cut_into_turns()
    {
        await using var line = await DeepgramLine.Start(static options => options.LongestTurn = TimeSpan.FromSeconds(5));
        var said = SpokenAudio.Words(150);

        var heard = await line.SayAll("flux", SpokenAudio.Of(said, 800));

        Assert.Equal(said, heard.Text);
        Assert.True(heard.Turns.Count >= 2);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Fact]
    public async Task Text_before_the_turn_began_may_vanish_again()
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Manners.Script =
        [
            (TimeSpan.FromMilliseconds(100), """{"type":"Connected","request_id":"r","sequence_id":0}"""),
            (TimeSpan.FromMilliseconds(800), """{"type":"TurnInfo","event":"Update","turn_index":0,"audio_window_start":0,"audio_window_end":0.72,"transcript":"We","words":[{"word":"We","confidence":0.6,"start":0.4,"end":0.72}],"sequence_id":1}"""),
            (TimeSpan.FromMilliseconds(1_600), """{"type":"TurnInfo","event":"Update","turn_index":0,"audio_window_start":0,"audio_window_end":1.5,"transcript":"","words":[],"sequence_id":2}"""),
        ];

        var session = line.Open("flux");
        var heard = new Recording(session);
        await DeepgramLine.Say(session, SpokenAudio.Pause(2_000));
        await heard.Hears("silence beyond the vanished word", static happened => happened is SilenceHeard && happened.Until >= TimeSpan.FromMilliseconds(500));
        await session.DisposeAsync();

        Assert.Empty(heard.Turns);
        Assert.All(heard.Events, static happened => Assert.IsType<SilenceHeard>(happened));
    }
}
