using VoiceGrains.Audio;
using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Harness;

/// <summary>A participant in a test: a real client, and everything that came to it, in order.</summary>
sealed class Member : IAsyncDisposable
{
    static readonly int FrameBytes = AudioFormat.Cluster.BytesPerSecond / 10;

    readonly List<Received> _received = [];
    readonly CancellationTokenSource _over = new();
    readonly Task _reading;

    public Member(CallClient client)
    {
        Client = client;
        _reading = Read();
    }

    public CallClient Client { get; }

    public string Id => Client.Welcome.Participant;

    /// <summary>The connection has ended.</summary>
    public bool IsOver => _reading.IsCompleted;

    public IReadOnlyList<Received> Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    public IEnumerable<T> All<T>()
        where T : ServerMessage => Received.Select(static received => received.Message).OfType<T>();

    /// <summary>Addresses of the gateways that they know.</summary>
    public IReadOnlyList<string> Gateways => All<GatewaysMessage>().LastOrDefault()?.Gateways ?? Client.Welcome.Gateways;

    /// <summary>Texts of the final captions in a language, by speaker and segment.</summary>
    public IReadOnlyList<string> Finals(string language) =>
        [.. All<Caption>().Where(caption => caption.Final && caption.Language == language && caption.Text.Length > 0)
            .OrderBy(static caption => caption.Speaker, StringComparer.Ordinal).ThenBy(static caption => caption.Segment)
            .Select(static caption => caption.Text)];

    /// <summary>Texts of the final captions of one speaker in a language, by segment.</summary>
    public IReadOnlyList<string> Finals(string speaker, string language) =>
        [.. All<Caption>().Where(caption => caption.Final && caption.Speaker == speaker && caption.Language == language && caption.Text.Length > 0)
            .OrderBy(static caption => caption.Segment).Select(static caption => caption.Text)];

    /// <summary>The words in the speech that was heard of one speaker, in order, whoever else spoke; scripted engines only.</summary>
    public string HeardWordsOf(string speaker)
    {
        var streams = All<StreamMessage>().Where(stream => stream.Speaker == speaker).Select(static stream => stream.Stream).ToHashSet();
        return string.Join(' ', ScriptedAudio.Decode([.. Received
            .Where(received => received.Message is null && received.Header.Kind == FrameKind.Speech && streams.Contains(received.Header.Stream))
            .SelectMany(static received => received.Audio)]));
    }

    /// <summary>The clauses of one speaker whose speech began to come.</summary>
    public IEnumerable<(string Language, int Segment, int Clause)> ClausesOf(string speaker) =>
        All<SpeechBegin>().Where(begin => begin.Speaker == speaker).Select(static begin => (begin.Language, begin.Segment, begin.Clause)).Distinct();

    /// <summary>The words in the speech that was heard, in order; scripted engines only.</summary>
    public string HeardWords => string.Join(' ', Words(FrameKind.Speech));

    /// <summary>The words in the original audio that was heard.</summary>
    public string HeardOriginal => string.Join(' ', Words(FrameKind.Original));

    public byte[] HeardAudio(FrameKind kind) => [.. Received.Where(received => received.Message is null && received.Header.Kind == kind).SelectMany(static received => received.Audio)];

    /// <summary>Speaks words into the microphone, as fast as the server reads, and then as much silence as the scripted recognizer needs to settle all of it.</summary>
    public Task Speak(string words) => Send([.. ScriptedAudio.Encode(words), .. ScriptedAudio.Silence(TimeSpan.FromSeconds(0.7))]);

    /// <summary>Sends audio in frames of 100 ms.</summary>
    public async Task Send(byte[] audio)
    {
        for (var at = 0; at < audio.Length; at += FrameBytes)
            await Client.SendFrame(audio.AsMemory(at, Math.Min(FrameBytes, audio.Length - at)));
    }

    public Task Until<T>(string what, Func<T, bool> condition)
        where T : ServerMessage => VoiceGrains.Tests.Support.Until.True($"{Id}: {what}", () => All<T>().Any(condition));

    public Task Until(string what, Func<Task<bool>> condition) => VoiceGrains.Tests.Support.Until.True($"{Id}: {what}", condition);

    public Task Until(string what, Func<bool> condition) => VoiceGrains.Tests.Support.Until.True($"{Id}: {what}", condition);

    /// <summary>Waits until everything that was said is recorded.</summary>
    public Task UntilRecorded() => Until("everything is recorded", () => Client.Recorded == Client.NextNumber - 1);

    /// <summary>Waits for the server to close, and returns its reason.</summary>
    public async Task<CloseCode?> UntilClosed()
    {
        await Until("the connection closes", () => IsOver);
        return Client.CloseCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _over.CancelAsync();
        await _reading;
        _over.Dispose();
    }

    async Task Read()
    {
        try
        {
            await foreach (var received in Client.Events.ReadAllAsync(_over.Token))
            {
                lock (_received)
                    _received.Add(received);
            }
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    IReadOnlyList<string> Words(FrameKind kind) => ScriptedAudio.Decode(HeardAudio(kind));
}
