using System.Collections.Concurrent;
using VoiceGrains.Audio;
using VoiceGrains.Protocol;

namespace VoiceGrains.Client;

/// <summary><c>./voicegrains call</c>: a speaker and a listener in a new call, over real sockets.</summary>
sealed class CallCommand(CallArguments arguments, TimeProvider time, TextWriter output)
{
    static readonly TimeSpan FrameLength = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan TrailingSilence = TimeSpan.FromSeconds(1.5);

    // A microphone is open before anybody speaks; recordings are often cut to the first sound.
    static readonly TimeSpan LeadingSilence = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(15);

    readonly CallReport _report = new(arguments.From, arguments.To, !Console.IsOutputRedirected, output);
    readonly HeardAudio _heard = new();
    readonly ConcurrentDictionary<ClausePlace, bool> _openClauses = [];
    Func<Uri>? _gateway;
    long _startedAt;
    IReadOnlyList<TimeSpan> _speechEnds = [];

    public async Task<int> Run(CancellationToken cancellationToken)
    {
        var (format, audio) = WavFile.Read(arguments.In);
        using var converter = new AudioConverter(format, AudioFormat.Cluster);
        byte[] speech = [.. SilenceOf(LeadingSilence), .. converter.Convert(audio)];
        _speechEnds = SpeechEnds.Find(speech);
        if (_speechEnds.Count == 0)
            output.WriteLine("The recording holds no speech that could be told from silence. It is sent anyway.");

        using var calls = new CallsClient(arguments.Server, arguments.ApiKey);
        var call = await calls.Open("voicegrains call", cancellationToken);
        try
        {
            return await Talk(calls, call, speech, cancellationToken);
        }
        finally
        {
            await End(call);
        }
    }

    async Task<int> Talk(CallsClient calls, string call, byte[] speech, CancellationToken cancellationToken)
    {
        await using var listener = await Join(calls, call, "listener", arguments.To, ["captions", "speech", "original-captions"], cancellationToken);
        await using var speaker = await Join(calls, call, "speaker", arguments.From, [], cancellationToken);
        if (!speaker.Welcome.CanBeRecognized)
            output.WriteLine($"'{arguments.From}' can't be recognized here; see ./voicegrains doctor.");

        _gateway = () => speaker.Gateway;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = Listen(listener, done.Token);
        var watching = Watch(speaker, done.Token);
        var asking = new SpeakerHome(Calls, call, "speaker", _report, time).WatchAll(done.Token);
        await Stream(speaker, speech, cancellationToken);
        await Finish(speaker, cancellationToken);
        await done.CancelAsync();
        await Task.WhenAll(listening, watching, asking);

        _report.Summarize(new LedgerSummary(speaker.NextNumber - 1, speaker.Recorded));
        if (arguments.Out is not null)
        {
            await using var file = File.Create(arguments.Out);
            WavFile.Write(file, AudioFormat.Cluster.SampleRate, _heard.ToArray());
            output.WriteLine($"  Heard {_heard.Speech.TotalSeconds:0.0} s of speech: {arguments.Out}");
        }

        if (arguments.Json is not null)
            await File.WriteAllTextAsync(arguments.Json, _report.ToJson(), cancellationToken);
        return speaker.Recorded == speaker.NextNumber - 1 ? 0 : 2;
    }

    async Task<Caller> Join(
        CallsClient calls, string call, string participant, string language, IReadOnlyList<string> wants, CancellationToken cancellationToken)
    {
        var (socket, ticket) = await calls.Ticket(call, participant, participant, language, cancellationToken);
        return await Caller.Join(socket, ticket, new Hello(language, wants), time, cancellationToken);
    }

    // The gateway of the beginning may be gone by now.
    CallsClient Calls() => new(_gateway?.Invoke() is { } gateway ? CallsClient.AddressOf(gateway) : arguments.Server, arguments.ApiKey);

    async Task End(string call)
    {
        using var calls = Calls();
        try
        {
            await calls.End(call, CancellationToken.None);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            output.WriteLine("The call could not be ended; it ends by itself when nobody comes back.");
        }
    }

    // Frame by frame at the pace of a microphone, so that latencies are those of a live call.
    async Task Stream(Caller speaker, byte[] speech, CancellationToken cancellationToken)
    {
        var bytes = (int)(FrameLength.TotalSeconds * AudioFormat.Cluster.BytesPerSecond);
        byte[] all = [.. speech, .. SilenceOf(TrailingSilence)];
        // A rest may be shorter than a frame may be.
        Array.Resize(ref all, (all.Length + bytes - 1) / bytes * bytes);
        _startedAt = time.GetTimestamp();
        for (var at = 0; at < all.Length; at += bytes)
        {
            // A frame leaves when its last sample was spoken.
            var due = TimeSpan.FromSeconds((at + bytes) / (double)AudioFormat.Cluster.BytesPerSecond / arguments.Speed);
            var wait = due - time.GetElapsedTime(_startedAt);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
            if (speaker.Over.IsCompleted)
                throw new CallRefusedException(await speaker.Over, $"The server ended the call for the speaker: {await speaker.Over}.");
            speaker.Speak(all.AsMemory(at, bytes));
        }
    }

    async Task Finish(Caller speaker, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // The recognizer takes the end of the stream for silence after a moment.
        while ((speaker.Recorded < speaker.NextNumber - 1 || !IsQuiet()) && time.GetElapsedTime(started) < FinishLimit)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
    }

    bool IsQuiet() => _openClauses.IsEmpty && _report.Rows.All(static row => row.Translation.Length == 0 || row.Final);

    async Task Listen(Caller listener, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in listener.Events.ReadAllAsync(cancellationToken))
                Take(happened);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Everything was heard.
        }
    }

    async Task Watch(Caller speaker, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var happened in speaker.Events.ReadAllAsync(cancellationToken))
            {
                if (happened is CallerTold { Message: Notice notice })
                    _report.Take(notice);
                else
                    TakeConnection("speaker", happened);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Everything was said.
        }
    }

    void Take(CallEvent happened)
    {
        var now = time.GetElapsedTime(_startedAt, happened.At);
        switch (happened)
        {
            case CallerTold { Message: Caption caption }:
                _report.Take(caption);
                break;
            case CallerTold { Message: SpeechBegin begin }:
                _openClauses[new ClausePlace(begin.Speaker, begin.Language, begin.Segment, begin.Clause)] = true;
                _report.Take(begin, SinceSpeechEnd(now));
                break;
            case CallerTold { Message: SpeechEnd end }:
                _openClauses.TryRemove(new ClausePlace(end.Speaker, end.Language, end.Segment, end.Clause), out _);
                break;
            case CallerTold { Message: Notice notice }:
                _report.Take(notice);
                break;
            case SpeechHeard heard:
                _heard.Add(now, heard.Audio);
                break;
            default:
                TakeConnection("listener", happened);
                break;
        }
    }

    void TakeConnection(string who, CallEvent happened)
    {
        if (happened is CallerDisconnected)
            _report.Note($"The {who}'s connection is lost; connecting again ...");
        else if (happened is CallerConnected { IsAgain: true } again)
            _report.Note($"The {who} is connected again, to {again.Gateway.Authority}.");
    }

    static byte[] SilenceOf(TimeSpan duration) => new byte[(int)(duration.TotalSeconds * AudioFormat.Cluster.BytesPerSecond)];

    double? SinceSpeechEnd(TimeSpan now)
    {
        var ends = _speechEnds.Select(end => end / arguments.Speed).Where(end => end <= now).ToList();
        return ends.Count == 0 ? null : (now - ends[^1]).TotalMilliseconds;
    }
}
