using System.Text.Json.Nodes;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>A clause over HTTP: one request, whose body is the clause's sound and whose end is its end.</summary>
sealed class HttpTurn(SpokenVoice voice, ElevenLabsApi api, IAccountSlots slots, ElevenLabsOptions options, TimeProvider time) : IClauseTurn
{
    IAsyncDisposable? _slot;

    public async Task Speak(string clause, ClauseAudio audio, CancellationToken cancellationToken)
    {
        _slot = await slots.Take(options.SlotLimit, cancellationToken);
        using var watch = new CancellationTokenSource(options.FirstAudioLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(watch.Token, cancellationToken);
        try
        {
            await Request(clause, audio, watch, either.Token);
        }
        catch (EngineFaultException fault) when (fault.Kind is FaultKind.Transport && !audio.HasAny && !either.IsCancellationRequested)
        {
            await Request(clause, audio, watch, either.Token);
        }
        catch (OperationCanceledException) when (watch.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ElevenLabsFault.Stalled("audio");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_slot is not null)
            await _slot.DisposeAsync();
    }

    async Task Request(string clause, ClauseAudio audio, CancellationTokenSource watch, CancellationToken cancellationToken)
    {
        using var body = new StringContent(BodyOf(clause), System.Text.Encoding.UTF8, "application/json");
        var address = $"v1/text-to-speech/{Uri.EscapeDataString(voice.Id)}/stream?output_format=pcm_16000&enable_logging={(options.Logging ? "true" : "false")}";
        using var response = await api.Ask(HttpMethod.Post, address, body, cancellationToken);
        var request = ElevenLabsFault.RequestOf(response);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[6_400];
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                audio.Add(buffer.AsSpan(0, read));
                watch.CancelAfter(options.AudioGapLimit);
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw ElevenLabsFault.OfTransport(error, audio.HasAny, request);
        }

        if (!audio.HasAny)
            throw ElevenLabsFault.Truncated("A clause ended without a sound.", request);
    }

    string BodyOf(string clause)
    {
        var body = new JsonObject
        {
            ["text"] = clause.Trim(),
            ["model_id"] = options.Model,
            ["voice_settings"] = new JsonObject { ["stability"] = options.Stability, ["similarity_boost"] = options.Similarity, ["speed"] = options.Speed },
        };
        if (voice.Language is { } language)
            body["language_code"] = language;
        return body.ToJsonString();
    }
}
