using VoiceGrains.Tests.Emulators.Anthropic;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.Deepgram;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Emulators.OpenAI;

namespace VoiceGrains.Tests.EmulatedVendors;

/// <summary>One double of each vendor, on free ports of loopback. They hear what is in the audio, and answer to it.</summary>
sealed class VendorDoubles(DeepgramEmulator deepgram, OpenAIEmulator openai, AnthropicEmulator anthropic, ElevenLabsEmulator elevenlabs) : IAsyncDisposable
{
    public static async Task<VendorDoubles> Start() =>
        new(await DeepgramEmulator.Start(), await OpenAIEmulator.Start(), await AnthropicEmulator.Start(),
            await ElevenLabsEmulator.Start(script: new ElevenLabsScript { SamplesOfWord = SpokenRecording.SamplesOfWord }));

    /// <summary>
    /// What makes a silo use them, as variables of its environment: the engines in the order of production, with addresses, keys and voices that exist here
    /// only. No value needs quotes in a shell.
    /// </summary>
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ("Engines__Recognizers", "deepgram,openai-transcribe"),
        ("Engines__Translators", "openai,anthropic"),
        ("Engines__Synthesizers", "elevenlabs,openai-speech"),
        ("Engines__Cloner", "elevenlabs"),
        // Their speech carries its words, which a faster tempo would spoil.
        ("Engines__CatchUp", "false"),
        ("Engines__Deepgram__Url", deepgram.SocketAddress),
        ("Engines__Deepgram__Key", deepgram.Key),
        ("Engines__OpenAI__Url", openai.Url.ToString()),
        ("Engines__OpenAI__Key", OpenAIEmulator.Key),
        ("Engines__Anthropic__Url", anthropic.Url.ToString()),
        ("Engines__Anthropic__Key", AnthropicEmulator.Key),
        ("Engines__ElevenLabs__Url", elevenlabs.Address.ToString()),
        ("Engines__ElevenLabs__Key", ElevenLabsEmulator.Key),
        ("Engines__ElevenLabs__FemaleVoice", ElevenLabsAccount.FemaleVoice),
        ("Engines__ElevenLabs__MaleVoice", ElevenLabsAccount.MaleVoice),
    ];

    /// <summary>Rules of the vendors that were broken, one a line.</summary>
    public IEnumerable<string> Mistakes =>
    [
        .. Of("deepgram", deepgram.Ledger), .. Of("openai", openai.Ledger), .. Of("anthropic", anthropic.Ledger), .. Of("elevenlabs", elevenlabs.Ledger),
    ];

    public async ValueTask DisposeAsync()
    {
        await deepgram.DisposeAsync();
        await openai.DisposeAsync();
        await anthropic.DisposeAsync();
        await elevenlabs.DisposeAsync();
    }

    static IEnumerable<string> Of(string vendor, EmulatorLedger ledger) => ledger.Mistakes.Select(rule => $"{vendor}: {rule}");
}
