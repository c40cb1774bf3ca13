using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Voices;

/// <summary>What came of a request to make a voice: one of both is set.</summary>
sealed record CloneResult(ClonedVoice? Voice, CloneFailure? Failure);

/// <summary>
/// What one profile waits for at the vendor: at most one voice that is made, and one that is deleted. It goes on beside the calls of the grain, and what comes of
/// it is fetched in its turns.
/// </summary>
sealed class VendorWork(VoiceServices services) : IAsyncDisposable
{
    static readonly TimeSpan CloneLimit = TimeSpan.FromMinutes(2);
    static readonly TimeSpan DeleteLimit = TimeSpan.FromSeconds(30);
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    readonly CancellationTokenSource _closing = new();
    CancellationTokenSource _cloningLimit = new();
    Task<CloneResult>? _cloning;
    (VendorVoice Voice, Task<TimeSpan?> Done)? _deleting;
    DateTimeOffset _deleteAt;
    int _failures;

    public bool IsCloning => _cloning is not null;

    /// <summary>Begins to make a voice of the sample in the store.</summary>
    /// <param name="mayLeave">Asked at the last moment before the sample leaves the product.</param>
    public void Clone(string profile, VoiceConsent consent, Func<bool> mayLeave)
    {
        _cloningLimit.Dispose();
        _cloningLimit = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        _cloning = CloneOnce(profile, consent, mayLeave, _cloningLimit.Token);
    }

    /// <summary>Stops making it. What the vendor has made all the same is found by its labels, and deleted.</summary>
    public void StopCloning() => _cloningLimit.Cancel();

    /// <summary>What came of it, once. Null: nothing yet.</summary>
    public async Task<CloneResult?> Cloned()
    {
        if (_cloning is not { IsCompleted: true } done)
            return null;
        _cloning = null;
        return await done;
    }

    /// <summary>Tries to delete the first of the voices when it is time. Returns one that the vendor has confirmed to be gone.</summary>
    public async Task<VendorVoice?> Delete(ImmutableArray<VendorVoice> voices)
    {
        var now = services.Time.GetUtcNow();
        if (_deleting is { } deleting)
        {
            if (!deleting.Done.IsCompleted)
                return null;
            _deleting = null;
            if (await deleting.Done is not { } pause)
            {
                _failures = 0;
                return deleting.Voice;
            }

            _deleteAt = now + pause;
        }

        // A voice of another engine than the one that is configured waits until it is configured again.
        if (now >= _deleteAt && services.Cloner is { } cloner && voices.FirstOrDefault(voice => voice.Engine == cloner.Name) is { } next)
            _deleting = (next, DeleteOnce(cloner, next));
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_cloning is not null)
            await _cloning;
        if (_deleting is { } deleting)
            await deleting.Done;
        _cloningLimit.Dispose();
        _closing.Dispose();
    }

    async Task<CloneResult> CloneOnce(string profile, VoiceConsent consent, Func<bool> mayLeave, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(CloneLimit, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var sample = await services.Recordings.Read(profile, RecordingKind.Sample, either.Token);
            var labels = Labels(profile, consent, await services.Installation(either.Token));
            if (sample is null || services.Cloner is not { } cloner || !mayLeave())
                return new CloneResult(null, CloneFailure.Interrupted);
            return new CloneResult(await cloner.Clone(new CloneRequest($"voicegrains {consent.Id}", labels, [sample]), either.Token), null);
        }
        catch (EngineFaultException fault)
        {
            CallMeters.Fault(fault);
            return new CloneResult(null, FailureOf(fault));
        }
        catch (Exception)
        {
            // Out of time, stopped, or the store is away. Whether the vendor made the voice is not known; it carries its labels then.
            return new CloneResult(null, CloneFailure.Unavailable);
        }
    }

    // Null: it is gone. Else the pause before the next attempt.
    async Task<TimeSpan?> DeleteOnce(IVoiceCloner cloner, VendorVoice voice)
    {
        using var limit = new CancellationTokenSource(DeleteLimit, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, limit.Token);
        try
        {
            await cloner.Delete(voice.Id, either.Token);
            return null;
        }
        catch (Exception error)
        {
            // Whatever it was, it is tried until it is confirmed.
            if (error is EngineFaultException fault)
                CallMeters.Fault(fault);
            var pause = FirstPause * Math.Pow(2, Math.Min(_failures++, 16));
            return (error as EngineFaultException)?.RetryAfter ?? (pause < LongestPause ? pause : LongestPause);
        }
    }

    static ImmutableDictionary<string, string> Labels(string profile, VoiceConsent consent, string installation)
    {
        var (tenant, name) = GrainKeys.OfProfile(profile);
        return ImmutableDictionary<string, string>.Empty
            .Add(VoiceLabels.Installation, installation).Add(VoiceLabels.Tenant, tenant.Value).Add(VoiceLabels.Profile, name).Add(VoiceLabels.Consent, consent.Id);
    }

    static CloneFailure FailureOf(EngineFaultException fault) => fault.Kind switch
    {
        FaultKind.Quota => CloneFailure.SlotsTaken,
        FaultKind.BadRequest or FaultKind.Auth => CloneFailure.Refused,
        _ => CloneFailure.Unavailable,
    };
}
