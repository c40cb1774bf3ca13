using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Engines.OpenAI;

/// <summary>What is heard when OpenAI speaks: read from the audio itself.</summary>
public sealed class SpokenByOpenAI
{
    [Theory]
    [InlineData("gpt-4o-mini-tts")]
    [InlineData("tts-1")]
    public async Task Clauses_are_heard_in_order_whole_and_without_a_gap(string model)
    {
        await using var openAI = await OpenAIAtWork.Start(options => options.SpeechModel = model);

        var chunks = await openAI.Hear(openAI.Speak("buenos días,", "¿cómo está usted?", "muy bien."));

        var words = OpenAIAtWork.WordsIn(chunks);
        Assert.Equal(["buenos", "días,", "¿cómo", "está", "usted?", "muy", "bien."], words.Select(static word => word.Text));
        AssertGapless(words, chunks);
        Assert.Equal([1, 2, 3], chunks.Where(static chunk => chunk.IsLastOfClause).Select(static chunk => chunk.Clause));
        Assert.Equal(chunks.Select(static chunk => chunk.Clause).Order(), chunks.Select(static chunk => chunk.Clause));
        await openAI.AssertClean();
    }

    [Fact]
    public async Task The_voice_fits_the_gender_and_the_language_is_told()
    {
        await using var openAI = await OpenAIAtWork.Start();
        foreach (var gender in (Gender[])[Gender.Female, Gender.Male])
        {
            var stream = openAI.Speech.Open(OpenAIAtWork.VoiceOf(gender, "pt-BR"));
            stream.Write("olá");
            stream.Complete();
            await openAI.Hear(stream);
        }

        Assert.Equal(["nova", "onyx"], openAI.Double.Speeches.Select(static speech => speech.Voice));
        Assert.All(openAI.Double.Speeches, static speech => Assert.Contains("pt-BR", speech.Instructions, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_clauses_are_made_while_one_is_heard_but_no_more_than_two()
    {
        await using var openAI = await OpenAIAtWork.Start();
        await using var stream = openAI.Speak("uno", "dos", "tres", "cuatro", "cinco", "seis");
        var begun = new List<(int Clause, int Requests)>();

        await foreach (var chunk in stream.Chunks(default))
        {
            var ahead = Math.Min(6, chunk.Clause + 2);
            await Until.True("the clauses behind are being made", () => openAI.Double.Speeches.Count >= ahead);
            begun.Add((chunk.Clause, openAI.Double.Speeches.Count));
        }

        Assert.Equal(6, begun[^1].Clause);
        // A clause that ended frees its place before the listener hears the next one.
        Assert.All(begun, static seen => Assert.InRange(seen.Requests, 1, seen.Clause + 3));
        await openAI.AssertClean();
    }

    [Fact]
    public async Task A_clause_whose_audio_comes_sooner_waits_for_its_turn()
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(FaultForm.SlowFirstByte, Delay: TimeSpan.FromSeconds(20)));
        var hearing = openAI.Hear(openAI.Speak("primero", "segundo", "tercero"));
        await Until.True("the later ones were made", () => openAI.Double.Ledger is { } ledger && ledger.CountOf("speech") == 3 && ledger.OpenNow("speech") == 1);

        openAI.Time.Advance(TimeSpan.FromSeconds(20));

        var words = OpenAIAtWork.WordsIn(await Until.Done("the speech", hearing)).Select(static word => word.Text).ToList();
        Assert.Equal(3, words.Count);
        Assert.Equal(openAI.Double.Speeches.Select(static speech => speech.Input).Order(), words.Order());
        Assert.Equal(["primero", "segundo", "tercero"], words);
    }

    [Fact]
    public async Task Cancelling_ends_the_stream_and_aborts_all_requests()
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(FaultForm.Stall, After: 2, Times: 9));
        var stream = openAI.Speak("one two three four five", "six", "seven");
        var chunks = new List<SpeechChunk>();
        var hearing = openAI.Hear(stream, chunks);
        await Until.True("it speaks", () => chunks.Count > 0 && openAI.Double.Ledger.OpenNow("speech") == 3);

        stream.Cancel();

        await Until.Done("the end", hearing);
        Assert.DoesNotContain(chunks, static chunk => chunk.IsLastOfClause);
        await openAI.AssertClean();
    }

    [Fact]
    public async Task A_listener_who_leaves_aborts_all_requests()
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(FaultForm.HangBeforeHeaders, Times: 9));
        using var leaving = new CancellationTokenSource();
        await using var stream = openAI.Speak("one", "two");
        await using var chunks = stream.Chunks(leaving.Token).GetAsyncEnumerator();
        var next = chunks.MoveNextAsync().AsTask();
        await Until.True("the requests are there", () => openAI.Double.Ledger.OpenNow("speech") == 2);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await openAI.AssertClean();
    }

    [Fact]
    public async Task A_listener_who_pauses_for_long_is_no_fault_of_the_vendor()
    {
        await using var openAI = await OpenAIAtWork.Start();
        var text = string.Join(' ', Enumerable.Range(1, 80).Select(static number => $"word{number}"));
        await using var stream = openAI.Speak(text);
        var chunks = new List<SpeechChunk>();
        await foreach (var chunk in stream.Chunks(default))
        {
            chunks.Add(chunk);
            if (chunks.Count == 1)
                await Pause(openAI.Time);
        }

        Assert.Equal(text.Split(' '), OpenAIAtWork.WordsIn(chunks).Select(static word => word.Text));
    }

    [Fact]
    public async Task An_empty_stream_ends_without_a_request()
    {
        await using var openAI = await OpenAIAtWork.Start();

        Assert.Empty(await openAI.Hear(openAI.Speak()));

        Assert.Equal(0, openAI.Double.Ledger.CountOf("speech"));
    }

    [Fact]
    public async Task A_language_that_no_voice_speaks_is_refused_at_once()
    {
        await using var openAI = await OpenAIAtWork.Start();

        Assert.False(openAI.Speech.Speaks(Language.Parse("eo")));
        var fault = Assert.Throws<EngineFaultException>(() => openAI.Speech.Open(OpenAIAtWork.VoiceOf(Gender.Male, "eo")));
        Assert.Equal(FaultKind.BadRequest, fault.Kind);
    }

    // The queue of audio is full once no limit runs any more, for as long as anybody looks.
    static async Task Pause(ManualTime time)
    {
        var looks = 0;
        await Until.True("nothing more is read", () => (looks = time.Waiting == 0 ? looks + 1 : 0) > 20);
        time.Advance(TimeSpan.FromHours(1));
    }

    static void AssertGapless(IReadOnlyList<HeardWord> words, IEnumerable<SpeechChunk> chunks)
    {
        // 0.5 ms: a rate that is changed moves edges by a few samples.
        Assert.InRange(words[0].Start, 0, 8);
        foreach (var (before, after) in words.Zip(words.Skip(1)))
            Assert.InRange(after.Start - before.End, -8, 8);
        Assert.InRange((chunks.Sum(static chunk => chunk.Audio.Length) / 2) - words[^1].End, -8, 8);
    }
}
