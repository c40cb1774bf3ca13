using VoiceGrains.Client;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Faults.Checks;
using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Faults.Running;

/// <summary>A participant of a scripted call: talks by the script, and keeps all that comes.</summary>
sealed class Talker : IAsyncDisposable
{
    readonly Caller _caller;
    readonly RunClock _clock;
    readonly Microphone _microphone;
    readonly List<Seen> _seen = [];
    readonly Task _listening;

    public Talker(Person person, CallScript script, Caller caller, RunClock clock)
    {
        (Name, _caller, _clock) = (person.Name, caller, clock);
        _microphone = new Microphone(script, person.Name);
        _listening = Listen();
    }

    public string Name { get; }

    /// <summary>Where it is connected now.</summary>
    public Uri Gateway => _caller.Gateway;

    /// <summary>Why it is no part of the call any more; null: it is.</summary>
    public string? Over => _caller.Over.IsCompletedSuccessfully ? _caller.Over.Result : null;

    public bool IsRecorded => _caller.Recorded == _caller.NextNumber - 1;

    public Task Talk(TimeSpan start, Func<bool> isDone, CancellationToken cancellationToken) =>
        _microphone.Say(audio => _caller.Speak(audio), start, _clock, () => Over is not null || (isDone() && IsRecorded), cancellationToken);

    public void DropNetwork(TimeSpan duration) => _caller.DropNetwork(duration);

    public ParticipantHistory History(Ledger? ledger)
    {
        lock (_seen)
            return new ParticipantHistory(Name, [.. _seen], [.. _microphone.SentAt], _caller.NextNumber - 1, ledger, Over);
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
            if (Translate(happened, _clock.At(happened.At)) is not { } seen)
                continue;
            lock (_seen)
                _seen.Add(seen);
        }
    }

    static Seen? Translate(CallEvent happened, TimeSpan at) => happened switch
    {
        CallerTold { Message: Caption caption } => new SeenCaption(at, caption),
        CallerTold { Message: SpeechBegin begin } => new SeenClause(at, new ClausePlace(begin.Speaker, begin.Language, begin.Segment, begin.Clause), begin.Text),
        CallerTold { Message: SpeechEnd end } => new SeenClauseEnd(at, new ClausePlace(end.Speaker, end.Language, end.Segment, end.Clause), end.Whole),
        CallerTold { Message: Ack ack } => new SeenAck(at, ack.Taken, ack.Recorded),
        SpeechHeard heard => new SeenAudio(at, heard.Place, heard.Begins, heard.Audio),
        CallerConnected => new SeenConnection(at, IsConnected: true),
        CallerDisconnected => new SeenConnection(at, IsConnected: false),
        _ => null,
    };
}
