using System.Reflection;
using Orleans;
using VoiceGrains.Calls;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>A speaker as its call sees it: keeps the audiences it is told.</summary>
sealed class ToldParticipant : IParticipantGrain
{
    public List<Audience> Audiences { get; } = [];

    public Task Apply(Audience audience)
    {
        Audiences.Add(audience);
        return Task.CompletedTask;
    }

    public Task<ConnectOutcome> Connect(ConnectRequest request) => throw new NotSupportedException();

    public Task<SpeakOutcome> Speak(SpokenBatch batch) => throw new NotSupportedException();

    public Task ChangeLanguage(Fence fence, Language language) => throw new NotSupportedException();

    public Task<bool> CatchUp(CatchUpRequest request) => throw new NotSupportedException();

    public Task Move() => throw new NotSupportedException();

    public Task Finish() => throw new NotSupportedException();

    public Task Move(TimeSpan patience) => throw new NotSupportedException();

    public Task<ParticipantFigures> Describe() => throw new NotSupportedException();

    public Task<ParticipantDetails> Look() => throw new NotSupportedException();
}

/// <summary>Knows participants by key, and no other grains. A proxy, because the two runtimes give a grain factory different members.</summary>
public class ParticipantsOnly : DispatchProxy
{
    readonly Dictionary<string, ToldParticipant> _participants = [];

    internal static (IGrainFactory Grains, Func<string, ToldParticipant> Find) Make()
    {
        var grains = Create<IGrainFactory, ParticipantsOnly>();
        return (grains, ((ParticipantsOnly)(object)grains).Find);
    }

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args) => args is [string key, ..] ? Find(key) : throw new NotSupportedException();

    ToldParticipant Find(string key)
    {
        if (!_participants.TryGetValue(key, out var participant))
            _participants[key] = participant = new ToldParticipant();
        return participant;
    }
}
