using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Emulators.ElevenLabs;

/// <summary>One connection to multi-stream-input (ElevenLabs multi-context WebSocket guide and AsyncAPI).</summary>
sealed class MultiStreamSocket(ElevenLabsEmulator emulator, RawWebSocket socket, SpeechQuery query, string voice, string? key, PlannedFault? fault)
{
    // ElevenLabs multi-context WebSocket guide: "limited to 5 concurrent contexts".
    const int MostContexts = 5;
    const int DefaultThreshold = 120;

    readonly string _name = Guid.NewGuid().ToString("N");
    readonly SocketOutlet _out = new(socket, fault, emulator.Time);
    readonly ConcurrentDictionary<string, EmulatedContext> _contexts = new();
    readonly CancellationTokenSource _ended = new();
    readonly ConcurrentBag<Task> _closings = [];
    string? _key = key;
    long _touchedAt = emulator.Time.GetTimestamp();
    int _lingering;
    int _generations;

    EmulatorLedger Ledger => emulator.Ledger;

    TimeProvider Time => emulator.Time;

    public async Task Run()
    {
        using var idle = Time.CreateTimer(_ => _ = EndIdle(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        // After an error or close it reads on until the client has closed too: ending the connection with something unread would reset it, and lose the error.
        while (await socket.Read(CancellationToken.None) is { } frame)
        {
            if (!_ended.IsCancellationRequested && !await Take(frame))
                await _ended.CancelAsync();
        }

        await _ended.CancelAsync();
        await Task.WhenAll([.. _closings, .. _contexts.Values.Select(static context => context.Speaking)]);
        foreach (var context in _contexts.Values)
            context.Dispose();
        emulator.Account.EndGenerating(_name);
        if (socket.ClosedByClient is null)
            Ledger.Count("socket lost");
    }

    // False: the socket is done.
    async Task<bool> Take(ClientFrame frame)
    {
        Ledger.Count("message");
        _touchedAt = Time.GetTimestamp();
        if (ClientMessage.Read(frame.Text, out var mistake) is not { } message)
            return await Refuse(VendorError.Input(mistake), mistake);
        if (_key is null && emulator.Account.Check(_key = message.Key, "text_to_speech") is { } denied)
            return await Fail(denied);
        if (emulator.ModelMistake(query.Model, query.Language, isSocket: true) is { } wrong)
            return await Refuse(VendorError.Input(wrong), wrong);
        if (!emulator.Account.Voices.TryGetValue(voice, out var spoken))
            return await Fail(VendorError.VoiceNotFound);
        if (spoken.RequiresVerification)
            return await Fail(new VendorError(403, "voice_requires_verification", "The voice is not verified."));
        return message.CloseSocket ? await CloseSocket() : await TakeForContext(message);
    }

    async Task<bool> TakeForContext(ClientMessage message)
    {
        if (!_contexts.TryGetValue(message.Context, out var context))
        {
            if (message.CloseContext)
                return true;
            if (_contexts.Count + _lingering >= MostContexts)
                return await RefuseContext();
            context = Begin(message);
        }
        else if (message.Settings is { } settings && settings != context.Settings)
        {
            return await Refuse(VendorError.Input("voice_settings field must be provided in the first message and then either be not provided or not change."), "late voice_settings");
        }

        context.TouchedAt = Time.GetTimestamp();
        if (context.IsClosing)
            return message.CloseContext || await Refuse(VendorError.Input("the context is closed"), "text for a closed context");
        if (message.CloseContext)
        {
            Close(context);
            return true;
        }

        Count(message);
        return context.Take(message.Text ?? "", message.Flush) is not { } due || await Generate(context, due, message.Flush);
    }

    EmulatedContext Begin(ClientMessage message)
    {
        // A flush or keep-alive for a name that is not known makes a context too (pipecat 4126, 4541).
        if (string.IsNullOrEmpty(message.Text))
            Ledger.Mistake("context begun without text");
        Ledger.Count("context");
        return _contexts[message.Context] = new EmulatedContext(
            message.Context, message.Settings, message.FirstThreshold ?? DefaultThreshold, query.IsAuto, Time.GetTimestamp(), Ledger.Open("context"));
    }

    void Count(ClientMessage message)
    {
        if (message.Text == "" && !message.Flush)
            Ledger.Count("keep-alive");
        if (message.Flush)
            Ledger.Count("flush");
    }

    async Task<bool> Generate(EmulatedContext context, string text, bool isFlush)
    {
        if (emulator.Account.BeginGenerating(_name) is not { } generating)
            return await Fail(VendorError.TooMany);
        Interlocked.Increment(ref _generations);
        Ledger.Count("letters", text.Length);
        if (isFlush && emulator.Script.TellsFlushDone)
            await _out.Send(new JsonObject { [ContextName] = context.Id, ["type"] = "flush_done" }, _ended.Token);
        context.Speaking = Speak(context.Speaking, context, text, generating);
        return true;
    }

    async Task Speak(Task before, EmulatedContext context, string text, IDisposable generating)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token, context.Silenced.Token);
        try
        {
            await before;
            await Wait(emulator.Script.FirstByteDelay, either.Token);
            var chunks = SpokenChunks.Of(text, emulator.Script, fault);
            for (var i = 0; i < chunks.Count; i++)
            {
                if (i > 0)
                    await Wait(fault?.Form == FaultForm.Drip ? fault.Delay : emulator.Script.ChunkDelay, _ended.Token);
                // The turn of a socket that is closed at this very moment.
                either.Token.ThrowIfCancellationRequested();
                context.HasSounded = true;
                await _out.Send(Audio(context, text, chunks, i), _ended.Token);
                Ledger.Count("audio message");
            }
        }
        catch (OperationCanceledException)
        {
            // Closed before its first sound, or with its socket.
        }
        finally
        {
            generating.Dispose();
            if (Interlocked.Decrement(ref _generations) == 0)
                emulator.Account.EndGenerating(_name);
        }
    }

