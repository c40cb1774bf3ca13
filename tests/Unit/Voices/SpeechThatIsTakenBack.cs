using System.Runtime.CompilerServices;
using VoiceGrains.Audio;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Media;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Unit.Grains;
using VoiceGrains.Voices;
using static VoiceGrains.Tests.Unit.Grains.Sent;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>Somebody's own voice in a call: from the clause on for which it may not be used any more, the stock voice speaks.</summary>
public sealed class SpeechThatIsTakenBack
{
    static readonly Voice Own = new("voice-1", Gender.Female, Spanish, new VendorVoice("scripted", "v1"));

    readonly LaneAtWork _work = new();
    readonly ScriptedSynthesizer _engine = new();

    [Fact]
    public async Task From_the_next_clause_on_the_stock_voice_speaks_and_no_word_is_missing()
    {
        var asked = 0;
        var heard = await Speak(() => Task.FromResult(++asked < 2), _engine);

        Assert.Equal(["uno@v1", "dos", "tres"], heard);
    }

    [Fact]
    public async Task While_the_consent_holds_the_own_voice_speaks() =>
        Assert.Equal(["uno@v1", "dos@v1", "tres@v1"], await Speak(static () => Task.FromResult(true), _engine));

    [Fact]
    public async Task A_consent_that_is_gone_before_the_first_clause_is_out_is_obeyed() =>
        Assert.Equal(["uno", "dos", "tres"], await Speak(static () => Task.FromResult(false), _engine));

    [Fact]
    public async Task A_clause_that_the_own_voice_breaks_off_is_spoken_anew() =>
        Assert.Equal(["uno", "dos", "tres"], await Speak(static () => Task.FromResult(true), new BreakingSynthesizer()));

    [Fact]
    public async Task An_own_voice_that_ends_too_early_is_followed_by_the_stock_voice() =>
        Assert.Equal(["uno@v1", "dos", "tres"], await Speak(static () => Task.FromResult(true), new FirstClauseOnly(_engine)));

    [Fact]
    public Task A_new_segment_asks_anew() => _work.Run([new ToldTranslator("Hola.")], async lane =>
    {
        _work.Voice = Own;
        await _work.Say(lane, "Hello.", segment: 1);
        _work.Voice = Own with { Own = null };
        await _work.Say(lane, "Hello.", segment: 2);

        Assert.Equal(["Hola.@v1", "Hola."], Heard());
    });

    [Fact]
    public Task A_voice_of_an_engine_that_is_not_there_is_replaced_by_the_stock_voice() => _work.Run([new ToldTranslator("Hola.")], async lane =>
    {
        _work.Voice = Own with { Own = new VendorVoice("elevenlabs", "v1") };
        await _work.Say(lane, "Hello.");

        Assert.Equal(["Hola."], Heard());
    });

    [Fact]
    public Task An_effect_is_heard_once_and_lengthens_nothing() => _work.Run([new ToldTranslator("Hola.")], async lane =>
    {
        _work.Voice = _work.Voice with { Effect = "telephone" };
        await _work.Say(lane, "Hello.");

        var plain = ScriptedAudio.Encode("Hola.");
        var audio = _work.Gateway.Arrived.OfType<SpeechChunkDelivery>().SelectMany(static chunk => chunk.Audio.ToArray());
        Assert.Equal(VoiceEffect.Find("telephone")!.Apply(plain), audio);
        Assert.NotEqual(plain, audio);
    });

    IReadOnlyList<string> Heard() => ScriptedAudio.Decode([.. _work.Gateway.Arrived.OfType<SpeechChunkDelivery>().SelectMany(static chunk => chunk.Audio.ToArray())]);

    async Task<IReadOnlyList<string>> Speak(Func<Task<bool>> holds, ISynthesizer own)
    {
        var heard = new List<SpeechChunk>();
        await Turns.Run(async () =>
        {
            await using var speech = new SuccessiveSpeech(
                new EngineSet([], [], []), [new SpeechSource(own, Own, holds), new SpeechSource(_engine, Own with { Own = null })]);
            speech.Write("uno");
            speech.Write("dos");
            speech.Write("tres");
            speech.Complete();
            await foreach (var chunk in speech.Chunks(CancellationToken.None))
                heard.Add(chunk);
        });
        // Whoever speaks, the clauses are counted from 1 and each ends once.
        Assert.Equal([1, 2, 3], heard.Where(static chunk => chunk.IsLastOfClause).Select(static chunk => chunk.Clause));
        return ScriptedAudio.Decode([.. heard.SelectMany(static chunk => chunk.Audio.ToArray())]);
    }

    /// <summary>Says nothing after the first clause.</summary>
    sealed class FirstClauseOnly(ISynthesizer engine) : ISynthesizer
    {
        public string Name => engine.Name;

        public bool Speaks(Language language) => true;

        public ISpeechStream Open(Voice voice) => new FirstOf(engine.Open(voice));
    }

    sealed class FirstOf(ISpeechStream speech) : ISpeechStream
    {
        public void Write(string clause) => speech.Write(clause);

        public void Complete() => speech.Complete();

        public void Cancel() => speech.Cancel();

        public async IAsyncEnumerable<SpeechChunk> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var chunk in speech.Chunks(cancellationToken))
            {
                if (chunk.Clause > 1)
                    yield break;
                yield return chunk;
            }
        }

        public ValueTask DisposeAsync() => speech.DisposeAsync();
    }
}
