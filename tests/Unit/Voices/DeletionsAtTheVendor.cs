using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>A voice is deleted until the vendor confirms it, whatever fails or is lost.</summary>
public sealed class DeletionsAtTheVendor : IAsyncDisposable
{
    readonly ProfileAtWork _work = new();

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    [Fact]
    public async Task It_is_tried_again_with_growing_pauses_and_the_slot_is_kept_meanwhile()
    {
        await _work.MakeReady();
        _work.Cloner.DeleteFault = FaultKind.Overloaded;
        await _work.Life.End(ProfileStep.EndConsent);

        for (var second = 0; second < 60; second++)
        {
            await _work.Life.Tend();
            _work.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_work.Cloner.Deletes, 4, 8);
        Assert.Contains(ProfileAtWork.Key, _work.Upkeep.Slots);
        Assert.False(_work.Life.Describe()!.IsClean);
        _work.Cloner.DeleteFault = null;
        await _work.Settle();
        Assert.Empty(_work.Cloner.Voices);
        Assert.Empty(_work.Upkeep.Slots);
        Assert.True(_work.Life.Describe()!.IsClean);
    }

    [Fact]
    public async Task A_vendor_that_asks_to_wait_is_obeyed()
    {
        await _work.MakeReady();
        (_work.Cloner.DeleteFault, _work.Cloner.RetryAfter) = (FaultKind.RateLimited, TimeSpan.FromMinutes(2));
        await _work.Life.End(ProfileStep.EndConsent);
        await _work.Life.Tend();
        await _work.Life.Tend();

        _work.Time.Advance(TimeSpan.FromSeconds(119));
        await _work.Life.Tend();
        Assert.Equal(1, _work.Cloner.Deletes);
        _work.Time.Advance(TimeSpan.FromSeconds(2));
        await _work.Life.Tend();

        Assert.Equal(2, _work.Cloner.Deletes);
    }

    [Fact]
    public async Task It_goes_on_after_a_restart()
    {
        await _work.MakeReady();
        _work.Cloner.DeleteFault = FaultKind.Transport;
        await _work.Life.End(ProfileStep.Delete);
        await _work.Life.Tend();

        await _work.Restart();
        Assert.True(_work.Life.IsUnfinished);
        _work.Cloner.DeleteFault = null;
        await _work.Settle();

        Assert.Empty(_work.Cloner.Voices);
    }

    [Fact]
    public async Task Without_the_cloner_it_waits_until_there_is_one_again()
    {
        await _work.MakeReady();
        var services = _work.Services;
        _work.Services = services with { Cloner = null };
        await _work.Restart();
        await _work.Life.End(ProfileStep.EndConsent);
        await _work.Life.Tend();
        Assert.False(_work.Life.Describe()!.IsClean);

        _work.Services = services;
        await _work.Restart();
        await _work.Settle();

        Assert.Empty(_work.Cloner.Voices);
    }

    [Fact]
    public async Task A_sweep_deletes_what_nobody_knows_and_leaves_what_is_known_or_of_others()
    {
        await _work.MakeReady();
        Add("stray", "here", "voice-1");
        Add("of-nobody", "here", "voice-2");
        Add("of-another-installation", "there", "voice-1");
        _work.Cloner.Voices["by-hand"] = new ClonedVoice("by-hand", false, ImmutableDictionary<string, string>.Empty);

        await Sweep();

        Assert.Equal(["by-hand", "of-another-installation", "v1"], _work.Cloner.Voices.Keys.Order());
        Assert.Equal("v1", _work.OwnVoice());
    }

    [Fact]
    public async Task A_voice_whose_making_was_cut_off_is_found_by_its_labels()
    {
        _work.Cloner.Hold = new TaskCompletionSource();
        await _work.BeginClone();
        var consent = _work.Life.Describe()!.Consents[^1].Id;
        await _work.Restart();
        Add("made-all-the-same", "here", "voice-1", consent);
        await _work.Settle();

        await Sweep();

        Assert.Empty(_work.Cloner.Voices);
    }

    [Fact]
    public async Task A_sweep_leaves_a_voice_alone_that_is_just_being_made()
    {
        _work.Cloner.Hold = new TaskCompletionSource();
        await _work.BeginClone();
        Add("just-made", "here", "voice-1", _work.Life.Describe()!.Consents[^1].Id);

        await Sweep();

        Assert.Contains("just-made", _work.Cloner.Voices.Keys);
    }

    [Fact]
    public async Task A_sweep_wakes_who_has_recordings_that_must_go()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));
        await _work.Consent(expiresAt: _work.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        await _work.Sample();
        _work.Time.Advance(TimeSpan.FromMinutes(2));

        await Sweep();

        Assert.Empty(await _work.Recordings.Profiles(CancellationToken.None));
        Assert.Equal(ProfileStatus.Revoked, _work.Status);
    }

    [Fact]
    public async Task One_profile_that_can_not_be_asked_does_not_stop_the_sweep()
    {
        Add("of-nobody", "here", "voice-2");
        Add("of-one-that-fails", "here", "broken");

        await Sweep();

        Assert.Equal(["of-one-that-fails"], _work.Cloner.Voices.Keys);
    }

    void Add(string id, string installation, string profile, string consent = "another") => _work.Cloner.Voices[id] = new ClonedVoice(
        id, false, ImmutableDictionary<string, string>.Empty.Add("installation", installation).Add("tenant", "acme").Add("profile", profile).Add("consent", consent));

    Task Sweep() => new VoiceSweep(_work.Services, key => new AskedProfile(key == ProfileAtWork.Key ? _work.Life : null, key.EndsWith("broken", StringComparison.Ordinal)))
        .Run(_work.Upkeep.Slots, CancellationToken.None);

    /// <summary>The profile as the sweep sees it.</summary>
    sealed class AskedProfile(ProfileLife? life, bool isBroken) : IVoiceProfileGrain
    {
        public Task<bool> Recognize(VendorVoice voice, string consent, bool requiresVerification) =>
            isBroken ? throw new TimeoutException() : life?.Recognize(voice, consent, requiresVerification) ?? Task.FromResult(false);

        public Task Tend() => life?.Tend() ?? Task.CompletedTask;

        public Task<VoiceOutcome> Create(NewVoice voice) => throw new NotSupportedException();

        public Task<VoiceOutcome> Upload(RecordingPiece piece) => throw new NotSupportedException();

        public Task<VoiceOutcome> GiveConsent(ConsentGiven consent) => throw new NotSupportedException();

        public Task<VoiceOutcome> TakeSample(string upload) => throw new NotSupportedException();

        public Task<VoiceOutcome> Clone() => throw new NotSupportedException();

        public Task<VoiceOutcome> Revoke() => throw new NotSupportedException();

        public Task<VoiceOutcome> Delete() => throw new NotSupportedException();

        public Task<VoiceDescription?> Describe() => throw new NotSupportedException();

        public Task<Voice?> VoiceFor(Language language, VoiceUse use) => throw new NotSupportedException();
    }
}