    void Close(EmulatedContext context)
    {
        if (context.Close() is { } lost)
            Ledger.Count(lost);
        Ledger.Count("close_context");
        _closings.Add(Release(context));
    }

    // What is being spoken still is, then the final message comes, and only then it counts no more.
    async Task Release(EmulatedContext context)
    {
        try
        {
            await context.Speaking;
            await Wait(emulator.Script.ReleaseDelay, _ended.Token);
            if (fault?.Form == FaultForm.EndWithoutTerminator)
                return;
            if (fault?.Form == FaultForm.Lingering)
                Interlocked.Increment(ref _lingering);
            // It counts no more at the moment at which the client can know of it.
            _contexts.TryRemove(context.Id, out _);
            context.Dispose();
            await _out.Send(new JsonObject { [ContextName] = context.Id, ["audio"] = null, [FinalName] = true }, _ended.Token);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The socket ended first.
        }
    }

    async Task<bool> CloseSocket()
    {
        Ledger.Count("close_socket");
        await Task.WhenAll([.. _contexts.Values.Select(static context => context.Speaking), .. _closings]);
        if (fault?.Form != FaultForm.DeadPeer)
            await socket.WriteClose(1000);
        return false;
    }

    // input_timeout_exceeded: nothing came for a context, or for a socket without one, for longer than it asked for.
    async Task EndIdle()
    {
        var touched = _contexts.Values.Select(static context => context.TouchedAt).DefaultIfEmpty(_touchedAt).Min();
        if (Time.GetElapsedTime(touched) < query.InactivityTimeout || _ended.IsCancellationRequested)
            return;
        Ledger.Count("input timeout");
        await Fail(new VendorError(400, "input_timeout_exceeded", "No input came for too long."));
        await _ended.CancelAsync();
    }

    // Contexts that linger are our fault, not the client's.
    Task<bool> RefuseContext()
    {
        var error = new VendorError(400, "max_active_conversations", "Maximum simultaneous contexts per WebSocket connection exceeded (5).");
        return _lingering > 0 ? Fail(error) : Refuse(error, "sixth context");
    }

    async Task<bool> Refuse(VendorError error, string rule)
    {
        Ledger.Mistake(rule);
        return await Fail(error);
    }

    async Task<bool> Fail(VendorError error)
    {
        Ledger.Count(error.Code);
        try
        {
            await _out.Fail(error, _ended.Token);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // It was over already.
        }

        return false;
    }

    async Task Wait(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, Time, cancellationToken);
        else
            await Task.Yield();
    }

    string ContextName => emulator.Script.SpeaksSnakeCase ? "context_id" : "contextId";

    string FinalName => emulator.Script.SpeaksSnakeCase ? "is_final" : "isFinal";

    JsonObject Audio(EmulatedContext context, string text, IReadOnlyList<byte[]> chunks, int i)
    {
        var skew = fault?.Form == FaultForm.SkewedTimes ? fault.Delay : TimeSpan.Zero;
        var alignment = SpokenChunks.Alignment(text, i, chunks.Count, emulator.Script, skew);
        return new JsonObject
        {
            [ContextName] = context.Id,
            ["audio"] = Convert.ToBase64String(chunks[i]),
            [FinalName] = emulator.Script.SpeaksSnakeCase ? false : null,
            ["alignment"] = alignment?.DeepClone(),
            ["normalizedAlignment"] = alignment,
        };
    }
}
