using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.OpenAI;

/// <summary>What failures become while OpenAI speaks, and that nobody hears a word twice.</summary>
public sealed class SpeechFaults
{
    [Theory]
    [InlineData(401, null, FaultKind.Auth)]
    [InlineData(402, null, FaultKind.Quota)]
    [InlineData(404, null, FaultKind.BadRequest)]
    [InlineData(422, null, FaultKind.BadRequest)]
    [InlineData(429, "rate_limit_exceeded", FaultKind.RateLimited)]
    [InlineData(429, "insufficient_quota", FaultKind.Quota)]
    [InlineData(500, null, FaultKind.Transport)]
    [InlineData(503, null, FaultKind.Overloaded)]
    public async Task A_refusal_has_its_kind(int status, string? code, FaultKind kind)
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(FaultForm.Status, Status: status, Code: code, Times: 2));

        var fault = await openAI.FaultOf(openAI.Hear(openAI.Speak("uno dos")), "speech");

        Assert.Equal((kind, "openai-speech"), (fault.Kind, fault.Engine));
        Assert.StartsWith("req_", fault.RequestId, StringComparison.Ordinal);
        Assert.Equal(fault.IsRetryable ? 2 : 1, openAI.Double.Ledger.CountOf("speech"));
        await openAI.AssertClean();
    }

    [Theory]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.Refuse), FaultKind.Transport)]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.Reset), FaultKind.Transport)]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.EndWithoutTerminator), FaultKind.Truncated)]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.ErrorInStream), FaultKind.Transport)]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.MalformedJson), FaultKind.Transport)]
    [InlineData("tts-1", nameof(FaultForm.Reset), FaultKind.Transport)]
    [InlineData("tts-1", nameof(FaultForm.EndWithoutTerminator), FaultKind.Truncated)]
    public async Task A_break_before_any_sound_is_tried_once_more(string model, string form, FaultKind kind)
    {
        await using var openAI = await OpenAIAtWork.Start(options => options.SpeechModel = model);
        openAI.Double.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form)));
        var chunks = openAI.Hear(openAI.Speak("uno dos"));
        await openAI.Ended(chunks, "speech");
        Assert.Equal(["uno", "dos"], OpenAIAtWork.WordsIn(await chunks).Select(static word => word.Text));

        openAI.Double.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), Times: 2));
        var fault = await openAI.FaultOf(openAI.Hear(openAI.Speak("uno dos")), "speech");

        Assert.Equal(kind, fault.Kind);
        await openAI.AssertClean();
    }

    [Theory]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.Reset), FaultKind.Transport)]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.EndWithoutTerminator), FaultKind.Truncated)]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.TruncatedAudio), FaultKind.Truncated)]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.OddAudio), FaultKind.Truncated)]
    [InlineData("gpt-4o-mini-tts", nameof(FaultForm.MalformedJson), FaultKind.Transport)]
    [InlineData("tts-1", nameof(FaultForm.Reset), FaultKind.Transport)]
    [InlineData("tts-1", nameof(FaultForm.OddAudio), FaultKind.Truncated)]
    public async Task A_break_within_a_clause_ends_the_stream_and_no_word_comes_twice(string model, string form, FaultKind kind)
    {
        await using var openAI = await OpenAIAtWork.Start(options => options.SpeechModel = model);
        openAI.Double.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), After: 12, Delay: TimeSpan.FromSeconds(1)));
        var chunks = new List<SpeechChunk>();
        var hearing = openAI.Hear(openAI.Speak("uno dos tres cuatro cinco seis siete"), chunks);
        await Until.True("it speaks", () => hearing.IsCompleted || OpenAIAtWork.WordsIn([.. chunks]).Count >= 2);
        openAI.Time.Advance(TimeSpan.FromSeconds(1));

        var fault = await openAI.FaultOf(hearing, "speech");

        Assert.Equal(kind, fault.Kind);
        var words = OpenAIAtWork.WordsIn(chunks).Select(static word => word.Text).ToList();
        Assert.Equal(((string[])["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete"])[..words.Count], words);
        Assert.InRange(words.Count, 2, 6);
        Assert.Equal(1, openAI.Double.Ledger.CountOf("speech"));
        await openAI.AssertClean();
    }

    [Theory]
    [InlineData("gpt-4o-mini-tts")]
    [InlineData("tts-1")]
    public async Task Audio_in_single_bytes_is_heard_whole(string model)
    {
        await using var openAI = await OpenAIAtWork.Start(options => options.SpeechModel = model);
        openAI.Double.Faults.Add(new PlannedFault(FaultForm.Drip));

        var chunks = await openAI.Hear(openAI.Speak("sí"));

        Assert.Equal("sí", Assert.Single(OpenAIAtWork.WordsIn(chunks)).Text);
        await openAI.AssertClean();
    }

    [Theory]
    [InlineData(nameof(FaultForm.HangBeforeHeaders), 0, 60)]
    [InlineData(nameof(FaultForm.Stall), 0, 60)]
    [InlineData(nameof(FaultForm.Stall), 4, 30)]
    public async Task A_standstill_ends_at_its_limit(string form, int after, int limitSeconds)
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(Enum.Parse<FaultForm>(form), After: after, Times: 2));
        var chunks = new List<SpeechChunk>();
        var hearing = openAI.Hear(openAI.Speak("uno dos tres"), chunks);
        await Until.True("it stands still", () => openAI.Double.Ledger.OpenNow("speech") == 1 && openAI.Time.Waiting == 1 && chunks.Count >= after);

        openAI.Time.Advance(TimeSpan.FromSeconds(limitSeconds - 1));
        Assert.False(hearing.IsCompleted, "it ended before its limit");
        await Until.True("it gave up", () =>
        {
            openAI.Time.Advance(TimeSpan.FromSeconds(1));
            return hearing.IsCompleted;
        });

        Assert.Equal(FaultKind.Stalled, (await Assert.ThrowsAsync<EngineFaultException>(() => hearing)).Kind);
        await openAI.AssertClean();
    }

    [Fact]
    public async Task A_fault_in_the_second_clause_lets_the_first_be_heard()
    {
        await using var openAI = await OpenAIAtWork.Start();
        openAI.Double.Faults.Add(new PlannedFault(FaultForm.Status, Status: 402, Skip: 1));
        var chunks = new List<SpeechChunk>();
        await using var stream = openAI.Speech.Open(OpenAIAtWork.VoiceOf(VoiceGrains.Voices.Gender.Male));
        stream.Write("uno dos");
        var hearing = openAI.Hear(stream, chunks);
        await Until.True("the first is heard", () => openAI.Double.Ledger.CountOf("speech") == 1);
        stream.Write("tres");

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => Until.Done("the fault", hearing));

        Assert.Equal(FaultKind.Quota, fault.Kind);
        Assert.Equal(["uno", "dos"], OpenAIAtWork.WordsIn(chunks).Select(static word => word.Text));
        Assert.Equal(1, chunks.Count(static chunk => chunk.IsLastOfClause));
    }
}
