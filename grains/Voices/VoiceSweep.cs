using VoiceGrains.Engines;

namespace VoiceGrains.Voices;

/// <summary>Finds what must go, whatever was lost: by the vendor's own list, by slots, and by recordings.</summary>
sealed class VoiceSweep(VoiceServices services, Func<string, IVoiceProfileGrain> profiles)
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Goes through all of them once. What can't be asked or deleted now is left to the next sweep.</summary>
    public async Task Run(IEnumerable<string> slots, CancellationToken closing)
    {
        using var limit = new CancellationTokenSource(Limit, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, closing);
        await Each(await OrNone(() => services.Recordings.Profiles(either.Token)), profile => profiles(profile).Tend(), either.Token);
        await Each([.. slots], profile => profiles(profile).Tend(), either.Token);
        if (services.Cloner is { } cloner)
            await Each(await OrNone(() => cloner.List(either.Token)), voice => Judge(cloner, voice, either.Token), either.Token);
    }

    async Task Judge(IVoiceCloner cloner, ClonedVoice voice, CancellationToken cancellationToken)
    {
        var labels = voice.Labels;
        if (labels.GetValueOrDefault(VoiceLabels.Installation) != await services.Installation(cancellationToken)
            || !TenantId.TryParse(labels.GetValueOrDefault(VoiceLabels.Tenant), out var tenant)
            || !VoiceName.TryParse(labels.GetValueOrDefault(VoiceLabels.Profile), out var name))
            return;
        var profile = profiles(GrainKeys.Of(tenant, name.Profile));
        if (!await profile.Recognize(new VendorVoice(cloner.Name, voice.Id), labels.GetValueOrDefault(VoiceLabels.Consent) ?? "", voice.RequiresVerification))
            await cloner.Delete(voice.Id, cancellationToken);
    }

    static async Task<IReadOnlyList<T>> OrNone<T>(Func<Task<IReadOnlyList<T>>> question)
    {
        IReadOnlyList<T> found = [];
        await Try(async () => found = await question());
        return found;
    }

    static async Task Each<T>(IReadOnlyList<T> items, Func<T, Task> what, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            if (cancellationToken.IsCancellationRequested)
                return;
            await Try(() => what(item));
        }
    }

    static async Task Try(Func<Task> what)
    {
        try
        {
            await what();
        }
        catch (Exception error)
        {
            // One that can't be reached must not keep the others waiting; the next sweep comes back to it.
            if (error is EngineFaultException fault)
                CallMeters.Fault(fault);
        }
    }
}
