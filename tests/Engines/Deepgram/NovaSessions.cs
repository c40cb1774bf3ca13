using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Deepgram;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>The Nova client, with a vendor that reads the words from the audio that came.</summary>
public sealed class NovaSessions
{
    [Fact]
    public async Task All_words_come_with_the_times_at_which_they_were_said()
    {
        await using var line = await DeepgramLine.Start();

        var heard = await line.SayAll("nova", SpokenAudio.Of(300, "Good morning everybody.", 700, "How are you?", 1_500));

        Assert.Null(heard.Fault);
        Assert.Equal("Good morning everybody. How are you?", heard.Text);
        Assert.Equal([300, 400, 500, 1_300, 1_400, 1_500], heard.Words.Select(static word => (int)Math.Round(word.Start.TotalMilliseconds)));
        Assert.Equal([600, 1_600], heard.Turns.Select(static turn => (int)Math.Round(turn.SpeechEnd.TotalMilliseconds)));
        Assert.Equal(TimeSpan.FromMilliseconds(3_100), heard.Events[^1].Until);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Fact]
    public async Task Long_speech_becomes_final_in_parts_and_is_one_turn()
    {
        await using var line = await DeepgramLine.Start();
        var said = SpokenAudio.Words(140);

        var heard = await line.SayAll("nova", SpokenAudio.Of(said, 800));

        Assert.Equal(said, heard.Text);
        Assert.Single(heard.Turns);
        Assert.True(heard.Events.OfType<FinalWords>().Count() >= 4);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Fact]
    public async Task A_monologue_is_cut_into_turns()
    {
        await using var line = await DeepgramLine.Start(static options => options.LongestTurn = TimeSpan.FromSeconds(5));
        var said = SpokenAudio.Words(150);

        var heard = await line.SayAll("nova", SpokenAudio.Of(said, 800));

        Assert.Equal(said, heard.Text);
        Assert.True(heard.Turns.Count >= 2);
        heard.AssertInOrder();
    }

    [Fact]
    public async Task Where_noise_hides_the_silence_a_gap_between_words_ends_the_turn()
    {
        await using var line = await DeepgramLine.Start();
        (line.Vendor.Manners.IsNoisy, line.Vendor.Manners.HasNoLastWord) = (true, true);

        var heard = await line.SayAll("nova", SpokenAudio.Of("one two", 1_300, "three", 1_300));

        Assert.Equal("one two three", heard.Text);
        Assert.Equal(2, heard.Turns.Count);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task It_does_not_matter_how_often_the_vendor_says_that_speech_began(int times)
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Manners.SpeechStarted = times;

        var heard = await line.SayAll("nova", SpokenAudio.Of(200, "one two", 1_400, "three", 1_400));

        Assert.Equal("one two three", heard.Text);
        Assert.Equal(2, heard.Events.OfType<SpeechStarted>().Count());
        heard.AssertInOrder();
    }

    [Fact]
    public async Task Sound_without_words_is_a_turn_without_words()
    {
        await using var line = await DeepgramLine.Start();

        var heard = await line.SayAll("nova", [.. SpokenAudio.Pause(500), .. SpokenAudio.Noise(600), .. SpokenAudio.Pause(600)]);

        Assert.Empty(heard.Words);
        Assert.Single(heard.Turns);
        heard.AssertInOrder();
    }

    [Fact]
    public async Task Silence_is_told_at_least_each_second()
    {
        await using var line = await DeepgramLine.Start();

        var heard = await line.SayAll("nova", SpokenAudio.Pause(8_000));

        var told = heard.Events.OfType<SilenceHeard>().Select(static silence => silence.Until.TotalSeconds).ToArray();
        Assert.All(told.Zip(told.Skip(1)), static pair => Assert.InRange(pair.Second - pair.First, 0, 1));
        Assert.Equal(8, told[^1], 3);
        Assert.Empty(heard.Turns);
    }

