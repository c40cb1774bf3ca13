using System.Globalization;
using System.Text.Json;

namespace VoiceGrains.Tests.Emulators.Deepgram;

/// <summary>One connection to <c>/v2/listen</c>: what the client may send. Whatever else comes ends it with an Error and a close frame without a status.</summary>
sealed class FluxListen
{
    // Deepgram docs say only that there is such a limit; pipecat met it after 20 to 30 s.
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(25);

    readonly ListenServer _server;
    readonly HeardAudio _audio;
    readonly FluxMessages _messages;
    readonly FluxTurns _turns;
    readonly ScriptedFrames? _script;

    public FluxListen(ListenServer server)
    {
        _server = server;
        var manners = server.Emulator.Manners;
        _audio = new HeardAudio(manners, server.Emulator.Time, server.Query.Number("sample_rate")!.Value);
        _messages = new FluxMessages(server);
        _turns = new FluxTurns(server, _audio, _messages);
        _script = manners.Script is { } frames ? new ScriptedFrames(server, frames) : null;
    }

    public async Task Run()
    {
        _server.WhenIdle = () => Refuse("INACTIVE_CLIENT");
        _server.ExpectWithin(Idle);
        if (_script is null)
            await _server.Say(_messages.Connected());
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
            ledger.Mistake("empty binary frame");
            await Refuse("UNPARSABLE_CLIENT_MESSAGE");
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
            await _turns.Hear(isAll: false);
        else
            await _script.Hear(audio.Length);
        if (ledger.CountOf("audio bytes") >= _server.Emulator.Manners.ReadsFor.TotalSeconds * 32_000)
            await _server.StopReading();
    }

    async Task HearText(string text)
    {
        var type = NovaListen.TypeOf(text);
        _server.Emulator.Ledger.Count(type);
        switch (type)
        {
            case "CloseStream":
                // No EndOfTurn, no Metadata, no status (Deepgram docs, Flux close stream).
                if (_script is null)
                    await _turns.End();
                await _server.Close(null);
                break;
            case "ForceEndTurn":
                if (_script is null)
                    await _turns.Force();
                break;
            case "Configure":
                await Configure(JsonDocument.Parse(text).RootElement);
                break;
            default:
                _server.Emulator.Ledger.Mistake(type.Length > 0 ? $"{type} is no message of Flux" : "unknown message");
                await Refuse("UNPARSABLE_CLIENT_MESSAGE");
                break;
        }
    }

    async Task Configure(JsonElement asked)
    {
        var thresholds = asked.TryGetProperty("thresholds", out var given) ? given : default;
        var broken = FluxQuery.CheckThresholds(Number(thresholds, "eot_threshold") ?? 0.7, Number(thresholds, "eager_eot_threshold"), Number(thresholds, "eot_timeout_ms") ?? 5_000)
            ?? (asked.TryGetProperty("keyterms", out var keyterms) && keyterms.GetArrayLength() > 100 ? "more than 100 keyterms" : null);
        if (broken is null)
        {
            _turns.Configure(Number(thresholds, "eot_threshold"), Number(thresholds, "eager_eot_threshold"), Number(thresholds, "eot_timeout_ms"));
            await _server.Say(_messages.ConfigureSuccess(asked));
            return;
        }

        _server.Emulator.Ledger.Mistake(broken);
        await _server.Say(_messages.ConfigureFailure(broken));
    }

    async Task Refuse(string code)
    {
        await _server.Say(_messages.Error(code, "Refused."));
        await _server.Close(null);
    }

    static double? Number(JsonElement thresholds, string name) =>
        thresholds.ValueKind == JsonValueKind.Object && thresholds.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;
}
