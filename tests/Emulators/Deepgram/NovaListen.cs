using System.Globalization;
using System.Text.Json;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>One connection to <c>/v1/listen</c>: what the client may send, and what is said when it closes or falls silent.</summary>
sealed class NovaListen
{
    // Deepgram docs, audio keep alive.
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    readonly ListenServer _server;
    readonly HeardAudio _audio;
    readonly NovaTranscript _transcript;
    readonly ScriptedFrames? _script;

    public NovaListen(ListenServer server)
    {
        _server = server;
        var manners = server.Emulator.Manners;
        _audio = new HeardAudio(manners, server.Emulator.Time, server.Query.Number("sample_rate")!.Value);
        _transcript = new NovaTranscript(server, _audio);
        _script = manners.Script is { } frames ? new ScriptedFrames(server, frames) : null;
    }

    public async Task Run()
    {
        _server.WhenIdle = () => _server.Close(1011, "NET-0001: did not receive audio data or a text message within the timeout window");
        _server.ExpectWithin(Idle);
        while (!_server.IsClosed && await _server.Read() is { } frame)
        {
            if (frame.Text is { } text)
                await HearText(text);
            else
                await HearAudio(frame.Binary);
        }
    }

    async Task HearAudio(byte[] audio)
    {
        var ledger = _server.Emulator.Ledger;
        if (audio.Length == 0)
        {
            // It closed streams before there was CloseStream (Deepgram changelog, October 2022).
            ledger.Mistake("empty binary frame");
            await End();
            return;
        }

        if (audio[0] == '{' && audio[^1] == '}')
            ledger.Mistake("control message in a binary frame");
        _server.ExpectWithin(Idle);
        ledger.Count("audio bytes", audio.Length);
        ledger.Count("audio frames");
        if (!_audio.TryTake(audio))
            ledger.Mistake(string.Create(CultureInfo.InvariantCulture, $"audio faster than {_server.Emulator.Manners.Speed} times real time"));
        else if (_script is null)
            await _transcript.Hear(isAll: false);
        else
            await _script.Hear(audio.Length);
        if (ledger.CountOf("audio bytes") >= _server.Emulator.Manners.ReadsFor.TotalSeconds * 32_000)
            await _server.StopReading();
    }

    async Task HearText(string text)
    {
        var ledger = _server.Emulator.Ledger;
        var type = TypeOf(text);
        // Before it is counted: who waits for that moves the clock. A keep-alive keeps no connection that never had audio.
        if (type == "Finalize" || (type == "KeepAlive" && _audio.HasAudio))
            _server.ExpectWithin(Idle);
        ledger.Count(type);
        switch (type)
        {
            case "KeepAlive":
                break;
            case "Finalize":
                if (_script is null)
                    await _transcript.Finalize();
                break;
            case "CloseStream":
                await End();
                break;
            default:
                // Not documented: what the vendor says to it is a guess.
                ledger.Mistake("unknown message");
                await _server.Close(1008, "DATA-0000: the message can't be read");
                break;
        }
    }

    async Task End()
    {
        if (_script is null)
            await _transcript.End();
        await _server.Say(NovaMessages.Metadata(_server, _audio.Position));
        await _server.Close(1000);
    }

    /// <summary>Type of a control message. Empty: it is none.</summary>
    public static string TypeOf(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("type", out var type) ? type.GetString() ?? "" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
