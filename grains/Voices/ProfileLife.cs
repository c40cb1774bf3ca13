using System.Security.Cryptography;
using VoiceGrains.Engines;

namespace VoiceGrains.Voices;

/// <summary>What can be done with a profile, and what it does by itself. Runs in the turns of its grain.</summary>
/// <param name="key">Of the profile's grain.</param>
sealed class ProfileLife(string key, ProfileStore store, VoiceServices services, IVoiceUpkeepGrain upkeep, IVoiceIndexGrain index) : IAsyncDisposable
{
    /// <summary>Recordings that nobody has a voice made of are kept no longer than this.</summary>
    static readonly TimeSpan SampleLimit = TimeSpan.FromHours(24);

    // Evidence is never dropped, so there must be an end to it.
    const int MostConsents = 50;

    readonly string _name = GrainKeys.OfProfile(key).Profile;
    readonly Uploads _uploads = new();
    readonly VendorWork _work = new(services);

    /// <summary>Whether <see cref="Tend"/> has something to do soon.</summary>
    public bool IsUnfinished => !store.IsStored || _work.IsCloning || store.Current is { } profile && (profile.IsUnfinished() || profile.Status == ProfileStatus.Cloning);

    DateTimeOffset Now => services.Time.GetUtcNow();

    public async Task<VoiceOutcome> Create(NewVoice voice)
    {
        if (store.Current is { } profile)
            return Refused(profile.Status == ProfileStatus.Deleted ? VoiceRefusal.Deleted : VoiceRefusal.Exists);
        // In the list first: a profile that nobody finds would be worse than an entry without one, which the list leaves out.
        if (!await index.Add(_name))
            return Refused(VoiceRefusal.TooManyProfiles);
        await store.Change(VoiceProfile.New(voice));
        return Done();
    }

    public VoiceOutcome Upload(RecordingPiece piece)
    {
        if (store.Current is null)
            return Refused(VoiceRefusal.Unknown);
        return _uploads.Take(piece) is { } refusal ? Refused(refusal) : Done();
    }

    public async Task<VoiceOutcome> GiveConsent(ConsentGiven given)
    {
        await EndWhatIsOver();
        if (store.Current is not { } profile)
            return Refused(VoiceRefusal.Unknown);
        if (Step(profile, ProfileStep.GiveConsent, out var next) is { } refusal)
            return Refused(refusal);
        if (profile.Consents.Length >= MostConsents)
            return Refused(VoiceRefusal.TooManyConsents);
        if (_uploads.Find(given.Upload) is not { } recording)
            return Refused(VoiceRefusal.UploadUnknown);
        var report = SampleCheck.Check(recording, SampleNeed.OfConsent, Now);
        if (report.Flaws.Count > 0)
            return Unfit(report);
        var consent = new VoiceConsent(
            Guid.NewGuid().ToString("N"), given.Person, given.Wording, given.TextHash, Now, Convert.ToHexStringLower(SHA256.HashData(recording)),
            report.Figures!.Length, given.Call, given.ExpiresAt, null);
        if (ConsentRules.Flaw(consent, profile.Person, Now) is { } flaw)
            return Refused(flaw);

        // What is to be dropped must be known before it is there.
        await store.Change(profile with { HasProof = true });
        await services.Recordings.Write(key, RecordingKind.Consent, recording, CancellationToken.None);
        await store.Change(store.Current! with { Status = next, Consents = profile.Consents.Add(consent), Failure = null });
        _uploads.Drop();
        return Done();
    }

    public async Task<VoiceOutcome> TakeSample(string upload)
    {
        await EndWhatIsOver();
        if (Permitted(ProfileStep.TakeSample, out var profile, out var next) is { } refusal)
            return Refused(refusal);
        if (_uploads.Find(upload) is not { } recording)
            return Refused(VoiceRefusal.UploadUnknown);
        var report = SampleCheck.Check(recording, SampleNeed.OfVoice, Now);
        if (report.Flaws.Count > 0)
            return Unfit(report);

        await store.Change(profile with { HasSample = true });
        await services.Recordings.Write(key, RecordingKind.Sample, recording, CancellationToken.None);
        await store.Change(store.Current! with { Sample = report.Figures, Status = next, Failure = null });
        _uploads.Drop();
        return Done();
    }

    public async Task<VoiceOutcome> Clone()
    {
        await EndWhatIsOver();
        if (Permitted(ProfileStep.BeginClone, out var profile, out var next) is { } refusal)
            return Refused(refusal);
        if (services.Cloner is null)
            return Refused(VoiceRefusal.NoCloner);
        if (!await upkeep.TakeSlot(key))
            return Refused(VoiceRefusal.SlotsTaken);
        // What came of an attempt before must be known before it is forgotten.
        await TakeCloned();
        await store.Change(store.Current! with { Status = next, HasSlot = true, Failure = null });
        _work.Clone(key, profile.Consent()!, MayLeave);
        return Done();
    }

    public async Task<VoiceOutcome> End(ProfileStep step)
    {
        if (store.Current is not { } profile)
            return Refused(VoiceRefusal.Unknown);
        if (Step(profile, step, out var next) is { } refusal)
            return Refused(refusal);
        _uploads.Drop();
        _work.StopCloning();
        if (profile.Status != next)
            await store.End(profile.End(next, Now));
        if (next == ProfileStatus.Deleted)
            await index.Remove(_name);
        // What must be deleted now, the grain's timer sees to.
        return Done();
    }

