using System.Runtime.InteropServices;
using VoiceGrains.Audio;
using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Emulators.Anthropic;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.Deepgram;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Emulators.OpenAI;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Vendors;

/// <summary>The doubles of all vendors, and the settings that lead there: each stage has one vendor and one behind it.</summary>
sealed class Doubles : IAsyncDisposable
{
    static readonly string[] Keys = ["a-key-at-deepgram-0123456789", OpenAIEmulator.Key, AnthropicEmulator.Key, ElevenLabsEmulator.Key];

    Doubles(DeepgramEmulator deepgram, OpenAIEmulator openAI, AnthropicEmulator anthropic, ElevenLabsEmulator elevenLabs) =>
        (Deepgram, OpenAI, Anthropic, ElevenLabs) = (deepgram, openAI, anthropic, elevenLabs);

    public DeepgramEmulator Deepgram { get; }

    public OpenAIEmulator OpenAI { get; }

    public AnthropicEmulator Anthropic { get; }

    public ElevenLabsEmulator ElevenLabs { get; }

    public string[] Settings =>
    [
        "--Engines:Recognizers", "deepgram-nova, openai-transcribe",
        "--Engines:Translators", "openai, anthropic",
        "--Engines:Synthesizers", "elevenlabs, openai-speech",
        "--Engines:Cloner", "elevenlabs",
        "--Engines:CatchUp", "false",
        "--Engines:Deepgram:Url", Deepgram.SocketAddress,
        "--Engines:Deepgram:Key", Keys[0],
        "--Engines:OpenAI:Url", OpenAI.Url.AbsoluteUri,
        "--Engines:OpenAI:Key", Keys[1],
        "--Engines:Anthropic:Url", Anthropic.Url.AbsoluteUri,
        "--Engines:Anthropic:Key", Keys[2],
        "--Engines:ElevenLabs:Url", ElevenLabs.Address.AbsoluteUri,
        "--Engines:ElevenLabs:Key", Keys[3],
        "--Engines:ElevenLabs:FemaleVoice", ElevenLabsAccount.FemaleVoice,
        "--Engines:ElevenLabs:MaleVoice", ElevenLabsAccount.MaleVoice,
    ];

    public static async Task<Doubles> Start()
    {
        var deepgram = await DeepgramEmulator.Start();
        deepgram.Key = Keys[0];
        var elevenLabs = await ElevenLabsEmulator.Start();
        elevenLabs.Account.VoiceSlots = 1_000;
        return new Doubles(deepgram, await OpenAIEmulator.Start(), await AnthropicEmulator.Start(), elevenLabs);
    }

    /// <summary>The plan of the double that has the operation.</summary>
    public FaultPlan PlanOf(string operation) => operation switch
    {
        "nova" => Deepgram.Faults,
        "chat" or "speech" or "transcriptions" => OpenAI.Faults,
        "messages" => Anthropic.Faults,
        _ => ElevenLabs.Faults,
    };

    public EmulatorLedger LedgerOf(string operation) => operation switch
    {
        "nova" => Deepgram.Ledger,
        "chat" or "speech" or "transcriptions" => OpenAI.Ledger,
        "messages" => Anthropic.Ledger,
        _ => ElevenLabs.Ledger,
    };

    /// <summary>Nothing goes wrong from now on.</summary>
    public void Clear()
    {
        foreach (var plan in (FaultPlan[])[Deepgram.Faults, OpenAI.Faults, Anthropic.Faults, ElevenLabs.Faults])
            plan.Clear();
    }

    /// <summary>No log may hold a key, or what somebody said.</summary>
    public static void AssertNothingIsTold(IEnumerable<string> output, params string[] said)
    {
        var lines = output.ToList();
        foreach (var secret in (string[])[.. Keys, .. said])
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        await Deepgram.DisposeAsync();
        await OpenAI.DisposeAsync();
        await Anthropic.DisposeAsync();
        await ElevenLabs.DisposeAsync();
    }
}

/// <summary>What somebody heard of the doubles' voices.</summary>
static class Hearing
{
    /// <summary>The words in the speech, whichever double spoke them, in order; of a voice that broke off within a word nothing of that word.</summary>
    public static IReadOnlyList<string> WordsHeard(this Member member)
    {
        var samples = MemoryMarshal.Cast<byte, short>(member.HeardAudio(FrameKind.Speech));
        var scripted = new ScriptedAudio.Reader();
        scripted.Take(samples);
        var tones = ToneWords.Decode(samples, AudioFormat.Cluster.SampleRate);
        return [.. scripted.Words.Select(static word => (word.Start, word.Text)).Concat(tones.Select(static word => ((long)word.Start, word.Text))).OrderBy(static word => word.Item1)
            .Select(static word => word.Text)];
    }

    /// <summary>The final captions of a speaker as one text.</summary>
    public static string Read(this Member member, string speaker, string language) => string.Join(' ', member.Finals(speaker, language));

    /// <summary>Each word once and in order, but for words that were begun again after a break: those are repeated from where they were.</summary>
    public static IReadOnlyList<string> WithoutRepeats(IReadOnlyList<string> heard, IReadOnlyList<string> expected)
    {
        var kept = new List<string>();
        foreach (var word in heard)
        {
            if (kept.Count < expected.Count && word == expected[kept.Count])
                kept.Add(word);
            else if (!kept.Contains(word))
                kept.Add("?" + word);
        }

        return kept;
    }
}
