using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.Chat;

/// <summary>One streamed answer of a chat model: its text piece by piece, and whether it was whole. Everything else is an <see cref="EngineFaultException"/>.</summary>
sealed class ChatAnswer : IAsyncDisposable
{
    readonly string _engine;
    readonly IChatClient _client;
    readonly VendorLine _line;
    readonly ChatSettings _settings;
    readonly TimeProvider _time;
    readonly Watchdog _watchdog;
    readonly VendorExchange _exchange;
    readonly long _askedAt;
    readonly TimeSpan _whole;
    IAsyncEnumerator<ChatResponseUpdate>? _updates;
    bool _hasText;
    bool _isWhole;

    /// <param name="whole">What is left for the whole answer.</param>
    public ChatAnswer(string engine, IChatClient client, VendorLine line, ChatSettings settings, TimeProvider time, TimeSpan whole, CancellationToken caller)
    {
        (_engine, _client, _line, _settings, _time, _whole) = (engine, client, line, settings, time, whole);
        _watchdog = new Watchdog(time, caller);
        _exchange = new VendorExchange(_watchdog.Token);
        _askedAt = time.GetTimestamp();
    }

    /// <summary>Makes the request, as soon as the first piece is asked for.</summary>
    public void Ask(IReadOnlyList<ChatMessage> messages, int mostTokens)
    {
        // No temperature: newer models of both vendors answer it with 400.
        var options = new ChatOptions { ModelId = _settings.Model, MaxOutputTokens = mostTokens };
        _updates = _client.GetStreamingResponseAsync(messages, options, _watchdog.Token).GetAsyncEnumerator(_watchdog.Token);
    }

    /// <summary>The next piece of text, never empty. Null: the answer is whole.</summary>
    public async Task<string?> Next()
    {
        // One limit until text comes: pings and empty pieces are no progress.
        ExpectText();
        try
        {
            while (!_isWhole)
            {
                _line.Begin(_exchange);
                if (!await _updates!.MoveNextAsync())
                    throw Fault(FaultKind.Truncated, "The answer ended without saying that it was whole.");
                _isWhole = Ends(_updates.Current.FinishReason);
                if (TextOf(_updates.Current) is { Length: > 0 } text)
                    return text;
            }

            return null;
        }
        catch (Exception error) when (error is not EngineFaultException)
        {
            throw _watchdog.Explain(error, _engine, _exchange.RequestId, Read);
        }
        finally
        {
            _watchdog.Rest();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_updates is not null)
            await Leave(_updates);
        _watchdog.Dispose();
    }

    static async Task Leave(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            await updates.DisposeAsync();
        }
        catch (Exception error) when (error is EngineFaultException or IOException or OperationCanceledException)
        {
            // What is left of the answer broke; nobody wants it.
        }
    }

    void ExpectText()
    {
        var left = _whole - _time.GetElapsedTime(_askedAt);
        var limit = _hasText ? _settings.Deadlines.Between : _settings.Deadlines.First;
        _watchdog.Expect(limit < left ? limit : left);
    }

    // Blanks before the first word would be spoken as a pause; within the text they matter.
    string TextOf(ChatResponseUpdate update)
    {
        var text = _hasText ? update.Text : update.Text.TrimStart();
        _hasText |= text.Length > 0;
        return text;
    }

    bool Ends(ChatFinishReason? reason)
    {
        if (reason is not { } end)
            return false;
        if (end == ChatFinishReason.Stop)
            return true;
        throw end == ChatFinishReason.Length
            ? Fault(FaultKind.Truncated, "The answer reached the most tokens allowed.")
            : end == ChatFinishReason.ContentFilter
                ? Fault(FaultKind.BadRequest, "The vendor refuses to write this answer.")
                : Fault(FaultKind.Truncated, "The answer ended in a way that a translation does not.");
    }

    EngineFaultException Fault(FaultKind kind, string message) => new(_engine, kind, message) { RequestId = _exchange.RequestId };

    // Exceptions of clients are not kept as causes: their messages repeat what the vendor wrote.
    EngineFaultException Read(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is EngineFaultException known)
                return known;
            if (TryReadEvent(cause, out var fault))
                return fault;
        }

        return Fault(FaultKind.Transport, $"The answer could not be read ({error.GetType().Name}).");
    }

    // An error after a good status comes as an event of the stream; Anthropic's client throws it with the event's own JSON.
    bool TryReadEvent(Exception cause, [NotNullWhen(true)] out EngineFaultException? fault)
    {
        fault = null;
        if (cause is not global::Anthropic.Exceptions.AnthropicSseException happened)
            return false;
        var error = VendorError.Read(happened.Body);
        fault = Fault(error.KindWith(0), $"An error came within the answer, {error.Name}.");
        return true;
    }
}
