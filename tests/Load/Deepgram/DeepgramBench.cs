using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines;
using VoiceGrains.Silo.Engines.Deepgram;
using VoiceGrains.Tests.Emulators.Deepgram;

namespace VoiceGrains.Tests.Load.Deepgram;

/// <summary>
/// What the Deepgram client adds to the vendor's delay: many streams at once, first through bare sockets, then through recognizer sessions, at the same double
/// and in the same process. Measured from the frame that ends a sentence's first interim words to those words.
/// </summary>
sealed class DeepgramBench(int streams, TimeSpan duration, TextWriter output)
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);
    const string Address = "/v1/listen?model=nova-3&language=en&encoding=linear16&sample_rate=16000&channels=1&interim_results=true"
        + "&vad_events=true&punctuate=true&smart_format=true&endpointing=300&utterance_end_ms=1000";

    /// <summary>Reads <c>--streams N --seconds N</c>. Null: they can't be read.</summary>
    public static DeepgramBench? Read(string[] settings, TextWriter output)
    {
        var given = new Dictionary<string, int> { ["--streams"] = 100, ["--seconds"] = 20 };
        for (var i = 0; i < settings.Length; i += 2)
        {
            if (!given.ContainsKey(settings[i]) || i + 1 == settings.Length || !int.TryParse(settings[i + 1], CultureInfo.InvariantCulture, out var value) || value is < 1 or > 1_000)
                return null;
            given[settings[i]] = value;
        }

        return new DeepgramBench(given["--streams"], TimeSpan.FromSeconds(given["--seconds"]), output);
    }

    public async Task<int> Run()
    {
        output.WriteLine($"{streams} streams of speech at once, frames of 100 ms, {duration.TotalSeconds:0} s each;");
        output.WriteLine($"double, load and clients share {Environment.ProcessorCount} cores of this machine.");
        await using var vendor = await DeepgramEmulator.Start();
        vendor.MostSockets = 2 * streams;
        using var connections = Connect(vendor);
        var recognizer = new DeepgramNovaRecognizer(connections);
        // Once for nothing, so that no code is compiled while it counts.
        await Task.WhenAll(Speak(WarmUp, new Latencies(), speech => SpeakBare(vendor, speech)), Speak(WarmUp, new Latencies(), speech => SpeakToSession(recognizer, speech)));
        var bare = await Measure("bare sockets", speech => SpeakBare(vendor, speech));
        var sessions = await Measure("recognizer sessions", speech => SpeakToSession(recognizer, speech));
        output.WriteLine($"added, p50: {sessions.At(0.5) - bare.At(0.5):0.00} ms, p99: {sessions.At(0.99) - bare.At(0.99):0.00} ms");
        output.WriteLine(vendor.Ledger.Mistakes.Count == 0 ? "No rule of the vendor was broken." : $"{vendor.Ledger.Mistakes.Count} rules of the vendor were broken.");
        return vendor.Ledger.Mistakes.Count == 0 && sessions.Count > 0 ? 0 : 1;
    }

    async Task<Latencies> Measure(string name, Func<StreamedSpeech, Task> speak)
    {
        var latencies = new Latencies();
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        await Speak(duration, latencies, speak);
        var cores = (Process.GetCurrentProcess().TotalProcessorTime - processor) / duration;
        output.WriteLine($"{name,-20} first interim words p50 {latencies.At(0.5),8:0.00} ms, p99 {latencies.At(0.99),8:0.00} ms, {latencies.Count} sentences, {cores:0.00} cores with the double");
        return latencies;
    }

    Task Speak(TimeSpan length, Latencies latencies, Func<StreamedSpeech, Task> speak) =>
        Task.WhenAll(Enumerable.Range(0, streams).Select(stream => speak(new StreamedSpeech(latencies, TimeSpan.FromMilliseconds(100.0 * stream / streams), length))));

    static DeepgramConnections Connect(DeepgramEmulator vendor)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Engines:Deepgram:Key", vendor.Key)]).Build();
        return new DeepgramConnections(new DeepgramOptions { Url = vendor.SocketAddress }, VendorKey.Read(configuration, "Deepgram", "DEEPGRAM_API_KEY", out _)!, new LocalSlots("deepgram", 1_000, TimeProvider.System), TimeProvider.System);
    }

    static async Task SpeakToSession(DeepgramNovaRecognizer recognizer, StreamedSpeech speech)
    {
        await using var session = recognizer.Open(new RecognizerRequest(Language.Parse("en")));
        var hearing = Hear();
        await speech.Speak(audio =>
        {
            if (!session.TryWrite(audio))
                throw new InvalidOperationException("The session is behind.");
            return Task.CompletedTask;
        });
        session.Complete();
        await hearing;

        async Task Hear()
        {
            await foreach (var happened in session.Events(CancellationToken.None))
            {
                if (happened is InterimWords { Words: [.., var last] })
                    speech.Hear(last.End);
            }
        }
    }

    static async Task SpeakBare(DeepgramEmulator vendor, StreamedSpeech speech)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Token " + vendor.Key);
        await socket.ConnectAsync(new Uri(vendor.SocketAddress + Address), CancellationToken.None);
        var hearing = Hear();
        await speech.Speak(audio => socket.SendAsync(audio, WebSocketMessageType.Binary, true, CancellationToken.None));
        await socket.SendAsync("""{"type":"CloseStream"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await hearing;
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        async Task Hear()
        {
            var buffer = new byte[64 * 1024];
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: WebSocketMessageType.Text } received)
            {
                using var message = JsonDocument.Parse(buffer.AsMemory(0, received.Count));
                if (message.RootElement.TryGetProperty("is_final", out var isFinal) && !isFinal.GetBoolean()
                    && message.RootElement.GetProperty("channel").GetProperty("alternatives")[0].GetProperty("words") is var words && words.GetArrayLength() is > 0 and var count)
                    speech.Hear(TimeSpan.FromSeconds(words[count - 1].GetProperty("end").GetDouble()));
            }
        }
    }
}
