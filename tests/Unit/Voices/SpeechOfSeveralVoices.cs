using System.Runtime.CompilerServices;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Unit.Grains;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>When a synthesizer breaks off, the next goes on with the words that were not out.</summary>
public sealed class SpeechOfSeveralVoices
{
    const string FirstClause = "uno dos tres cuatro cinco";
    const string SecondClause = "seis siete ocho nueve diez";
    static readonly Voice Stock = new("stock-female", Gender.Female, Sent.Spanish);

    readonly ScriptedSynthesizer _whole = new(new ScriptedOptions { SynthesizedWordMs = 400 });
    readonly ToldHealth _health = new();

    [Fact]
    public async Task Words_that_were_toldare_not_said_again_and_none_is_missing()
    {
        // Words of 400 ms: the pace is known from the first clause, and of the second three words and a half are out.
        var heard = await Speak(new BreaksAfter(_whole, TimeSpan.FromSeconds(2 + 1.4)));

        Assert.Equal(["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "ocho", "nueve", "diez"], heard);
        Assert.Equal(["breaks: well", "breaks: Transport", "scripted: well"], _health.Noted);
    }

    [Fact]
    public async Task As_long_as_its_pace_is_not_known_a_voice_is_taken_for_slow()
    {
        var heard = await Speak(new BreaksAfter(_whole, TimeSpan.FromSeconds(0.9)));

        // 0.9 s less the margin are 6 letters at most: "dos" may not have been whole.
        Assert.Equal(["uno", "dos", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"], heard);
    }

    [Fact]
    public async Task A_clause_that_was_toldbut_for_its_end_is_ended()
    {
        var heard = await Speak(new BreaksAfter(new ScriptedSynthesizer(new ScriptedOptions { SynthesizedWordMs = 1_000 }), TimeSpan.FromSeconds(5), isEndMissing: true));

        Assert.Equal(["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"], heard);
    }

    [Fact]
    public async Task A_voice_that_fails_everywhere_is_not_tried()
    {
        var broken = new BreaksAfter(_whole, TimeSpan.Zero);
        _health.Fails(broken);

        Assert.Equal(10, (await Speak(broken)).Count);
        Assert.DoesNotContain("breaks: Transport", _health.Noted);
    }

    [Fact]
    public async Task When_all_break_off_the_fault_of_the_last_is_told()
    {
        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => Turns.Run(async () =>
        {
            var engines = new EngineSet([], [], [], _health);
            await using var speech = new SuccessiveSpeech(
                engines, [new SpeechSource(new BreaksAfter(_whole, TimeSpan.Zero), Stock), new SpeechSource(new BreakingSynthesizer(), Stock)]);
            speech.Write(FirstClause);
            speech.Complete();
            await foreach (var _ in speech.Chunks(CancellationToken.None))
            {
            }
        }));

        Assert.Equal(FaultKind.Truncated, fault.Kind);
        Assert.Equal(["breaks: Transport", "breaking: Truncated"], _health.Noted);
    }

    [Theory]
    [InlineData(0, "uno dos tres")]
    [InlineData(0.2, "uno dos tres")]
    [InlineData(0.75, "dos tres")]
    [InlineData(1.2, "tres")]
    [InlineData(60, "")]
    public void What_is_left_begins_with_a_word(double heard, string rest) => Assert.Equal(rest, new SpokenPace().Rest("uno dos tres", TimeSpan.FromSeconds(heard)));

    [Fact]
    public void Where_words_have_no_spaces_it_begins_with_a_letter() => Assert.Equal("好世界", new SpokenPace().Rest("你好世界", TimeSpan.FromSeconds(0.36)));

    async Task<IReadOnlyList<string>> Speak(ISynthesizer first)
    {
        var heard = new List<SpeechChunk>();
        await Turns.Run(async () =>
        {
            await using var speech = new SuccessiveSpeech(new EngineSet([], [], [], _health), [new SpeechSource(first, Stock), new SpeechSource(_whole, Stock)]);
            speech.Write(FirstClause);
            speech.Write(SecondClause);
            speech.Complete();
            await foreach (var chunk in speech.Chunks(CancellationToken.None))
                heard.Add(chunk);
        });
        // Whoever speaks, each clause ends once.
        Assert.Equal([1, 2], heard.Where(static chunk => chunk.IsLastOfClause).Select(static chunk => chunk.Clause));
        return ScriptedAudio.Decode([.. heard.SelectMany(static chunk => chunk.Audio.ToArray())]);
    }

    /// <summary>Speaks in pieces of 100 ms until so much is out.</summary>
    sealed class BreaksAfter(ISynthesizer engine, TimeSpan limit, bool isEndMissing = false) : ISynthesizer
    {
        public string Name => "breaks";

        public bool Speaks(Language language) => true;

        public ISpeechStream Open(Voice voice) => new Stream(engine.Open(voice), limit, isEndMissing);

        sealed class Stream(ISpeechStream speech, TimeSpan limit, bool isEndMissing) : ISpeechStream
        {
            public void Write(string clause) => speech.Write(clause);

            public void Complete() => speech.Complete();

            public void Cancel() => speech.Cancel();

            public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
            {
                var told = TimeSpan.Zero;
                await foreach (var chunk in speech.Chunks(cancellationToken))
                {
                    for (var at = 0; at < chunk.Audio.Length; at += 3_200)
                    {
                        if (told >= limit)
                            throw new EngineFaultException("breaks", FaultKind.Transport, "Told to break.");
                        var piece = chunk.Audio[at..Math.Min(at + 3_200, chunk.Audio.Length)];
                        told += AudioTime.Of(piece);
                        var isLast = chunk.IsLastOfClause && at + 3_200 >= chunk.Audio.Length;
                        yield return chunk with { Audio = piece, IsLastOfClause = isLast && !(isEndMissing && told >= limit) };
                    }
                }
            }

            public ValueTask DisposeAsync() => speech.DisposeAsync();
        }
    }
}
