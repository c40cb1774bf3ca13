using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.OpenAI;

/// <summary>Speech that is cut on this side and transcribed by OpenAI, segment by segment.</summary>
public sealed class TranscribedByOpenAI
{
    const int Frame = 640;

    static byte[] Pause(double seconds) => ScriptedAudio.Silence(TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task Each_sentence_is_a_segment_with_its_words_and_an_end()
    {
        await using var openAI = await OpenAIAtWork.Start();

        var events = await Recognize(openAI, [.. Pause(1), .. ScriptedAudio.Encode("where is the station?"), .. Pause(1), .. ScriptedAudio.Encode("thank you."), .. Pause(1)]);

        Assert.Equal(["SpeechStarted", "FinalWords", "TurnEnded", "SpeechStarted", "FinalWords", "TurnEnded"], Kinds(events));
        var words = events.OfType<FinalWords>().Select(static final => string.Join(' ', final.Words.Select(static word => word.Text)));
        Assert.Equal(["where is the station?", "thank you."], words);
        AssertOrdered(events);
        Assert.InRange(events.OfType<TurnEnded>().First().SpeechEnd, TimeSpan.FromSeconds(1.35), TimeSpan.FromSeconds(1.45));
        await openAI.AssertClean();
    }

    [Fact]
    public async Task Words_have_times_within_their_segment_by_their_length()
    {
        await using var openAI = await OpenAIAtWork.Start();

        var events = await Recognize(openAI, [.. Pause(1), .. ScriptedAudio.Encode("a considerable pause"), .. Pause(1)]);

        var words = Assert.Single(events.OfType<FinalWords>()).Words;
        Assert.All(words.Zip(words.Skip(1)), static pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.InRange(words[0].Start, TimeSpan.FromSeconds(0.6), TimeSpan.FromSeconds(1));
        Assert.InRange(words[^1].End, TimeSpan.FromSeconds(1.25), TimeSpan.FromSeconds(1.35));
        Assert.True(words[1].End - words[1].Start > words[2].End - words[2].Start);
        Assert.All(words, static word => Assert.Null(word.Confidence));
    }

    [Fact]
    public async Task Silence_is_told_every_second_and_sends_nothing()
    {
        await using var openAI = await OpenAIAtWork.Start();

        var events = await Recognize(openAI, Pause(5.005));

        Assert.All(events, static happened => Assert.IsType<SilenceHeard>(happened));
        Assert.All(events.Zip(events.Skip(1)), static pair => Assert.InRange(pair.Second.Until - pair.First.Until, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(5.005), events[^1].Until);
        Assert.Equal(0, openAI.Double.Ledger.CountOf("transcriptions"));
    }

    [Fact]
    public async Task A_segment_can_be_finished_without_a_pause()
    {
        await using var openAI = await OpenAIAtWork.Start();
        await using var session = openAI.Transcription.Open(new RecognizerRequest(Language.Parse("en")));
        Write(session, [.. Pause(0.5), .. ScriptedAudio.Encode("hello there")]);

        session.FinishSegment();

        await foreach (var happened in session.Events(default))
        {
            if (happened is not FinalWords final)
                continue;
            Assert.Equal(["hello", "there"], final.Words.Select(static word => word.Text));
            break;
        }
    }

    [Fact]
    public async Task A_speaker_who_is_muted_ends_the_segment()
    {
        await using var openAI = await OpenAIAtWork.Start();
        await using var session = openAI.Transcription.Open(new RecognizerRequest(Language.Parse("en")));
        await using var events = session.Events(default).GetAsyncEnumerator();
        Write(session, [.. Pause(0.5), .. ScriptedAudio.Encode("hello there")]);
        while (await events.MoveNextAsync() && events.Current is not SpeechStarted)
        {
        }

        var next = events.MoveNextAsync().AsTask();
        await openAI.Ended(next, "transcriptions");

        Assert.Equal(["hello", "there"], Assert.IsType<FinalWords>(events.Current).Words.Select(static word => word.Text));
    }

    [Fact]
    public async Task Speech_without_a_pause_is_cut_at_the_longest_length_and_none_is_lost()
    {
        await using var openAI = await OpenAIAtWork.Start(static options => options.LongestSegment = TimeSpan.FromSeconds(2));
        var text = string.Join(' ', Enumerable.Range(10, 50));

        var events = await Recognize(openAI, [.. Pause(0.5), .. ScriptedAudio.Encode(text), .. Pause(1)]);

        var segments = openAI.Double.Transcriptions.Select(static segment => segment.Duration).ToList();
        Assert.All(segments, static length => Assert.InRange(length, TimeSpan.Zero, TimeSpan.FromSeconds(2)));
        Assert.InRange(segments.Aggregate(static (all, length) => all + length), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6.2));
        Assert.Equal(segments.Count, events.OfType<TurnEnded>().Count());
        AssertOrdered(events);
    }

    [Fact]
    public async Task Words_stay_in_order_when_a_later_answer_comes_first()
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(FaultForm.SlowFirstByte, Delay: TimeSpan.FromSeconds(5)));
        var recognizing = Recognize(openAI, [.. Pause(0.5), .. ScriptedAudio.Encode("first"), .. Pause(1), .. ScriptedAudio.Encode("second"), .. Pause(1)]);
        await Until.True("the second is answered", () => openAI.Double.Transcriptions.Count == 1 && openAI.Double.Ledger.OpenNow("transcriptions") == 1);

        openAI.Time.Advance(TimeSpan.FromSeconds(5));

        var events = await Until.Done("the words", recognizing);
        Assert.Equal(["first", "second"], events.OfType<FinalWords>().Select(static final => final.Words[0].Text));
        AssertOrdered(events);
    }

