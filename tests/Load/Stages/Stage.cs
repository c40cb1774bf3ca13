using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Deepgram;
using VoiceGrains.Tests.Load.Stages.Bare;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>One stage at one vendor.</summary>
/// <param name="Name">As the engine is named in settings.</param>
/// <param name="First">What is waited for.</param>
/// <param name="Delay">What the double's script takes until then.</param>
/// <param name="Ring">Bytes of audio that an engine keeps for a stream by design; -1: those of the sentence that is being spoken.</param>
/// <param name="Bare">The client to compare with.</param>
/// <param name="Engine">The product's engine with room for that many streams.</param>
sealed record Stage(string Name, string First, TimeSpan Delay, int Ring, Func<Uri, Way> Bare, Func<Uri, int, Way> Engine)
{
    const int OfSentence = -1;

    /// <summary>Frames of the browser's client; for Flux those that the vendor advises.</summary>
    public TimeSpan Frame => TimeSpan.FromMilliseconds(Name == "deepgram-flux" ? 80 : 100);

    public static IReadOnlyList<Stage> All { get; } =
    [
        new("deepgram-nova", "first interim words", TimeSpan.Zero, OutgoingAudio.Usual, static vendor => BareListening.Nova(vendor), static (vendor, _) => EngineWays.Nova(vendor)),
        new("deepgram-flux", "first interim words", TimeSpan.Zero, OutgoingAudio.Usual, static vendor => BareListening.Flux(vendor), static (vendor, _) => EngineWays.Flux(vendor)),
        new("openai-transcribe", "words of a sentence", VendorDouble.TranscriptionDelay, OfSentence, BareTranscription.At, static (vendor, _) => EngineWays.Transcription(vendor)),
        new("openai", "first translated word", 2 * VendorDouble.PieceDelay, 0, BareChat.OpenAI, static (vendor, _) => EngineWays.OpenAI(vendor)),
        new("anthropic", "first translated word", 4 * VendorDouble.PieceDelay, 0, BareChat.Anthropic, static (vendor, _) => EngineWays.Anthropic(vendor)),
        new("elevenlabs-websocket", "first audio", VendorDouble.SoundDelay, 0, BareContexts.At, static (vendor, streams) => EngineWays.ElevenLabs(vendor, "websocket", streams)),
        new("elevenlabs-http", "first audio", VendorDouble.SoundDelay, 0, BareSpeech.ElevenLabs, static (vendor, streams) => EngineWays.ElevenLabs(vendor, "http", streams)),
        new("openai-speech", "first audio", VendorDouble.SoundPieceDelay, 0, BareSpeech.OpenAI, static (vendor, _) => EngineWays.Speech(vendor)),
    ];

    public static Stage? Find(string name) => All.FirstOrDefault(stage => stage.Name == name);

    /// <summary>Bytes of audio that the engine keeps by design, for all streams.</summary>
    public long RingOf(int streams, AudioHeld held) => Ring == OfSentence ? held.Bytes : (long)Ring * streams;

    /// <summary>Text in the language that is spoken, to one that is translated into.</summary>
    public static TranslationRequest Sentence { get; } = new(Language.Parse("en"), Language.Parse("es"), Talk.Text, "");
}
