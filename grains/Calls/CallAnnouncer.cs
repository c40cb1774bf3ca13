using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Calls;

/// <summary>
/// Tells speakers who hears them, and gateways who takes part, after each change: changes that come while it tells go together in the next round.
/// What did not arrive is told again. Whoever takes long is told by themselves, and holds up nobody. Runs in the turns of the call.
/// </summary>
sealed class CallAnnouncer : IAsyncDisposable
{
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    readonly IGrainFactory _grains;
    readonly CallId _call;
    readonly CallRoster _roster;
    readonly int _activation;
    readonly TimeProvider _time;
    readonly SemaphoreSlim _changed = new(0, 1);
    readonly CancellationTokenSource _closing = new();
    readonly Dictionary<object, Task> _late = [];
    readonly Task _telling;
    readonly long _wholeFrom;
    int _counter;

    /// <param name="quiet">
    /// How long gateways may take to tell this activation of their people. Until then announcements only add to what speakers and gateways know.
    /// </param>
    public CallAnnouncer(IGrainFactory grains, CallId call, CallRoster roster, int activation, TimeSpan quiet, TimeProvider time)
    {
        (_grains, _call, _roster, _activation, _time) = (grains, call, roster, activation, time);
        _wholeFrom = time.GetTimestamp() + (long)(quiet.TotalSeconds * time.TimestampFrequency);
        _telling = Task.WhenAll(TellAll(), TellWhole(quiet));
    }

    public void Announce()
    {
        if (_changed.CurrentCount == 0)
            _changed.Release();
    }

    /// <summary>This activation ends and the call goes on in another. A gateway that can't be told renews with its next turn.</summary>
    public Task TellMoved() => Task.WhenAny(Task.WhenAll(_roster.Links.ToList().Select(link => Arrives(link.Moved()))), Task.Delay(Patience, _time));

    public Task TellEnded(EndReason reason) => Task.WhenAll(_roster.Links.ToList().Select(link => Arrives(link.Ended(reason))));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _telling;
        await Task.WhenAll(_late.Values);
    }

    async Task TellAll()
    {
        try
        {
            while (true)
            {
                await _changed.WaitAsync(_closing.Token);
                if (await TellOnce())
                    continue;
                Announce();
                await Task.Delay(RetryPause, _time, _closing.Token);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The activation ends; the next one tells anew.
        }
    }

    async Task TellWhole(TimeSpan quiet)
    {
        if (quiet == TimeSpan.Zero)
            return;
        try
        {
            await Task.Delay(quiet, _time, _closing.Token);
            Announce();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The activation ends; the next one tells anew.
        }
    }

    async Task<bool> TellOnce()
    {
        var version = new AudienceVersion(_activation, ++_counter);
        var isPartial = _time.GetTimestamp() < _wholeFrom;
        var audience = _roster.Hearing(version, isPartial);
        var roster = new Roster(version, isPartial, _roster.Entries());
        // Speakers first: who finds themselves in the roster is heard and hears from then on.
        var speakers = await AllArrive(_roster.Speakers, speaker => _grains.GetGrain<IParticipantGrain>(GrainKeys.Of(_call, speaker)).Apply(audience));
        var links = await AllArrive(_roster.Links, link => link.Announce(roster, audience));
        return speakers && links;
    }

    async Task<bool> AllArrive<T>(IEnumerable<T> those, Func<T, Task> tell)
        where T : notnull
    {
        var calls = those.Where(one => !_late.ContainsKey(one)).Select(one => (One: one, Arrived: Arrives(tell(one)))).ToList();
        try
        {
            await Task.WhenAll(calls.Select(static call => call.Arrived)).WaitAsync(Patience, _time);
        }
        catch (TimeoutException)
        {
            foreach (var (one, arrived) in calls.Where(static call => !call.Arrived.IsCompleted))
                _late[one] = TellLate(one, arrived);
        }

        return calls.TrueForAll(call => _late.ContainsKey(call.One) || call.Arrived.Result);
    }

    // What changed meanwhile, or did not arrive, is told in a round of its own.
    async Task TellLate(object late, Task<bool> arrived)
    {
        await Task.Yield();
        try
        {
            if (!await arrived)
                await Task.Delay(RetryPause, _time, _closing.Token);
            _late.Remove(late);
            Announce();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The activation ends; the next one tells anew.
        }
    }

    async Task<bool> Arrives(Task call)
    {
        try
        {
            await call.WaitAsync(CallLimit, _time, _closing.Token);
            return true;
        }
        catch (Exception)
        {
            // A gateway that is gone, or a participant that can't be activated while the store is away: told again in the next round.
            return false;
        }
    }
}
