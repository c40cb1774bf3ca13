using FsCheck.Fluent;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>The order of a profile's life, and what is refused why.</summary>
public sealed class StepsOfAProfile
{
    [Fact]
    public void From_consent_to_a_voice_that_is_ready()
    {
        ProfileStep[] steps = [ProfileStep.GiveConsent, ProfileStep.TakeSample, ProfileStep.BeginClone, ProfileStep.CloneUnverified, ProfileStep.Verify];

        var status = steps.Aggregate(ProfileStatus.Draft, static (status, step) => ProfileSteps.After(status, step).Next!.Value);

        Assert.Equal(ProfileStatus.Ready, status);
    }

    [Fact]
    public void A_step_out_of_order_is_refused_with_its_reason()
    {
        (ProfileStatus Status, ProfileStep Step, VoiceRefusal Refusal)[] cases =
        [
            (ProfileStatus.Draft, ProfileStep.TakeSample, VoiceRefusal.ConsentMissing),
            (ProfileStatus.Draft, ProfileStep.BeginClone, VoiceRefusal.ConsentMissing),
            (ProfileStatus.Draft, ProfileStep.EndConsent, VoiceRefusal.ConsentMissing),
            (ProfileStatus.Consented, ProfileStep.BeginClone, VoiceRefusal.SampleMissing),
            (ProfileStatus.Consented, ProfileStep.GiveConsent, VoiceRefusal.ConsentExists),
            (ProfileStatus.Cloning, ProfileStep.BeginClone, VoiceRefusal.IsCloning),
            (ProfileStatus.Cloning, ProfileStep.TakeSample, VoiceRefusal.IsCloning),
            (ProfileStatus.Ready, ProfileStep.BeginClone, VoiceRefusal.IsMade),
            (ProfileStatus.RequiresVerification, ProfileStep.TakeSample, VoiceRefusal.IsMade),
            (ProfileStatus.Revoked, ProfileStep.TakeSample, VoiceRefusal.ConsentRevoked),
            (ProfileStatus.Revoked, ProfileStep.BeginClone, VoiceRefusal.ConsentRevoked),
            (ProfileStatus.Deleted, ProfileStep.GiveConsent, VoiceRefusal.Deleted),
        ];

        Assert.All(cases, static each => Assert.Equal((null, each.Refusal), ProfileSteps.After(each.Status, each.Step)));
    }

    [Theory]
    [InlineData(ProfileStatus.Revoked)]
    [InlineData(ProfileStatus.Deleted)]
    public void A_voice_that_comes_too_late_changes_nothing(ProfileStatus status) =>
        Assert.All([ProfileStep.CloneReady, ProfileStep.CloneUnverified, ProfileStep.CloneFailed, ProfileStep.Verify],
            step => Assert.Null(ProfileSteps.After(status, step).Next));

    [Fact]
    public void Whatever_happens_no_voice_is_ready_without_a_consent_before_it() => Law.Holds(
        Gen.Elements(Enum.GetValues<ProfileStep>()).ListOf(),
        static steps =>
        {
            var (status, isConsented) = (ProfileStatus.Draft, false);
            foreach (var step in steps)
            {
                if (ProfileSteps.After(status, step).Next is not { } next)
                    continue;
                isConsented = step == ProfileStep.GiveConsent || (isConsented && step is not (ProfileStep.EndConsent or ProfileStep.Delete));
                status = next;
                var needsConsent = status is not (ProfileStatus.Draft or ProfileStatus.Revoked or ProfileStatus.Deleted);
                if (needsConsent != isConsented)
                    return false;
            }

            return true;
        },
        cases: 2_000);
}
