using System.Text.Json;
using VoiceGrains.Audio;
using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Load.Draining;

/// <summary>One of two people in a call who both talk, sentence after sentence with short pauses.</summary>
sealed class TalkerOfTwo : IAsyncDisposable
{
    static readonly TimeSpan FrameLength = TimeSpan.FromMilliseconds(100);
    static readonly int FrameBytes = AudioFormat.Cluster.BytesPerSecond / 10;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan LastSilence = TimeSpan.FromSeconds(1);
    const int SamplesOfWord = 4_000;
    const int WordsOfSentence = 6;

    readonly Caller _caller;
    readonly string _call;
    readonly string _name;
    readonly string _otherLanguage;
    readonly int _phase;
    readonly Lock _gate = new();
    readonly List<string> _said = [];
    readonly List<string> _read = [];
    readonly Task _listening;

    TalkerOfTwo(Caller caller, string call, string name, string otherLanguage, int phase)
    {
        (_caller, _call, _name, _otherLanguage, _phase) = (caller, call, name, otherLanguage, phase);
        _listening = Listen();
    }

    /// <summary>Sentences.</summary>
    public int Said => _said.Count;

    public static async Task<TalkerOfTwo> Join(CallsClient calls, string call, int seat, int phase, CancellationToken cancellationToken)
    {
        var (name, language) = ($"p{seat}", seat == 0 ? "en" : "es");
        var (socket, ticket) = await calls.Ticket(call, name, name, language, cancellationToken);
        var caller = await Caller.Join(socket, ticket, new Hello(language), TimeProvider.System, cancellationToken);
        return new TalkerOfTwo(caller, call, name, seat == 0 ? "es" : "en", phase);
    }

    /// <summary>Talks until told to stop, then ends the sentence and lets the recognizer settle in silence.</summary>
    public async Task Talk(CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        var frames = 0;
        // Everybody is somewhere else in their sentence.
        await Say(ScriptedAudio.Silence(FrameLength * (_phase % 20)));
        while (!stop.IsCancellationRequested)
        {
            var words = Enumerable.Range(1, WordsOfSentence).Select(word => $"s{_said.Count + 1}w{word}").ToList();
            _said.Add(string.Join(' ', words.Select(word => $"{word}·{_otherLanguage}")));
            await Say([.. ScriptedAudio.Encode(words, SamplesOfWord), .. ScriptedAudio.Silence(Pause)]);
        }

        await Say(ScriptedAudio.Silence(LastSilence));

        async Task Say(byte[] audio)
        {
            foreach (var frame in audio.Chunk(FrameBytes))
            {
                var due = (FrameLength * ++frames) - TimeProvider.System.GetElapsedTime(started);
                if (due > TimeSpan.Zero)
                    await Task.Delay(due, TimeProvider.System, CancellationToken.None);
                _caller.Speak(frame);
            }
        }
    }

    /// <summary>Sentences of this one that the other did not read, whole and in order.</summary>
    public int NotHeardBy(TalkerOfTwo other)
    {
        lock (other._gate)
        {
            var words = string.Join(' ', other._read);
            return words == string.Join(' ', _said) ? 0 : _said.Count(sentence => !words.Contains(sentence, StringComparison.Ordinal)) is var missing && missing > 0 ? missing : 1;
        }
    }

    public async Task<long> LostFrames(Uri gateway)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", $"Bearer {SiloProcess.ApiKey}" } } };
        using var figures = JsonDocument.Parse(await http.GetStringAsync(new Uri(gateway, $"/v1/calls/{_call}/participants/{_name}")));
        return figures.RootElement.GetProperty("ledger").GetProperty("lost").GetInt64();
    }

    public async ValueTask DisposeAsync()
    {
        await _caller.DisposeAsync();
        await _listening;
    }

    async Task Listen()
    {
        await foreach (var happened in _caller.Events.ReadAllAsync())
        {
            if (happened is not CallerTold { Message: Caption { Final: true } caption } || caption.Speaker == _name)
                continue;
            lock (_gate)
                _read.Add(caption.Text);
        }
    }
}