    [Fact]
    public async Task Nobody_has_more_than_two_requests_open_and_a_full_session_says_so()
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(FaultForm.HangBeforeHeaders, Times: 100));
        var session = openAI.Transcription.Open(new RecognizerRequest(Language.Parse("en")));
        byte[] sentence = [.. ScriptedAudio.Encode("one two"), .. Pause(1)];
        var taken = TimeSpan.Zero;
        await Until.True("it takes no more", () =>
        {
            for (var at = 0; at + Frame <= sentence.Length; at += Frame, taken += TimeSpan.FromMilliseconds(20))
            {
                if (!session.TryWrite(sentence.AsMemory(at, Frame)))
                    return true;
            }

            return false;
        });

        Assert.True(taken > TimeSpan.FromSeconds(10), $"it took {taken} only");
        Assert.Equal(2, openAI.Double.Ledger.Peak("transcriptions"));
        await session.DisposeAsync();
        await openAI.AssertClean();
    }

    [Fact]
    public async Task A_cough_is_not_sent()
    {
        await using var openAI = await OpenAIAtWork.Start();
        var cough = ScriptedAudio.Encode("ah", 800);

        var events = await Recognize(openAI, [.. Pause(1), .. cough, .. Pause(1)]);

        Assert.Equal(["SpeechStarted", "TurnEnded"], Kinds(events));
        Assert.Equal(0, openAI.Double.Ledger.CountOf("transcriptions"));
    }

    [Fact]
    public async Task Language_and_terms_are_told_and_an_echo_of_them_is_no_speech()
    {
        await using var openAI = await OpenAIAtWork.Start();
        var request = new RecognizerRequest(Language.Parse("nb-NO")) { Keyterms = ["Orleans", "grain"] };

        var events = await Recognize(openAI, [.. Pause(0.5), .. ScriptedAudio.Encode("Orleans, grain"), .. Pause(1)], request);

        var sent = Assert.Single(openAI.Double.Transcriptions);
        Assert.Equal(("no", "Orleans, grain"), (sent.Language, sent.Prompt));
        Assert.Equal(["SpeechStarted", "TurnEnded"], Kinds(events));
        await openAI.AssertClean();
    }

    [Theory]
    [InlineData(nameof(FaultForm.Status), 401, FaultKind.Auth, 1)]
    [InlineData(nameof(FaultForm.Status), 429, FaultKind.RateLimited, 2)]
    [InlineData(nameof(FaultForm.Status), 500, FaultKind.Transport, 2)]
    [InlineData(nameof(FaultForm.Status), 503, FaultKind.Overloaded, 2)]
    [InlineData(nameof(FaultForm.Refuse), 0, FaultKind.Transport, 2)]
    [InlineData(nameof(FaultForm.Reset), 0, FaultKind.Transport, 2)]
    [InlineData(nameof(FaultForm.MalformedJson), 0, FaultKind.Transport, 2)]
    public async Task A_fault_is_tried_once_more_if_that_helps_and_then_told(string form, int status, FaultKind kind, int requests)
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), Status: status, Times: 2));

        var fault = await openAI.FaultOf(Recognize(openAI, [.. Pause(0.5), .. ScriptedAudio.Encode("hello"), .. Pause(1)]), "transcriptions");

        Assert.Equal((kind, "openai-transcribe"), (fault.Kind, fault.Engine));
        Assert.Equal(requests, openAI.Double.Ledger.CountOf("transcriptions"));
        await openAI.AssertClean();
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_a_standstill()
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(FaultForm.HangBeforeHeaders, Times: 2));
        var recognizing = Recognize(openAI, [.. Pause(0.5), .. ScriptedAudio.Encode("hello"), .. Pause(1)]);
        await Until.True("it hangs", () => openAI.Double.Ledger.OpenNow("transcriptions") == 1);

        await Until.True("it gave up", () =>
        {
            openAI.Time.Advance(TimeSpan.FromSeconds(1));
            return recognizing.IsCompleted;
        });

        Assert.Equal(FaultKind.Stalled, (await Assert.ThrowsAsync<EngineFaultException>(() => recognizing)).Kind);
        await openAI.AssertClean();
    }

    static async Task<List<RecognizerEvent>> Recognize(OpenAIAtWork openAI, byte[] audio, RecognizerRequest? request = null)
    {
        await using var session = openAI.Transcription.Open(request ?? new RecognizerRequest(Language.Parse("en")));
        Write(session, audio);
        session.Complete();
        var events = new List<RecognizerEvent>();
        await foreach (var happened in session.Events(default))
            events.Add(happened);
        return events;
    }

    static void Write(IRecognizerSession session, byte[] audio)
    {
        for (var at = 0; at < audio.Length; at += Frame)
            Assert.True(session.TryWrite(audio.AsMemory(at, Math.Min(Frame, audio.Length - at))));
    }

    static IEnumerable<string> Kinds(IEnumerable<RecognizerEvent> events) => events.Where(static happened => happened is not SilenceHeard).Select(static happened => happened.GetType().Name);

    static void AssertOrdered(IReadOnlyList<RecognizerEvent> events) => Assert.Equal(events.Select(static happened => happened.Until).Order(), events.Select(static happened => happened.Until));
}
