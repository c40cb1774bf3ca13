using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.Anthropic;

/// <summary>
/// <c>POST /v1/messages</c> (API reference, messages and streaming). Translates what our product asks for (<see cref="TranslationTask"/>,
/// <see cref="DraftTask"/>); any other last user message comes back as it is. Planned errors in the stream: the codes <c>max_tokens</c> and <c>refusal</c> end the answer so, another one is an error event.
/// </summary>
static class MessagesEndpoint
{
    static readonly string[] Fields =
        ["model", "max_tokens", "messages", "system", "stream", "stop_sequences", "metadata", "temperature", "top_p", "top_k", "thinking", "tools", "tool_choice", "service_tier",
         "output_config", "cache_control"];

    public static async Task Answer(HttpContext context, AnthropicState state, StreamedAnswer answer, StrictJson sent, string version)
    {
        var body = sent.Only(Fields);
        var model = body.Text("model");
        if (!model.StartsWith("claude-", StringComparison.Ordinal))
            throw new RefusedException(404, "not_found_error", null, "the model does not exist");
        var most = (int)(body.NumberOrNull("max_tokens", 1, 1_000_000) ?? throw AnthropicEmulator.BadRequest("max_tokens is missing"));
        if (version == AnthropicEmulator.NewVersion && (body.Has("temperature") || body.Has("top_p") || body.Has("top_k")))
            throw AnthropicEmulator.BadRequest("temperature, top_p and top_k are not taken in this version");
        body.NumberOrNull("temperature", 0, 1);
        var deltas = Reply(state, body, answer.Fault?.Form);
        if (body.Flag("stream"))
            await Stream(context, state, answer, new Reply(model, deltas, most));
        else
            await Whole(context, answer, new Reply(model, deltas, most));
    }

    static IReadOnlyList<string> Reply(AnthropicState state, StrictJson body, FaultForm? form)
    {
        var messages = body.List("messages");
        foreach (var message in messages)
        {
            if (message.Only("role", "content").Text("role") is not ("user" or "assistant"))
                throw AnthropicEmulator.BadRequest("a message has an unknown role");
            if (message.Content("content").Length == 0)
                throw AnthropicEmulator.BadRequest("a message is empty");
        }

        if (messages.LastOrDefault() is not { } last || last.Text("role") != "user")
            throw AnthropicEmulator.BadRequest("this double answers a user, who must speak last");
        var text = last.Content("content");
        var system = body.Has("system") ? body.Content("system") : "";
        var draft = DraftTask.TryRead(system, text, AnthropicEmulator.BadRequest);
        var task = draft is null ? TranslationTask.TryRead(system, text, AnthropicEmulator.BadRequest) : null;
        if (draft is null && task is null)
            return TranslationTask.Deltas(text);
        if (messages.Count != 1)
            throw AnthropicEmulator.BadRequest("a translation has instructions and one object, nothing else");
        if (draft is not null)
            state.Drafts.Enqueue(draft);
        else
            state.Translations.Enqueue(task!);
        return draft?.Deltas(form) ?? TranslationTask.Deltas(task!.Answer());
    }

    static async Task Stream(HttpContext context, AnthropicState state, StreamedAnswer answer, Reply reply)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        var id = $"msg_{state.NextId():x8}";
        async Task<bool> Tell(string type, object data)
        {
            await answer.Wait(state.Delay);
            if (answer.IsNextFaulty(FaultForm.MalformedJson))
                return await answer.Write(Encoding.UTF8.GetBytes($"event: {type}\ndata: {{\"type\":\"cut off\n\n")) && false;
            if (answer.IsNextFaulty(FaultForm.UnknownMessage))
                await answer.Write("event: of_the_future\ndata: {\"type\":\"of_the_future\",\"nobody\":{\"knows\":1}}\n\n"u8.ToArray());
            return await answer.Write(Encoding.UTF8.GetBytes($"event: {type}\ndata: {JsonSerializer.Serialize(data)}\n\n"));
        }

        if (!await Tell("message_start", new { type = "message_start", message = Message(id, reply.Model, [], null, 1) })
            || !await Tell("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "text", text = "" } })
            || !await Tell("ping", new { type = "ping" }))
            return;
        foreach (var text in reply.Deltas.Take(reply.Most))
        {
            if (answer.IsNextFaulty(FaultForm.ErrorInStream))
            {
                await Break(answer.Fault!.Code, Tell);
                return;
            }

            if (!await Tell("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text } }))
                return;
        }

        if (await Tell("content_block_stop", new { type = "content_block_stop", index = 0 }) && await Tell("message_delta", End(reply.Reason, reply.Tokens)))
            await Tell("message_stop", new { type = "message_stop" });
    }

    static async Task Break(string? code, Func<string, object, Task<bool>> tell)
    {
        if (code is "max_tokens" or "refusal")
        {
            await tell("message_delta", End(code, 1));
            await tell("message_stop", new { type = "message_stop" });
            return;
        }

        await tell("error", new { type = "error", error = new { type = code ?? "overloaded_error", message = "Planned: this text must never be shown." } });
    }

    // The counts are those of the whole message so far, not of the event (streaming guide).
    static object End(string reason, int tokens) => new
    {
        type = "message_delta",
        delta = new { stop_reason = reason, stop_sequence = (string?)null },
        usage = new { input_tokens = 100, output_tokens = tokens },
    };

    static Task Whole(HttpContext context, StreamedAnswer answer, Reply reply)
    {
        context.Response.ContentType = "application/json";
        object[] content = [new { type = "text", text = string.Concat(reply.Deltas.Take(reply.Most)) }];
        var json = JsonSerializer.SerializeToUtf8Bytes(Message("msg_whole", reply.Model, content, reply.Reason, reply.Tokens));
        return answer.Write(answer.Fault?.Form == FaultForm.MalformedJson ? json.AsMemory(0, json.Length / 2) : json);
    }

    static object Message(string id, string model, object[] content, string? reason, int tokens) => new
    {
        id,
        type = "message",
        role = "assistant",
        model,
        content,
        stop_reason = reason,
        stop_sequence = (string?)null,
        usage = new { input_tokens = 100, output_tokens = tokens, cache_creation_input_tokens = 0, cache_read_input_tokens = 0 },
    };
}

/// <summary>What is answered.</summary>
/// <param name="Most">The most tokens; each delta is one.</param>
sealed record Reply(string Model, IReadOnlyList<string> Deltas, int Most)
{
    public string Reason => Deltas.Count > Most ? "max_tokens" : "end_turn";

    public int Tokens => Math.Min(Most, Deltas.Count);
}
