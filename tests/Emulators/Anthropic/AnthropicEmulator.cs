using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.Anthropic;

/// <summary>
/// Anthropic's double (API reference, messages; the client of 13.11.0): operation <c>messages</c>. Takes the key as Bearer or as x-api-key and knows both
/// versions; strict about everything else, and each refusal is noted as a mistake.
/// </summary>
sealed class AnthropicEmulator : IAsyncDisposable
{
    /// <summary>The only key that it knows.</summary>
    public const string Key = "sk-ant-of-the-double";

    /// <summary>The version in which sampling can't be chosen any more.</summary>
    public const string NewVersion = "2026-10-21";

    static readonly string[] Versions = ["2023-06-01", NewVersion];

    readonly EmulatorServer _server;
    readonly AnthropicState _state;

    AnthropicEmulator(EmulatorServer server, AnthropicState state) => (_server, _state) = (server, state);

    /// <summary>Root of the API, without a version.</summary>
    public Uri Url => _server.Address;

    public EmulatorLedger Ledger => _state.Ledger;

    public FaultPlan Faults => _state.Faults;

    /// <summary>Translations that were asked for, in order.</summary>
    public IReadOnlyCollection<TranslationTask> Translations => _state.Translations;

    /// <summary>Drafts that were asked for, in order.</summary>
    public IReadOnlyCollection<DraftTask> Drafts => _state.Drafts;

    /// <param name="delay">Between the events of an answer. Default: none.</param>
    /// <param name="time">Default: the machine's.</param>
    /// <param name="port">0: a free one.</param>
    public static async Task<AnthropicEmulator> Start(TimeSpan delay = default, TimeProvider? time = null, int port = 0)
    {
        var state = new AnthropicState(delay, time ?? TimeProvider.System);
        var server = await EmulatorServer.Start(port, routes =>
        {
            routes.MapPost("/v1/messages", context => Take(context, state));
            routes.MapFallback(context =>
            {
                state.Ledger.Mistake("there is no such endpoint");
                return Refuse(context, 404, "not_found_error", "Not found.");
            });
        });
        return new AnthropicEmulator(server, state);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    static async Task Take(HttpContext context, AnthropicState state)
    {
        using var open = state.Ledger.Open("messages");
        state.Ledger.Count("messages");
        context.Response.Headers["request-id"] = $"req_{state.NextId():x8}";
        context.Response.Headers["anthropic-ratelimit-requests-remaining"] = "999";
        try
        {
            var key = KeyIn(context);
            var version = VersionIn(context);
            var fault = state.Faults.Next("messages", key);
            var streamed = new StreamedAnswer(context, fault, state.Time);
            if (!await streamed.Begin())
                return;
            if (fault is { Form: FaultForm.Status })
                await Refuse(context, fault);
            else
                await MessagesEndpoint.Answer(context, state, streamed, await ReadJson(context), version);
        }
        catch (RefusedException refused)
        {
            state.Ledger.Mistake(refused.Message);
            await Refuse(context, refused.Status, refused.Type, refused.Message);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            state.Ledger.Count("messages left");
        }
    }

    public static RefusedException BadRequest(string rule) => new(400, "invalid_request_error", null, rule);

    // API reference, authentication: x-api-key; the client of 2026 sends Bearer.
    static string KeyIn(HttpContext context)
    {
        var bearer = context.Request.Headers.Authorization.ToString();
        var sent = bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer["Bearer ".Length..] : context.Request.Headers["x-api-key"].ToString();
        return sent == Key ? Key : throw new RefusedException(401, "authentication_error", null, sent.Length == 0 ? "no key was sent" : "the key is wrong");
    }

    static string VersionIn(HttpContext context) => context.Request.Headers["anthropic-version"].ToString() is var version && Versions.Contains(version)
        ? version
        : throw BadRequest(version.Length == 0 ? "anthropic-version is missing" : "anthropic-version is unknown");

    static async Task<StrictJson> ReadJson(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            throw BadRequest("the content is not said to be application/json");
        try
        {
            using var json = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return new StrictJson(json.RootElement.Clone(), "the body", BadRequest);
        }
        catch (JsonException)
        {
            throw BadRequest("the body is no JSON");
        }
    }

    static Task Refuse(HttpContext context, PlannedFault fault)
    {
        if (fault.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var type = fault.Code ?? fault.Status switch
        {
            401 => "authentication_error",
            402 => "billing_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            504 => "timeout_error",
            529 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        };
        // An empty account is told from a wrong request by these words only (claude-code issue 66314).
        return type == "credit"
            ? Refuse(context, 400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.")
            : Refuse(context, fault.Status, type, "Planned: this text must never be shown.");
    }

    static Task Refuse(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { type = "error", error = new { type, message }, request_id = context.Response.Headers["request-id"].ToString() });
    }
}

/// <summary>What all requests of the double share.</summary>
sealed class AnthropicState(TimeSpan delay, TimeProvider time)
{
    int _ids;

    public EmulatorLedger Ledger { get; } = new();

    public FaultPlan Faults { get; } = new();

    public ConcurrentQueue<TranslationTask> Translations { get; } = new();

    public ConcurrentQueue<DraftTask> Drafts { get; } = new();

    public TimeSpan Delay => delay;

    public TimeProvider Time => time;

    public int NextId() => Interlocked.Increment(ref _ids);
}
