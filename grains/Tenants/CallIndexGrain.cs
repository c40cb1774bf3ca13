namespace VoiceGrains.Tenants;

/// <summary>A list in memory: the calls themselves renew it.</summary>
[GrainType("callindex")]
sealed class CallIndexGrain(TimeProvider time) : Grain, ICallIndexGrain
{
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    const int MostAtATime = 500;

    readonly Dictionary<CallId, (CallSummary Call, DateTimeOffset EndsAt)> _calls = [];

    public Task Note(CallSummary call)
    {
        _calls[call.Call] = (call, time.GetUtcNow() + Lease);
        return Task.CompletedTask;
    }

    public Task Remove(CallId call)
    {
        _calls.Remove(call);
        return Task.CompletedTask;
    }

    public Task<CallPage> List(int skip, int take)
    {
        var now = time.GetUtcNow();
        foreach (var expired in _calls.Where(call => call.Value.EndsAt <= now).Select(static call => call.Key).ToList())
            _calls.Remove(expired);
        var page = _calls.Values.Select(static entry => entry.Call).OrderByDescending(static call => call.OpenedAt).ThenBy(static call => call.Call.Value, StringComparer.Ordinal);
        return Task.FromResult(new CallPage([.. page.Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, MostAtATime))], _calls.Count));
    }
}
