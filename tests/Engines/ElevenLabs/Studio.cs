using Microsoft.Extensions.Configuration;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.ElevenLabs;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Engines.ElevenLabs;

/// <summary>The product's synthesizer and cloner at the vendor's double. Time stands still for both unless the test moves it, so that no deadline depends on the machine.</summary>
sealed class Studio : IAsyncDisposable
{
    readonly ElevenLabsApi _api;

    Studio(ElevenLabsEmulator vendor, ElevenLabsOptions options, ManualTime time, string key)
    {
        (Vendor, Options, Time) = (vendor, options, time);
        Slots = new LocalSlots("elevenlabs", options.Concurrency, time);
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Engines:ElevenLabs:Key", key)]).Build();
        _api = new ElevenLabsApi(options, VendorKey.Read(settings, "ElevenLabs", "ELEVENLABS_API_KEY", out _)!, Slots, time);
        Synthesizer = new ElevenLabsSynthesizer(options, _api, Slots, time);
        Cloner = new ElevenLabsCloner(options, _api, time);
    }

    public static Voice German { get; } = new("stock-female", Gender.Female, Language.Parse("de"));

    public ElevenLabsEmulator Vendor { get; }

    public ElevenLabsOptions Options { get; }

    public ManualTime Time { get; }

    public LocalSlots Slots { get; }

    public ElevenLabsSynthesizer Synthesizer { get; }

    public ElevenLabsCloner Cloner { get; }

    public EmulatorLedger Ledger => Vendor.Ledger;

    public static async Task<Studio> Open(Action<ElevenLabsOptions>? change = null, ElevenLabsScript? script = null, string key = ElevenLabsEmulator.Key)
    {
        var time = new ManualTime();
        var vendor = await ElevenLabsEmulator.Start(time, script);
        var options = new ElevenLabsOptions
        {
            Url = vendor.Address.ToString(),
            FemaleVoice = ElevenLabsAccount.FemaleVoice,
            MaleVoice = ElevenLabsAccount.MaleVoice,
        };
        change?.Invoke(options);
        return new Studio(vendor, options, time, key);
    }

    /// <summary>Opens a stream and gives it all its clauses.</summary>
    public ISpeechStream Begin(params string[] clauses)
    {
        var stream = Synthesizer.Open(German);
        foreach (var clause in clauses)
            stream.Write(clause);
        stream.Complete();
        return stream;
    }

    /// <summary>Speaks clauses. What was heard of each.</summary>
    public async Task<string[]> Speak(params string[] clauses)
    {
        await using var stream = Begin(clauses);
        return await Hear(stream);
    }

    /// <summary>What is heard of each clause that has an end.</summary>
    public static async Task<string[]> Hear(ISpeechStream stream)
    {
        var heard = new List<string>();
        var audio = new List<byte>();
        await foreach (var chunk in stream.Chunks(CancellationToken.None))
        {
            Assert.Equal(heard.Count + 1, chunk.Clause);
            Assert.Equal(0, chunk.Audio.Length % 2);
            audio.AddRange(chunk.Audio.Span);
            if (!chunk.IsLastOfClause)
                continue;
            heard.Add(string.Join(' ', ScriptedAudio.Decode([.. audio])));
            audio.Clear();
        }

        Assert.Empty(audio);
        return [.. heard];
    }

    /// <summary>The fault that a clause ends with, while the clock runs on once the vendor has what it needs to stand still.</summary>
    public async Task<EngineFaultException> Fault(string clause = "guten Morgen zusammen", bool isLate = false)
    {
        await using var stream = Begin(clause);
        var hearing = Assert.ThrowsAsync<EngineFaultException>(() => Hear(stream));
        if (!isLate)
            return await Until.Done("the fault", hearing);
        // Whatever stands still, some deadline of the product is the only thing that ends it.
        await Until.True("a deadline ends it", () =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            return hearing.IsCompleted;
        });
        return await hearing;
    }

    /// <summary>Stops the product, and finds nothing open at the vendor and nothing done wrong.</summary>
    public async Task CloseWithoutLeaks(params string[] mistakes)
    {
        var stopping = Synthesizer.DisposeAsync().AsTask();
        await Until.True("everything is given back", () =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            return stopping.IsCompleted && Ledger.Leaks.Count == 0;
        });
        await stopping;
        Assert.Equal(0, Slots.Taken);
        Assert.Equal(0, Vendor.Account.Generating);
        Assert.Equal(mistakes, Ledger.Mistakes);
    }

    public async ValueTask DisposeAsync()
    {
        var stopping = Synthesizer.DisposeAsync().AsTask();
        await Until.True("the product stops", () =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            return stopping.IsCompleted;
        });
        _api.Dispose();
        await Vendor.DisposeAsync();
    }
}
