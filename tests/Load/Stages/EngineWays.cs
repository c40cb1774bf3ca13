using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Anthropic;
using VoiceGrains.Silo.Engines.Deepgram;
using VoiceGrains.Silo.Engines.ElevenLabs;
using VoiceGrains.Silo.Engines.OpenAI;
using VoiceGrains.Tests.Emulators.Anthropic;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Emulators.OpenAI;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>The product's engines, used as lanes and ears use them, with the settings that a silo has by default.</summary>
static class EngineWays
{
    /// <summary>A lane opens the stream of a segment when it begins to translate: the text comes at least this much later.</summary>
    public static readonly TimeSpan OpenedBefore = TimeSpan.FromMilliseconds(300);

    static readonly Language English = Language.Parse("en");
    static readonly Voice Voice = new("stock-female", Gender.Female, English);

    public static Way Nova(Uri vendor)
    {
        var connections = ConnectionsTo(vendor);
        var recognizer = new DeepgramNovaRecognizer(connections);
        return new Way(stream => Recognize(recognizer, stream.Spoken()), connections);
    }

    public static Way Flux(Uri vendor)
    {
        var connections = ConnectionsTo(vendor);
        var recognizer = new DeepgramFluxRecognizer(connections);
        return new Way(stream => Recognize(recognizer, stream.Spoken()), connections);
    }

    public static Way Transcription(Uri vendor)
    {
        var account = AccountAt(vendor);
        var recognizer = new OpenAITranscription(account);
        return new Way(stream => Recognize(recognizer, stream.Spoken()), account);
    }

    public static Way OpenAI(Uri vendor)
    {
        var account = AccountAt(vendor);
        var translator = new OpenAITranslator(account);
        return new Way(stream => stream.Asked().Ask(() => Translate(translator)), account);
    }

    public static Way Anthropic(Uri vendor)
    {
        var translator = new AnthropicTranslator(new AnthropicOptions { Url = vendor }, KeyOf(AnthropicEmulator.Key), TimeProvider.System);
        return new Way(stream => stream.Asked().Ask(() => Translate(translator)), translator);
    }

    public static Way ElevenLabs(Uri vendor, string transport, int streams)
    {
        var options = new ElevenLabsOptions
        {
            Url = vendor.ToString(),
            Transport = transport,
            FemaleVoice = ElevenLabsAccount.FemaleVoice,
            // A plan that has a place for every stream; a smaller one makes clauses wait, and that is not what is measured.
            Concurrency = Math.Min(1_000, 2 * streams),
        };
        var slots = new LocalSlots("elevenlabs", options.Concurrency, TimeProvider.System);
        var api = new ElevenLabsApi(options, KeyOf(ElevenLabsEmulator.Key), slots, TimeProvider.System);
        var synthesizer = new ElevenLabsSynthesizer(options, api, slots, TimeProvider.System);
        return new Way(stream => stream.Asked().Ask(() => Synthesize(synthesizer)), synthesizer, api);
    }

    public static Way Speech(Uri vendor)
    {
        var account = AccountAt(vendor);
        var synthesizer = new OpenAISpeech(account);
        return new Way(stream => stream.Asked().Ask(() => Synthesize(synthesizer)), account);
    }

    static async Task Recognize(IRecognizer recognizer, SpokenStream stream)
    {
        await using var session = recognizer.Open(new RecognizerRequest(English));
        var hearing = Hear(session, stream);
        await stream.Speak((_, audio) =>
        {
            if (!session.TryWrite(audio))
                throw new InvalidOperationException("The session is behind.");
            return Task.CompletedTask;
        });
        session.Complete();
        await hearing;
    }

    static async Task Hear(IRecognizerSession session, SpokenStream stream)
    {
        var hasInterim = false;
        await foreach (var happened in session.Events(CancellationToken.None))
        {
            // Interim words come while the last of them has just been said; where there are none, final words come when the pause is proved.
            if (happened is InterimWords { Words: [.., var last] })
            {
                hasInterim = true;
                stream.Hear(last.End);
            }
            else if (happened is FinalWords && !hasInterim)
            {
                stream.Hear(happened.Until);
            }
        }
    }

    static async Task<TimeSpan> Translate(ITranslator translator)
    {
        var began = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        var isWhole = false;
        await foreach (var piece in translator.Translate(Stage.Sentence, CancellationToken.None))
        {
            if (piece.Text.Length > 0)
                first ??= Stopwatch.GetElapsedTime(began);
            isWhole = piece.IsLast;
        }

        return isWhole && first is { } took ? took : throw new InvalidOperationException("A translation is not whole.");
    }

    static async Task<TimeSpan> Synthesize(ISynthesizer synthesizer)
    {
        await using var stream = synthesizer.Open(Voice);
        await Task.Delay(OpenedBefore, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        stream.Write(Talk.Text);
        stream.Complete();
        TimeSpan? first = null;
        var isWhole = false;
        await foreach (var chunk in stream.Chunks(CancellationToken.None))
        {
            if (chunk.Audio.Length > 0)
                first ??= Stopwatch.GetElapsedTime(began);
            isWhole = chunk.IsLastOfClause;
        }

        return isWhole && first is { } took ? took : throw new InvalidOperationException("A clause is not whole.");
    }

    static DeepgramConnections ConnectionsTo(Uri vendor) =>
        new(new DeepgramOptions { Url = $"ws://{vendor.Authority}" }, KeyOf("dg-test-key"), new LocalSlots("deepgram", 1_000, TimeProvider.System), TimeProvider.System);

    static OpenAIAccount AccountAt(Uri vendor) => new(new OpenAIOptions { Url = vendor }, KeyOf(OpenAIEmulator.Key), TimeProvider.System);

    static VendorKey KeyOf(string key) =>
        VendorKey.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Engines:Vendor:Key", key)]).Build(), "Vendor", "NO_SUCH_VARIABLE", out _)!;
}