    /// <summary>See <see cref="IVoiceProfileGrain.VoiceFor"/>.</summary>
    public Voice? VoiceFor(Language language, VoiceUse use) => store.Current?.VoiceFor(_name, language, use, Now);

    /// <summary>See <see cref="IVoiceProfileGrain.Recognize"/>.</summary>
    public async Task<bool> Recognize(VendorVoice voice, string consent, bool requiresVerification)
    {
        await Tend();
        if (store.Current is not { } profile)
            return false;
        if (profile.Own == voice && !requiresVerification && Step(profile, ProfileStep.Verify, out var next) is null)
            await store.Change(profile with { Status = next });
        // A voice that is being made has no id here yet. One that is to be deleted is looked after already.
        return profile.Own == voice || profile.ToDelete.Contains(voice) || (_work.IsCloning && profile.Consent()?.Id == consent);
    }

    /// <summary>Goes on with what is unfinished; never waits for the vendor.</summary>
    public async Task Tend()
    {
        if (store.Current is null)
            return;
        if (!store.IsStored)
            await store.Change(store.Current);
        await EndWhatIsOver();
        await TakeCloned();
        if (await _work.Delete(store.Current.ToDelete) is { } gone)
            await store.Change(store.Current with { ToDelete = store.Current.ToDelete.Remove(gone) });
        await DropRecordings();
        if (store.Current is { HasSlot: true } profile && !profile.NeedsSlot())
        {
            await upkeep.ReleaseSlot(key);
            await store.Change(profile with { HasSlot = false });
        }
    }

    public VoiceDescription? Describe() => store.Current is { } profile
        ? new(_name, profile.Person, profile.Gender, profile.Status, profile.Failure, profile.IsClean(), profile.Sample, profile.Consents)
        : null;

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    // The consent may have ended between the request and the moment when the sample is read.
    bool MayLeave() => store.Current is { Status: ProfileStatus.Cloning } profile && ConsentRules.Flaw(profile.Consent(), profile.Person, Now) is null;

    async Task EndWhatIsOver()
    {
        if (store.Current is not { } profile)
            return;
        if (ConsentRules.Flaw(profile.Consent(), profile.Person, Now) == VoiceRefusal.ConsentExpired && profile.Status is not (ProfileStatus.Revoked or ProfileStatus.Deleted))
        {
            _work.StopCloning();
            await store.End(profile.End(ProfileStatus.Revoked, Now));
        }
        else if (profile is { HasSample: true, Sample: { } sample } && Now - sample.TakenAt > SampleLimit && Step(profile, ProfileStep.DropSample, out var next) is null)
        {
            await store.Change(profile with { Status = next });
        }
    }

    async Task TakeCloned()
    {
        var result = await _work.Cloned();
        if (result is null && store.Current is { Status: ProfileStatus.Cloning } && !_work.IsCloning)
            result = new CloneResult(null, CloneFailure.Interrupted);
        if (result is null || store.Current is not { } profile)
            return;
        if (result.Voice is not { } made)
        {
            if (Step(profile, ProfileStep.CloneFailed, out var failed) is null)
                await store.Change(profile with { Status = failed, Failure = result.Failure });
            return;
        }

        var voice = new VendorVoice(services.Cloner!.Name, made.Id);
        if (Step(profile, made.RequiresVerification ? ProfileStep.CloneUnverified : ProfileStep.CloneReady, out var next) is null)
            await store.Change(profile with { Status = next, Own = voice });
        else
            await store.Change(profile with { ToDelete = profile.ToDelete.Add(voice), HasSlot = true });
    }

    async Task DropRecordings()
    {
        if (store.Current!.MustDropProof())
        {
            await services.Recordings.Delete(key, RecordingKind.Consent, CancellationToken.None);
            await store.Change(store.Current with { HasProof = false });
        }

        if (store.Current.MustDropSample())
        {
            await services.Recordings.Delete(key, RecordingKind.Sample, CancellationToken.None);
            await store.Change(store.Current with { HasSample = false });
        }
    }

    // What needs a consent that holds now.
    VoiceRefusal? Permitted(ProfileStep step, out VoiceProfile profile, out ProfileStatus next)
    {
        (profile, next) = (store.Current!, default);
        if (store.Current is null)
            return VoiceRefusal.Unknown;
        if (profile.Status == ProfileStatus.Deleted)
            return VoiceRefusal.Deleted;
        return ConsentRules.Flaw(profile.Consent(), profile.Person, Now) ?? Step(profile, step, out next);
    }

    static VoiceRefusal? Step(VoiceProfile profile, ProfileStep step, out ProfileStatus next)
    {
        var (after, refusal) = ProfileSteps.After(profile.Status, step);
        next = after ?? profile.Status;
        return refusal;
    }

    VoiceOutcome Done() => new(null, [], Describe());

    VoiceOutcome Refused(VoiceRefusal refusal) => new(refusal, [], Describe());

    VoiceOutcome Unfit(SampleReport report) => new(VoiceRefusal.RecordingUnfit, [.. report.Flaws], Describe());
}
