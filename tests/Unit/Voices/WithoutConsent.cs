using VoiceGrains.Engines;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>Each way to have a voice cloned, or to speak with it, without a consent that holds.</summary>
public sealed class WithoutConsent : IAsyncDisposable
{
    static readonly PersonId Bob = new("bob");

    readonly ProfileAtWork _work = new();

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    [Fact]
    public async Task No_sample_is_taken_and_nothing_leaves_before_the_consent()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));

        Assert.Equal(VoiceRefusal.ConsentMissing, (await _work.Sample()).Refusal);
        Assert.Equal(VoiceRefusal.ConsentMissing, (await _work.Life.Clone()).Refusal);

        Assert.False(await _work.Keeps(RecordingKind.Sample));
        Assert.Empty(_work.Cloner.Sent);
    }

    [Fact]
    public async Task Nobody_consents_for_another_person()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));

        Assert.Equal(VoiceRefusal.ConsentOfAnother, (await _work.Consent(Bob)).Refusal);

        Assert.Equal(VoiceRefusal.ConsentMissing, (await _work.Sample()).Refusal);
        Assert.False(await _work.Keeps(RecordingKind.Consent));
    }

    [Fact]
    public async Task A_consent_needs_a_recording_of_somebody_who_speaks()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));

        var silent = await _work.Consent(recording: SpokenSample.Wav(new short[16_000 * 6]));
        var missing = await _work.Life.GiveConsent(new ConsentGiven(ProfileAtWork.Ana, "v1", "00", "never-uploaded", null, null));

        Assert.Equal((VoiceRefusal.RecordingUnfit, VoiceRefusal.UploadUnknown), (silent.Refusal, missing.Refusal));
        Assert.NotEmpty(silent.Flaws);
        Assert.Equal(ProfileStatus.Draft, _work.Status);
    }

    [Fact]
    public async Task A_consent_that_is_over_when_it_is_given_is_none()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));

        Assert.Equal(VoiceRefusal.ConsentExpired, (await _work.Consent(expiresAt: _work.Time.GetUtcNow())).Refusal);
    }

    [Fact]
    public async Task After_revocation_nothing_goes_on()
    {
        await _work.MakeReady();

        await _work.Life.End(ProfileStep.EndConsent);

        Assert.Null(_work.OwnVoice());
        Assert.Equal(VoiceRefusal.ConsentRevoked, (await _work.Sample()).Refusal);
        Assert.Equal(VoiceRefusal.ConsentRevoked, (await _work.Life.Clone()).Refusal);
        await _work.Settle();
        Assert.Empty(_work.Cloner.Voices);
        Assert.Single(_work.Cloner.Sent);
    }

    [Fact]
    public async Task Another_person_and_another_call_do_not_get_the_voice()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));
        await _work.Consent(call: ProfileAtWork.Call);
        await _work.Sample();
        await _work.Life.Clone();
        await _work.Settle();

        Assert.Equal("v1", _work.OwnVoice());
        Assert.Null(_work.OwnVoice(person: Bob));
        Assert.Null(_work.OwnVoice(call: new CallId("local-another2call")));
    }

    [Fact]
    public async Task When_the_time_of_a_consent_is_over_the_voice_is_not_used_and_goes()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));
        await _work.Consent(expiresAt: _work.Time.GetUtcNow() + TimeSpan.FromHours(1));
        await _work.Sample();
        await _work.Life.Clone();
        await _work.Settle();
        Assert.Equal("v1", _work.OwnVoice());

        _work.Time.Advance(TimeSpan.FromHours(1));

        // At once, and not only when somebody looks after it.
        Assert.Null(_work.OwnVoice());
        Assert.Equal(VoiceRefusal.ConsentExpired, (await _work.Sample()).Refusal);
        await _work.Settle();
        Assert.Equal(ProfileStatus.Revoked, _work.Status);
        Assert.Empty(_work.Cloner.Voices);
        Assert.Null(_work.Life.Describe()!.Consents[0].RevokedAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_consent_that_is_taken_back_while_the_voice_is_made_counts(bool vendorGoesOn)
    {
        _work.Cloner.Hold = new TaskCompletionSource();
        _work.Cloner.IgnoresCancelling = vendorGoesOn;
        await _work.BeginClone();

        await _work.Life.End(ProfileStep.EndConsent);
        _work.Cloner.Hold.TrySetResult();
        await _work.Settle();

        Assert.Equal(ProfileStatus.Revoked, _work.Status);
        Assert.Null(_work.OwnVoice());
        Assert.Empty(_work.Cloner.Voices);
    }

    [Fact]
    public async Task A_consent_that_ends_between_the_request_and_the_reading_of_the_sample_keeps_it_here()
    {
        var recordings = new SlowRecordings(_work.Recordings);
        _work.Services = _work.Services with { Recordings = recordings };
        await _work.Restart();
        await _work.BeginClone();

        await _work.Life.End(ProfileStep.EndConsent);
        recordings.Read.TrySetResult();
        await _work.Settle();

        Assert.Empty(_work.Cloner.Sent);
    }

    [Fact]
    public async Task A_revocation_counts_although_the_store_is_away_and_is_stored_later()
    {
        await _work.MakeReady();
        _work.State.IsAway = true;

        await Assert.ThrowsAsync<IOException>(() => _work.Life.End(ProfileStep.EndConsent));
        Assert.Null(_work.OwnVoice());
        _work.State.IsAway = false;
        await _work.Settle();
        await _work.Restart();

        Assert.Equal(ProfileStatus.Revoked, _work.Status);
        Assert.Empty(_work.Cloner.Voices);
    }

    [Fact]
    public async Task A_new_consent_does_not_bring_the_old_voice_back()
    {
        await _work.MakeReady();
        _work.Cloner.DeleteFault = FaultKind.Transport;
        await _work.Life.End(ProfileStep.EndConsent);

        Assert.Null((await _work.Consent()).Refusal);

        Assert.Null(_work.OwnVoice());
        Assert.Equal(VoiceRefusal.SampleMissing, (await _work.Life.Clone()).Refusal);
        Assert.Equal(2, _work.Life.Describe()!.Consents.Length);
    }

    [Fact]
    public async Task A_deleted_profile_can_not_be_made_again()
    {
        await _work.MakeReady();
        await _work.Life.End(ProfileStep.Delete);

        Assert.Equal(VoiceRefusal.Deleted, (await _work.Life.Create(new NewVoice(Bob, Gender.Male))).Refusal);
        Assert.Equal(VoiceRefusal.Deleted, (await _work.Consent()).Refusal);
        Assert.Null(_work.OwnVoice());
    }

    /// <summary>Lets nobody read before it is told.</summary>
    sealed class SlowRecordings(IRecordingStore store) : IRecordingStore
    {
        public TaskCompletionSource Read { get; } = new();

        public Task Write(string profile, RecordingKind kind, ReadOnlyMemory<byte> wav, CancellationToken cancellationToken) => store.Write(profile, kind, wav, cancellationToken);

        async Task<byte[]?> IRecordingStore.Read(string profile, RecordingKind kind, CancellationToken cancellationToken)
        {
            await Read.Task;
            return await store.Read(profile, kind, cancellationToken);
        }

        public Task Delete(string profile, RecordingKind kind, CancellationToken cancellationToken) => store.Delete(profile, kind, cancellationToken);

        public Task<IReadOnlyList<string>> Profiles(CancellationToken cancellationToken) => store.Profiles(cancellationToken);

        public Task<string> Installation(CancellationToken cancellationToken) => store.Installation(cancellationToken);
    }
}
