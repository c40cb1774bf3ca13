using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>Makes instant clones, and finds and deletes them. The vendor asks for no consent; whoever calls this has it.</summary>
sealed class ElevenLabsCloner(ElevenLabsOptions options, ElevenLabsApi api, TimeProvider time) : IVoiceCloner
{
    /// <summary>By this label the product knows its own voices among others of the account.</summary>
    public const string ProductLabel = "product", Product = "voicegrains";

    // 100 voices each; an account has a few thousand at most.
    const int MostPages = 1_000;
    const int MostOfAnswer = 16 * 1024 * 1024;

    public string Name => ElevenLabsFault.Engine;

    public Task<ClonedVoice> Clone(CloneRequest request, CancellationToken cancellationToken) => Limited(
        async limited =>
        {
            var labels = request.Labels.SetItem(ProductLabel, Product);
            using var form = FormOf(request, labels);
            using var answer = await Ask(HttpMethod.Post, "v1/voices/add", form, limited);
            return new ClonedVoice(Text(answer.RootElement, "voice_id") ?? throw Unreadable(), IsTrue(answer.RootElement, "requires_verification"), labels);
        },
        cancellationToken);

    public Task Delete(string voice, CancellationToken cancellationToken) => Limited(
        async limited =>
        {
            using var response = await api.Send(HttpMethod.Delete, $"v1/voices/{Uri.EscapeDataString(voice)}", content: null, limited);
            // What does not exist is deleted; the vendor says so with 404, in places with 400.
            var isGone = response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound || await ElevenLabsFault.CodeIn(response, limited) == "voice_not_found";
            return isGone ? true : throw await ElevenLabsFault.OfResponse(response, limited);
        },
        cancellationToken);

    public Task<IReadOnlyList<ClonedVoice>> List(CancellationToken cancellationToken) => Limited<IReadOnlyList<ClonedVoice>>(
        async limited =>
        {
            var voices = new List<ClonedVoice>();
            var next = "";
            for (var page = 0; page < MostPages; page++)
            {
                using var answer = await Ask(HttpMethod.Get, "v2/voices?page_size=100" + next, content: null, limited);
                voices.AddRange(VoicesIn(answer.RootElement).Where(static voice => voice.Labels.GetValueOrDefault(ProductLabel) == Product));
                if (!IsTrue(answer.RootElement, "has_more"))
                    return voices;
                next = $"&next_page_token={Uri.EscapeDataString(Text(answer.RootElement, "next_page_token") ?? throw Unreadable())}";
            }

            throw Unreadable();
        },
        cancellationToken);

    static MultipartFormDataContent FormOf(CloneRequest request, ImmutableDictionary<string, string> labels)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent(request.Name), "name" },
            { new StringContent(JsonSerializer.Serialize(labels)), "labels" },
            { new StringContent("false"), "remove_background_noise" },
        };
        for (var i = 0; i < request.Samples.Length; i++)
        {
            var sample = new ReadOnlyMemoryContent(request.Samples[i]);
            sample.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
            form.Add(sample, "files", $"sample-{i + 1}.wav");
        }

        return form;
    }

    static IEnumerable<ClonedVoice> VoicesIn(JsonElement answer)
    {
        if (!answer.TryGetProperty("voices", out var voices) || voices.ValueKind != JsonValueKind.Array)
            throw Unreadable();
        foreach (var voice in voices.EnumerateArray())
        {
            var isUnverified = voice.TryGetProperty("voice_verification", out var state) && state.ValueKind == JsonValueKind.Object
                && IsTrue(state, "requires_verification") && !IsTrue(state, "is_verified");
            yield return new ClonedVoice(Text(voice, "voice_id") ?? throw Unreadable(), isUnverified, LabelsOf(voice));
        }
    }

    static ImmutableDictionary<string, string> LabelsOf(JsonElement voice) => voice.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Object
        ? labels.EnumerateObject().Where(static label => label.Value.ValueKind == JsonValueKind.String).ToImmutableDictionary(static label => label.Name, static label => label.Value.GetString()!)
        : ImmutableDictionary<string, string>.Empty;

    static string? Text(JsonElement fields, string name) => fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static bool IsTrue(JsonElement fields, string name) => fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    static EngineFaultException Unreadable() => new(ElevenLabsFault.Engine, FaultKind.Transport, "An answer about voices is not of the documented shape.");

    async Task<JsonDocument> Ask(HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await api.Ask(method, address, content, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MostOfAnswer, cancellationToken);
            var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return answer.RootElement.ValueKind == JsonValueKind.Object ? answer : throw Unreadable();
        }
        catch (Exception error) when (error is JsonException or HttpRequestException or IOException)
        {
            throw ElevenLabsFault.OfTransport(error, hasBegun: true, ElevenLabsFault.RequestOf(response));
        }
    }

    async Task<T> Limited<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.VoiceLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ElevenLabsFault.Stalled("answer about voices");
        }
    }
}
