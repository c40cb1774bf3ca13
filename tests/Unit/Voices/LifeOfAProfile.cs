using System.Collections.Immutable;
using System.Security.Cryptography;
using VoiceGrains.Engines;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>From a consent to a voice, with a vendor that may not want to, and back to nothing.</summary>
public sealed class LifeOfAProfile : IAsyncDisposable
{
    readonly ProfileAtWork _work = new();

    public ValueTask DisposeAsync() => _work.DisposeAsync();

    [Fact]
    public async Task A_consent_and_a_sample_become_a_voice_and_the_sample_goes()
    {
        await _work.MakeReady();

        Assert.Equal("v1", _work.OwnVoice());
        var sent = Assert.Single(_work.Cloner.Sent);
        var consent = Assert.Single(_work.Life.Describe()!.Consents);
        Assert.Equal(SpokenSample.Good, Assert.Single(sent.Samples).ToArray());
        Assert.Equal($"voicegrains {consent.Id}", sent.Name);
        Assert.Equal(
            new Dictionary<string, string> { ["consent"] = consent.Id, ["installation"] = "here", ["profile"] = "voice-1", ["tenant"] = "acme" },
            sent.Labels.OrderBy(static label => label.Key, StringComparer.Ordinal).ToDictionary());
        Assert.Equal((false, true), (await _work.Keeps(RecordingKind.Sample), await _work.Keeps(RecordingKind.Consent)));
        Assert.Contains(ProfileAtWork.Key, _work.Upkeep.Slots);
    }

    [Fact]
    public async Task The_record_of_a_consent_says_who_when_what_and_which_recording()
    {
        await _work.MakeReady();
        await _work.Life.End(ProfileStep.Delete);
        await _work.Settle();
        await _work.Restart();

        var consent = Assert.Single(_work.Life.Describe()!.Consents);

        Assert.Equal((ProfileAtWork.Ana, "v1", new string('0', 64)), (consent.Person, consent.Wording, consent.TextHash));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(SpokenSample.Consent)), consent.RecordingHash);
        Assert.Equal(TimeSpan.FromSeconds(6), consent.RecordingLength);
        Assert.InRange(consent.GivenAt, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), consent.RevokedAt!.Value);
        Assert.False(await _work.Keeps(RecordingKind.Consent));
        Assert.True(_work.Life.Describe()!.IsClean);
    }

    [Fact]
    public async Task A_voice_that_must_be_verified_speaks_only_then()
    {
        _work.Cloner.RequiresVerification = true;
        await _work.BeginClone();
        await _work.Settle();
        Assert.Equal((ProfileStatus.RequiresVerification, null), (_work.Status, _work.OwnVoice()));

        var isKnown = await _work.Life.Recognize(new VendorVoice("told", "v1"), Consent, requiresVerification: false);

        Assert.True(isKnown);
        Assert.Equal("v1", _work.OwnVoice());
    }

    [Theory]
    [InlineData(FaultKind.Quota, CloneFailure.SlotsTaken)]
    [InlineData(FaultKind.BadRequest, CloneFailure.Refused)]
    [InlineData(FaultKind.Auth, CloneFailure.Refused)]
    [InlineData(FaultKind.Overloaded, CloneFailure.Unavailable)]
    public async Task A_vendor_that_makes_no_voice_says_why_and_may_be_asked_again(FaultKind fault, CloneFailure failure)
    {
        _work.Cloner.CloneFault = fault;
        await _work.BeginClone();
        await _work.Settle();
        Assert.Equal((ProfileStatus.Failed, failure), (_work.Status, _work.Life.Describe()!.Failure));
        Assert.Empty(_work.Upkeep.Slots);

        _work.Cloner.CloneFault = null;
        Assert.Null((await _work.Life.Clone()).Refusal);
        await _work.Settle();

        Assert.Equal((ProfileStatus.Ready, null), (_work.Status, _work.Life.Describe()!.Failure));
    }

    [Fact]
    public async Task A_silo_that_ends_while_the_voice_is_made_leaves_a_failure_that_can_be_repeated()
    {
        _work.Cloner.Hold = new TaskCompletionSource();
        await _work.BeginClone();

        await _work.Restart();
        await _work.Settle();

        Assert.Equal((ProfileStatus.Failed, CloneFailure.Interrupted), (_work.Status, _work.Life.Describe()!.Failure));
        Assert.True(await _work.Keeps(RecordingKind.Sample));
    }

    [Fact]
    public async Task Without_a_cloner_or_a_slot_there_is_no_voice_and_it_is_said()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));
        await _work.Consent();
        await _work.Sample();
        _work.Upkeep.IsFull = true;
        Assert.Equal(VoiceRefusal.SlotsTaken, (await _work.Life.Clone()).Refusal);

        _work.Services = _work.Services with { Cloner = null };
        await _work.Restart();

        Assert.Equal(VoiceRefusal.NoCloner, (await _work.Life.Clone()).Refusal);
        Assert.Equal(ProfileStatus.Sampling, _work.Status);
    }

    [Fact]
    public async Task A_sample_that_nobody_uses_is_kept_for_a_day()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));
        await _work.Consent();
        await _work.Sample();

        _work.Time.Advance(TimeSpan.FromHours(25));
        await _work.Life.Tend();

        Assert.False(await _work.Keeps(RecordingKind.Sample));
        Assert.Equal(ProfileStatus.Consented, _work.Status);
    }

    [Fact]
    public async Task Nothing_of_a_recording_is_in_the_state()
    {
        await _work.MakeReady();

        Assert.InRange(_work.State.Text.Length, 1, 2_000);
    }

    [Fact]
    public async Task A_recording_comes_whole_or_not_at_all()
    {
        await _work.Life.Create(new NewVoice(ProfileAtWork.Ana, Gender.Female));
        Assert.Equal(VoiceRefusal.UploadUnknown, Piece("one", 1).Refusal);
        Assert.Null(Piece("one", 0).Refusal);
        Assert.Null(Piece("one", 0).Refusal);
        Assert.Equal(VoiceRefusal.UploadUnknown, Piece("one", 2).Refusal);

        // A newer one takes its place.
        Assert.Null(Piece("two", 0).Refusal);
        Assert.Equal(VoiceRefusal.UploadUnknown, Piece("one", 1).Refusal);

        Assert.Contains(VoiceRefusal.UploadTooLarge, Enumerable.Range(1, 60).Select(number => Piece("two", number).Refusal));
    }

    string Consent => _work.Life.Describe()!.Consents[^1].Id;

    VoiceOutcome Piece(string upload, int number) => _work.Life.Upload(new RecordingPiece(upload, number, new byte[256 * 1024]));
}