    [Theory]
    [InlineData(FinalizeAnswer.Result)]
    [InlineData(FinalizeAnswer.NothingIfNothingIsLeft)]
    internal async Task Final_words_can_be_asked_for_in_mid_turn_and_the_turn_goes_on(FinalizeAnswer answer)
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Manners.Finalize = answer;
        var session = line.Open("nova");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of("one two three"));
        session.FinishWords();
        await heard.Hears("the first words are final", static happened => happened is FinalWords);
        session.FinishWords();
        await DeepgramLine.Say(session, SpokenAudio.Of("four five", 800));
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Equal("one two three four five", heard.Text);
        Assert.Equal("one two three", string.Join(' ', heard.Events.OfType<FinalWords>().First().Words.Select(static word => word.Text)));
        Assert.Single(heard.Turns);
        await line.AssertClean();
    }

    [Fact]
    public async Task Words_that_were_asked_for_keep_no_turn_from_ending_with_the_pause()
    {
        // The vendor itself would find the end only by the gap between words.
        await using var line = await DeepgramLine.Start(static options => options.UtteranceEnd = TimeSpan.FromSeconds(5));
        var session = line.Open("nova");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of("one two three"));
        session.FinishWords();
        await heard.Hears("the words are final", static happened => happened is FinalWords);
        await DeepgramLine.Say(session, SpokenAudio.Of(1_500));

        await heard.Hears("the turn ends", static happened => happened is TurnEnded);
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();
        Assert.InRange(heard.Turns.Single().Until.TotalSeconds, 0.5, 1.3);
        await line.AssertClean();
    }

    [Fact]
    public async Task A_finish_right_after_it_ends_the_turn()
    {
        await using var line = await DeepgramLine.Start();
        var session = line.Open("nova");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of("one two three"));
        session.FinishWords();
        session.FinishSegment();
        await heard.Hears("the turn ends", static happened => happened is TurnEnded);
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Equal("one two three", heard.Text);
        Assert.Single(heard.Turns);
        await line.AssertClean();
    }

    [Theory]
    [InlineData(FinalizeAnswer.Result)]
    [InlineData(FinalizeAnswer.NothingIfNothingIsLeft)]
    internal async Task A_finish_brings_the_words_without_a_pause_and_the_session_goes_on(FinalizeAnswer answer)
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Manners.Finalize = answer;
        var session = line.Open("nova");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of("one two three"));
        session.FinishSegment();
        await heard.Hears("the first turn ends", static happened => happened is TurnEnded);
        session.FinishSegment();
        await DeepgramLine.Say(session, SpokenAudio.Of("four five", 800));
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Equal("one two three four five", heard.Text);
        Assert.Equal(300, heard.Words[3].Start.TotalMilliseconds, 1.0);
        Assert.Equal(2, heard.Turns.Count);
        await line.AssertClean();
    }

    [Theory]
    [InlineData(FinalizeAnswer.Result)]
    [InlineData(FinalizeAnswer.NothingIfNothingIsLeft)]
    internal async Task Silence_is_told_to_its_end_though_no_audio_comes_any_more(FinalizeAnswer answer)
    {
        await using var line = await DeepgramLine.Start(static options => options.FinishDeadline = TimeSpan.FromMilliseconds(100));
        line.Vendor.Manners.Finalize = answer;
        var session = line.Open("nova");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of("one two", 1_300));
        await heard.Hears("all of it is silence", static happened => happened is SilenceHeard { Until.TotalMilliseconds: 1_500 });
        await DeepgramLine.Say(session, SpokenAudio.Of("three", 600));
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Equal("one two three", heard.Text);
        Assert.Equal(1, line.Vendor.Ledger.CountOf("Finalize"));
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Fact]
    public async Task A_finish_without_an_answer_makes_the_newest_words_final_and_a_late_answer_adds_nothing()
    {
        await using var line = await DeepgramLine.Start(static options => options.FinishDeadline = TimeSpan.FromMilliseconds(300));
        line.Vendor.Manners.Script = [(TimeSpan.FromSeconds(0.5), Result("yes", 0.5, "false")), (TimeSpan.FromSeconds(1.5), Result("yes", 0.6, "true")), (TimeSpan.FromSeconds(2), Result("yes no", 1.2, "true"))];
        var session = line.Open("nova");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of("yes", 500));
        await heard.Hears("the word", static happened => happened is InterimWords);
        session.FinishSegment();
        await heard.Hears("the turn ends", static happened => happened is TurnEnded);
        await DeepgramLine.Say(session, SpokenAudio.Pause(1_500));
        await heard.Hears("the next word", static happened => happened is FinalWords { Words: [{ Text: "no" }] });
        await session.DisposeAsync();

        Assert.Equal("yes no", heard.Text);
        heard.AssertInOrder();
    }

    // Each word has half a second; every result begins where the final one before it ended, so the second of them is one that came late.
    static string Result(string text, double duration, string isFinal)
    {
        var words = text.Split(' ').Select(static (word, place) => FormattableString.Invariant($"{{\"word\":\"{word}\",\"start\":{place * 0.5},\"end\":{(place * 0.5) + 0.4}}}"));
        var start = isFinal == "true" && text.Contains(' ', StringComparison.Ordinal) ? 0.5 : 0;
        return FormattableString.Invariant($"{{\"type\":\"Results\",\"start\":{start},\"duration\":{duration - start},\"is_final\":{isFinal},\"channel\":{{\"alternatives\":[{{\"words\":[{string.Join(',', words)}]}}]}}}}");
    }

    [Fact]
    public async Task Positions_begin_at_zero_in_each_session()
    {
        await using var line = await DeepgramLine.Start();

        var first = await line.SayAll("nova", SpokenAudio.Of(200, "one", 800));
        var second = await line.SayAll("nova", SpokenAudio.Of(200, "two", 800));

        Assert.Equal(first.Words[0].Start, second.Words[0].Start);
        Assert.Equal(2, line.Vendor.Ledger.CountOf("nova"));
        await line.AssertClean();
    }
}
