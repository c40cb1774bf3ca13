using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Engines.ElevenLabs;

/// <summary>Own voices at the vendor's double.</summary>
public sealed class Cloning
{
    [Fact]
    public async Task A_cloned_voice_speaks_until_it_is_deleted()
    {
        await using var studio = await Studio.Open();
        var made = await studio.Cloner.Clone(Request(2), CancellationToken.None);
        var voice = Studio.German with { Own = new VendorVoice(studio.Cloner.Name, made.Id) };
        Assert.False(made.RequiresVerification);
        Assert.Equal(2, studio.Vendor.Account.Voices[made.Id].Samples.Count);

        Assert.Equal(["ich bin es"], await Speak(studio, voice));
        await studio.Cloner.Delete(made.Id, CancellationToken.None);
        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => Speak(studio, voice));

        Assert.Equal(FaultKind.BadRequest, fault.Kind);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_voice_that_must_be_verified_is_told_and_can_not_speak()
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Account.DemandsVerification = true;

        var made = await studio.Cloner.Clone(Request(1), CancellationToken.None);

        Assert.True(made.RequiresVerification);
        Assert.True(Assert.Single(await studio.Cloner.List(CancellationToken.None)).RequiresVerification);
        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => Speak(studio, Studio.German with { Own = new VendorVoice("elevenlabs", made.Id) }));
        Assert.Equal(FaultKind.BadRequest, fault.Kind);
    }

    [Fact]
    public async Task Voices_of_the_product_are_found_over_all_pages_with_their_labels()
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Account.VoiceSlots = 1_000;
        for (var voice = 0; voice < 230; voice++)
            studio.Vendor.Account.Voices[$"foreign{voice}"] = new EmulatedVoice($"foreign{voice}", "x", new Dictionary<string, string>(), true, false, []);
        var made = new List<string>();
        for (var voice = 0; voice < 3; voice++)
            made.Add((await studio.Cloner.Clone(Request(1), CancellationToken.None)).Id);

        var found = await studio.Cloner.List(CancellationToken.None);

        Assert.Equal(made.Order(), found.Select(static voice => voice.Id).Order());
        Assert.All(found, static voice => Assert.Equal("consent-7", voice.Labels["consent"]));
        Assert.Equal(3, studio.Ledger.CountOf("voices/list"));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task Deleting_what_does_not_exist_is_no_fault()
    {
        await using var studio = await Studio.Open();

        await studio.Cloner.Delete("nobody", CancellationToken.None);

        Assert.Equal(1, studio.Ledger.CountOf("voices/delete"));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task An_account_without_a_free_slot_is_a_fault_of_quota()
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Account.VoiceSlots = 1;
        await studio.Cloner.Clone(Request(1), CancellationToken.None);

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => studio.Cloner.Clone(Request(1), CancellationToken.None));

        Assert.Equal(FaultKind.Quota, fault.Kind);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_key_without_the_permission_for_voices_is_a_fault_of_auth()
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Account.Keys[ElevenLabsEmulator.Key] = "text_to_speech voices_read";

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => studio.Cloner.Clone(Request(1), CancellationToken.None));

        Assert.Equal(FaultKind.Auth, fault.Kind);
        Assert.Empty(await studio.Cloner.List(CancellationToken.None));
        await studio.CloseWithoutLeaks("missing permission voices_write");
    }

    [Theory]
    [InlineData("voices/add", 400, "can_not_use_instant_voice_cloning", FaultKind.Auth)]
    [InlineData("voices/add", 422, "files", FaultKind.BadRequest)]
    [InlineData("voices/add", 429, "system_busy", FaultKind.Overloaded)]
    [InlineData("voices/delete", 401, "invalid_api_key", FaultKind.Auth)]
    [InlineData("voices/delete", 500, "other", FaultKind.Overloaded)]
    [InlineData("voices/list", 503, "other", FaultKind.Overloaded)]
    public async Task A_refusal_tells_its_kind(string where, int status, string code, FaultKind kind)
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.Status, where, Status: status, Code: code));

        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => Do(studio, where));

        Assert.Equal((kind, "request-1"), (fault.Kind, fault.RequestId));
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData("voices/add", FaultForm.Refuse, FaultKind.Transport)]
    [InlineData("voices/list", FaultForm.MalformedJson, FaultKind.Truncated)]
    [InlineData("voices/delete", FaultForm.HangBeforeHeaders, FaultKind.Stalled)]
    public async Task A_request_that_breaks_tells_its_kind(string where, object form, FaultKind kind)
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault((FaultForm)form, where));

        var failing = Assert.ThrowsAsync<EngineFaultException>(() => Do(studio, where));
        await Until.True("it is over", () =>
        {
            studio.Time.Advance(TimeSpan.FromSeconds(1));
            return failing.IsCompleted;
        });

        Assert.Equal(kind, (await failing).Kind);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task The_same_sample_twice_is_refused_as_the_vendor_does()
    {
        await using var studio = await Studio.Open();
        var request = Request(1);

        var fault = await Assert.ThrowsAsync<EngineFaultException>(
            () => studio.Cloner.Clone(request with { Samples = [request.Samples[0], request.Samples[0]] }, CancellationToken.None));

        Assert.Equal(FaultKind.BadRequest, fault.Kind);
        await studio.CloseWithoutLeaks("duplicate file");
    }

    static Task Do(Studio studio, string where) => where switch
    {
        "voices/add" => studio.Cloner.Clone(Request(1), CancellationToken.None),
        "voices/delete" => studio.Cloner.Delete("mine", CancellationToken.None),
        _ => studio.Cloner.List(CancellationToken.None),
    };

    static CloneRequest Request(int samples) => new(
        "profile-1",
        ImmutableDictionary<string, string>.Empty.Add("tenant", "t1").Add("consent", "consent-7"),
        [.. Enumerable.Range(0, samples).Select(static sample => (ReadOnlyMemory<byte>)new byte[] { 1, 2, 3, (byte)sample })]);

    static async Task<string[]> Speak(Studio studio, Voice voice)
    {
        await using var stream = studio.Synthesizer.Open(voice);
        stream.Write("ich bin es");
        stream.Complete();
        return await Studio.Hear(stream);
    }
}
