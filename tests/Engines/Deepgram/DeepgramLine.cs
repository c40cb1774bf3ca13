using Microsoft.Extensions.Configuration;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Deepgram;
using VoiceGrains.Tests.Emulators.Deepgram;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>The recognizers and the vendor's double, connected. By default both run at many times real time, and no deadline is short.</summary>
sealed class DeepgramLine : IAsyncDisposable
{
    const int BytesOfFrame = 3_200;
    readonly DeepgramConnections _connections;

    DeepgramLine(DeepgramEmulator vendor, DeepgramConnections connections)
    {
        (Vendor, _connections) = (vendor, connections);
        (Nova, Flux) = (new DeepgramNovaRecognizer(connections), new DeepgramFluxRecognizer(connections));
        Either = new DeepgramRecognizer(Flux, Nova);
    }

    public DeepgramEmulator Vendor { get; }

    public DeepgramNovaRecognizer Nova { get; }

    public DeepgramFluxRecognizer Flux { get; }

    public DeepgramRecognizer Either { get; }

    public static async Task<DeepgramLine> Start(Action<DeepgramOptions>? set = null, TimeProvider? time = null, double speed = 20)
    {
        var vendor = await DeepgramEmulator.Start();
        vendor.Manners.Speed = speed * (speed > 1.25 ? 4 : 1);
        var patient = TimeSpan.FromSeconds(20);
        var options = new DeepgramOptions
        {
            Url = vendor.SocketAddress,
            ReplaySpeed = speed,
            ConnectDeadline = patient,
            FinishDeadline = patient,
            DrainDeadline = patient,
            CloseDeadline = patient,
            StallAfter = patient,
        };
        set?.Invoke(options);
        return new DeepgramLine(vendor, new DeepgramConnections(options, KeyOf(vendor.Key), new LocalSlots("deepgram", options.Streams, time ?? TimeProvider.System), time ?? TimeProvider.System));
    }

    public static VendorKey KeyOf(string key) =>
        VendorKey.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Engines:Deepgram:Key", key)]).Build(), "Deepgram", "DEEPGRAM_API_KEY", out _)!;

    public IRecognizer Recognizer(string api) => api == "nova" ? Nova : Flux;

    public IRecognizerSession Open(string api, string language = "en") => Recognizer(api).Open(new RecognizerRequest(Language.Parse(language)));

    /// <summary>Writes audio in frames, each as soon as it is taken. False: the session takes no more.</summary>
    public static async Task<bool> Say(IRecognizerSession session, byte[] audio, Recording? recording = null)
    {
        foreach (var frame in audio.Chunk(BytesOfFrame))
            await Until.True("the session takes audio, or has ended", () => session.TryWrite(frame) || recording?.IsOver == true);
        return recording?.IsOver != true;
    }

    /// <summary>Says it to a session of its own, to the end.</summary>
    public async Task<Recording> SayAll(string api, byte[] audio, string language = "en")
    {
        var session = Open(api, language);
        var recording = new Recording(session);
        await Say(session, audio, recording);
        session.Complete();
        await recording.Ended;
        await session.DisposeAsync();
        return recording;
    }

    /// <summary>Nothing is left open at the vendor, and no rule of it was broken.</summary>
    public async Task AssertClean()
    {
        await Until.True("the vendor has nothing open", () => Vendor.Ledger.Leaks.Count == 0);
        Assert.Empty(Vendor.Ledger.Mistakes);
    }

    public async ValueTask DisposeAsync()
    {
        await Vendor.DisposeAsync();
        _connections.Dispose();
    }
}
