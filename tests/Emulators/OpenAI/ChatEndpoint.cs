using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.OpenAI;

/// <summary>
/// <c>POST /v1/chat/completions</c>. Translates what our product asks for (<see cref="TranslationTask"/>, <see cref="DraftTask"/>); any other last user message
/// comes back as it is.
/// Planned errors in the stream: the codes <c>length</c>, <c>content_filter</c> and <c>refusal</c> end the answer so, another one is an error object.
/// </summary>
static class ChatEndpoint
{
    static readonly string[] Fields =
        ["model", "messages", "stream", "stream_options", "max_completion_tokens", "max_tokens", "temperature", "top_p", "n", "stop", "seed", "user", "store", "metadata",
         "frequency_penalty", "presence_penalty", "logprobs", "top_logprobs", "response_format", "reasoning_effort", "service_tier", "safety_identifier", "prompt_cache_key", "verbosity"];

    static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool"];

    public static async Task Answer(OpenAICall call)
    {
        var body = (await call.ReadJson()).Only(Fields);
        var model = Model(body);
        var isStream = body.Flag("stream");
        if (body.Has("stream_options") && !isStream)
            throw OpenAIRefusal.BadRequest("stream_options without stream");
        var hasUsage = isStream && body.Has("stream_options") && body.Inner("stream_options").Only("include_usage", "include_obfuscation").Flag("include_usage");
        var most = body.NumberOrNull("max_completion_tokens", 1, 1_000_000) ?? body.NumberOrNull("max_tokens", 1, 1_000_000) ?? 1_000_000;
        var deltas = Reply(call, body);
        if (isStream)
            await Stream(call, model, deltas, (int)most, hasUsage);
        else
            await call.WriteJson(Whole(call.Id, model, deltas, (int)most));
    }

    static string Model(StrictJson body)
    {
        var model = body.Text("model");
        if (!model.StartsWith("gpt-", StringComparison.Ordinal) && !model.StartsWith('o'))
            throw new RefusedException(404, "invalid_request_error", "model_not_found", "the model does not exist");
        var thinks = model.StartsWith("gpt-5", StringComparison.Ordinal) || model.StartsWith('o');
        if (thinks && body.Has("max_tokens"))
            throw new RefusedException(400, "invalid_request_error", "unsupported_parameter", "max_tokens for a model that wants max_completion_tokens");
        if (body.NumberOrNull("temperature", 0, 2) is { } temperature && thinks && temperature != 1)
            throw new RefusedException(400, "invalid_request_error", "unsupported_value", "temperature for a model that takes none");
        return model;
    }

    static IReadOnlyList<string> Reply(OpenAICall call, StrictJson body)
    {
        var messages = body.List("messages");
        foreach (var message in messages)
        {
            if (!Roles.Contains(message.Only("role", "content", "name", "tool_call_id", "tool_calls", "refusal").Text("role")))
                throw OpenAIRefusal.BadRequest("a message has an unknown role");
        }

        if (messages.LastOrDefault() is not { } last || last.Text("role") != "user")
            throw OpenAIRefusal.BadRequest("this double answers a user, who must speak last");
        var text = last.Content("content");
        var system = string.Concat(messages.Where(static message => message.Text("role") is "system" or "developer").Select(static message => message.Content("content")));
        var draft = DraftTask.TryRead(system, text, OpenAIRefusal.BadRequest);
        var task = draft is null ? TranslationTask.TryRead(system, text, OpenAIRefusal.BadRequest) : null;
        if (draft is null && task is null)
            return TranslationTask.Deltas(text);
        if (messages.Count != 2)
            throw OpenAIRefusal.BadRequest("a translation has instructions and one object, nothing else");
        if (draft is not null)
            call.State.Drafts.Enqueue(draft);
        else
            call.State.Translations.Enqueue(task!);
        return draft?.Deltas(call.Fault?.Form) ?? TranslationTask.Deltas(task!.Answer());
    }

    static async Task Stream(OpenAICall call, string model, IReadOnlyList<string> deltas, int most, bool hasUsage)
    {
        call.BeginEvents();
        if (!await call.WriteEvent(Chunk(call.Id, model, new { role = "assistant", content = "", refusal = (string?)null }, null)))
            return;
        foreach (var delta in deltas.Take(most))
        {
            if (call.Answer.IsNextFaulty(FaultForm.ErrorInStream))
            {
                await Break(call, model);
                return;
            }

            if (!await call.WriteEvent(Chunk(call.Id, model, new { content = delta }, null)))
                return;
        }

        if (!await call.WriteEvent(Chunk(call.Id, model, new { }, deltas.Count > most ? "length" : "stop")))
            return;
        if (hasUsage && !await call.WriteEvent(Usage(call.Id, model, deltas.Count)))
            return;
        await call.Answer.Write("data: [DONE]\n\n"u8.ToArray());
    }

    static async Task Break(OpenAICall call, string model)
    {
        if (call.Fault!.Code == "refusal")
        {
            await call.WriteEvent(Chunk(call.Id, model, new { refusal = "I can't." }, null));
            await call.WriteEvent(Chunk(call.Id, model, new { }, "stop"));
        }
        else if (call.Fault.Code is "length" or "content_filter")
        {
            await call.WriteEvent(Chunk(call.Id, model, new { }, call.Fault.Code));
        }
        else
        {
            await call.WriteEvent(OpenAIRefusal.Body("Planned: this text must never be shown.", "server_error", call.Fault.Code));
            return;
        }

        await call.Answer.Write("data: [DONE]\n\n"u8.ToArray());
    }

    static object Chunk(string id, string model, object delta, string? reason) => new
    {
        id = $"chatcmpl-{id}",
        @object = "chat.completion.chunk",
        created = 1_790_000_000,
        model,
        service_tier = "default",
        system_fingerprint = "fp_double",
        choices = (object[])[new { index = 0, delta, logprobs = (string?)null, finish_reason = reason }],
        usage = (object?)null,
    };

    static object Usage(string id, string model, int tokens) => new
    {
        id = $"chatcmpl-{id}",
        @object = "chat.completion.chunk",
        created = 1_790_000_000,
        model,
        choices = Array.Empty<object>(),
        usage = Tokens(tokens),
    };

    static object Tokens(int tokens) => new { prompt_tokens = 100, completion_tokens = tokens, total_tokens = 100 + tokens };

    static object Whole(string id, string model, IReadOnlyList<string> deltas, int most) => new
    {
        id = $"chatcmpl-{id}",
        @object = "chat.completion",
        created = 1_790_000_000,
        model,
        choices = (object[])
            [
                new
                {
                    index = 0,
                    message = new { role = "assistant", content = string.Concat(deltas.Take(most)), refusal = (string?)null },
                    finish_reason = deltas.Count > most ? "length" : "stop",
                },
            ],
        usage = Tokens(Math.Min(most, deltas.Count)),
    };
}
