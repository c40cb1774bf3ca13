using VoiceGrains.Tests.Emulators.Anthropic;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.Deepgram;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Emulators.OpenAI;

namespace VoiceGrains.Tests.Load.Stages;

/// <summary>The double for a stage, with the script by which it takes its time: answers last about as long as sentences do, so that most streams have one open.</summary>
sealed record VendorDouble(Uri Address, EmulatorLedger Ledger, IAsyncDisposable Server)
{
    /// <summary>From a request with a whole sentence to its text.</summary>
    public static readonly TimeSpan TranscriptionDelay = TimeSpan.FromMilliseconds(300);

    /// <summary>Before each event of a chat.</summary>
    public static readonly TimeSpan PieceDelay = TimeSpan.FromMilliseconds(80);

    /// <summary>From a clause to ElevenLabs' first audio.</summary>
    public static readonly TimeSpan SoundDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Before each event with audio.</summary>
    public static readonly TimeSpan SoundPieceDelay = TimeSpan.FromMilliseconds(40);

    // Nobody is to meet a limit of the plan here.
    const int Plenty = 10_000;

    public static async Task<VendorDouble> Start(string stage)
    {
        switch (stage)
        {
            case "deepgram-nova" or "deepgram-flux":
                var deepgram = await DeepgramEmulator.Start();
                deepgram.MostSockets = Plenty;
                return new VendorDouble(deepgram.Address, deepgram.Ledger, deepgram);
            case "anthropic":
                var anthropic = await AnthropicEmulator.Start(PieceDelay);
                return new VendorDouble(anthropic.Url, anthropic.Ledger, anthropic);
            case "elevenlabs-websocket" or "elevenlabs-http":
                var elevenLabs = await ElevenLabsEmulator.Start(script: new ElevenLabsScript { FirstByteDelay = SoundDelay, ChunkDelay = TimeSpan.FromMilliseconds(60) });
                elevenLabs.Account.Concurrency = Plenty;
                return new VendorDouble(elevenLabs.Address, elevenLabs.Ledger, elevenLabs);
            default:
                var openAI = await OpenAIEmulator.Start(stage == "openai-speech" ? SoundPieceDelay : PieceDelay);
                openAI.Faults.Add(new PlannedFault(FaultForm.SlowFirstByte, "transcriptions", Times: int.MaxValue, Delay: TranscriptionDelay));
                return new VendorDouble(openAI.Url, openAI.Ledger, openAI);
        }
    }
}
