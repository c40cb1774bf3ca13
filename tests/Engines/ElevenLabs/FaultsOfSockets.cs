using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.ElevenLabs;

/// <summary>What each way of the socket to fail becomes.</summary>
public sealed class FaultsOfSockets
{
    const string Where = "multi-stream-input";

    [Theory]
    [InlineData(401, null, FaultKind.Auth)]
    [InlineData(402, null, FaultKind.Quota)]
    [InlineData(403, null, FaultKind.Auth)]
    [InlineData(404, null, FaultKind.BadRequest)]
    [InlineData(422, null, FaultKind.BadRequest)]
    [InlineData(429, "too_many_concurrent_requests", FaultKind.RateLimited)]
    [InlineData(500, null, FaultKind.Overloaded)]
    [InlineData(503, null, FaultKind.Overloaded)]
    public async Task A_handshake_that_is_refused_tells_its_kind(int status, string? code, FaultKind kind)
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.Status, Where, Status: status, Code: code, RetryAfter: TimeSpan.FromSeconds(7)));

        var fault = await studio.Fault();

        Assert.Equal((kind, TimeSpan.FromSeconds(7), "elevenlabs"), (fault.Kind, fault.RetryAfter, fault.Engine));
        Assert.NotNull(fault.RequestId);
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData("quota_exceeded", FaultKind.Quota)]
    [InlineData("max_active_conversations", FaultKind.RateLimited)]
    [InlineData("too_many_concurrent_requests", FaultKind.RateLimited)]
    [InlineData("system_busy", FaultKind.Overloaded)]
    [InlineData("internal_error", FaultKind.Overloaded)]
    [InlineData("invalid_api_key", FaultKind.Auth)]
    [InlineData("missing_permissions", FaultKind.Auth)]
    [InlineData("detected_unusual_activity", FaultKind.Auth)]
    [InlineData("voice_not_found", FaultKind.BadRequest)]
    [InlineData("invalid_input_message", FaultKind.BadRequest)]
    [InlineData("something_new", FaultKind.BadRequest)]
    public async Task An_error_in_band_tells_its_kind_by_its_name(string code, FaultKind kind)
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.ErrorThenClose, Where, Code: code));

        var fault = await studio.Fault();

        Assert.Equal(kind, fault.Kind);
        Assert.NotNull(fault.RequestId);
        Assert.DoesNotContain("planned", fault.ToString(), StringComparison.OrdinalIgnoreCase);
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData(1008, "quota_exceeded", FaultKind.Quota)]
    [InlineData(1008, null, FaultKind.BadRequest)]
    [InlineData(1009, null, FaultKind.BadRequest)]
    [InlineData(1013, null, FaultKind.Overloaded)]
    [InlineData(1000, null, FaultKind.Transport)]
    [InlineData(1001, null, FaultKind.Transport)]
    [InlineData(1011, null, FaultKind.Transport)]
    [InlineData(0, null, FaultKind.Transport)]
    public async Task A_close_before_the_end_tells_its_kind(int status, string? reason, FaultKind kind)
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.Close, Where, Times: 2, Status: status, Code: reason, After: 1));

        Assert.Equal(kind, (await studio.Fault()).Kind);
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData(FaultForm.Refuse, 0)]
    [InlineData(FaultForm.Reset, 0)]
    [InlineData(FaultForm.CutInFrame, 0)]
    [InlineData(FaultForm.MalformedJson, 0)]
    [InlineData(FaultForm.Close, 0)]
    public async Task A_connection_that_breaks_before_the_first_sound_is_made_good_by_another(object form, int after)
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault((FaultForm)form, Where, After: after, Status: 1011));

        Assert.Equal(["guten Morgen"], await studio.Speak("guten Morgen"));
        Assert.Equal(2, studio.Ledger.CountOf(Where));
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData(FaultForm.Refuse, 0)]
    [InlineData(FaultForm.Reset, 0)]
    [InlineData(FaultForm.Reset, 2)]
    [InlineData(FaultForm.CutInFrame, 2)]
    [InlineData(FaultForm.MalformedJson, 2)]
    public async Task A_connection_that_breaks_twice_or_while_it_sounds_is_a_fault_of_transport(object form, int after)
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault((FaultForm)form, Where, Times: 2, After: after));

        Assert.Equal(FaultKind.Transport, (await studio.Fault()).Kind);
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData(FaultForm.HangBeforeHeaders, 0)]
    [InlineData(FaultForm.Stall, 0)]
    [InlineData(FaultForm.Stall, 2)]
    [InlineData(FaultForm.DeadPeer, 1)]
    [InlineData(FaultForm.EndWithoutTerminator, 0)]
    public async Task A_socket_on_which_nothing_moves_any_more_is_a_stall(object form, int after)
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault((FaultForm)form, Where, After: after));

        Assert.Equal(FaultKind.Stalled, (await studio.Fault(isLate: true)).Kind);
        var heard = studio.Speak("wieder da");
        await Until.True("another socket is opened", () =>
        {
            studio.Time.Advance(TimeSpan.FromMilliseconds(10));
            return studio.Ledger.CountOf(Where) >= 2;
        });

        Assert.Equal(["wieder da"], await heard);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task Whoever_joins_an_attempt_to_connect_that_hangs_makes_one_of_their_own()
    {
        await using var studio = await Studio.Open(static options => options.FirstAudioLimit = TimeSpan.FromSeconds(9));
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.HangBeforeHeaders, Where));
        await using (studio.Synthesizer.Open(Studio.German))
            await Until.True("it hangs", () => studio.Ledger.CountOf(Where) == 1);

        var heard = studio.Speak("Hallo");
        await Until.True("another socket is opened", () =>
        {
            studio.Time.Advance(TimeSpan.FromMilliseconds(50));
            return studio.Ledger.CountOf(Where) == 2;
        });

        Assert.Equal(["Hallo"], await heard);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task Sound_that_is_much_too_short_for_its_letters_is_truncated()
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.TruncatedAudio, Where));

        Assert.Equal(FaultKind.Truncated, (await studio.Fault("guten Morgen zusammen, schön dass ihr da seid")).Kind);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task An_error_that_is_not_followed_by_a_close_ends_the_socket_too()
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.ErrorInStream, Where, Code: "quota_exceeded", After: 1));

        Assert.Equal(FaultKind.Quota, (await studio.Fault()).Kind);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task Contexts_that_linger_at_the_vendor_cost_one_clause_and_no_more()
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.Lingering, Where));
        var faults = new List<FaultKind>();

        for (var clause = 0; clause < 9; clause++)
        {
            try
            {
                await studio.Speak("noch einmal");
            }
            catch (EngineFaultException fault)
            {
                faults.Add(fault.Kind);
            }
        }

        Assert.Equal([FaultKind.RateLimited], faults);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_broken_socket_ends_all_streams_on_it_and_none_elsewhere()
    {
        await using var studio = await Studio.Open(script: new ElevenLabsScript { ChunkDelay = TimeSpan.FromSeconds(1) });
        await using var elsewhere = studio.Synthesizer.Open(Studio.German with { Language = Language.Parse("fr") });
        await Until.True("the first has its socket", () => studio.Ledger.OpenNow("connection") == 1);
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.Reset, Where, After: 4));
        await using var one = studio.Begin("eins zwei drei vier");
        await using var two = studio.Begin("fünf sechs sieben acht");

        await Until.True("both begin", () => studio.Ledger.CountOf("audio message") >= 2);
        var faults = new[] { one, two }.Select(stream => Assert.ThrowsAsync<EngineFaultException>(() => Studio.Hear(stream))).ToArray();
        await Until.True("both have failed", () =>
        {
            studio.Time.Advance(TimeSpan.FromMilliseconds(500));
            return faults.All(static fault => fault.IsCompleted);
        });

        Assert.All(await Task.WhenAll(faults), static fault => Assert.Equal(FaultKind.Transport, fault.Kind));
        elsewhere.Write("tout va bien");
        elsewhere.Complete();
        var heard = Studio.Hear(elsewhere);
        await Until.True("the other is heard", () =>
        {
            studio.Time.Advance(TimeSpan.FromMilliseconds(500));
            return heard.IsCompleted;
        });
        Assert.Equal(["tout va bien"], await heard);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_key_that_may_not_speak_is_an_auth_fault_and_shown_nowhere()
    {
        await using var studio = await Studio.Open(key: "sk-secret");
        var fault = await studio.Fault();

        Assert.Equal(FaultKind.Auth, fault.Kind);
        Assert.DoesNotContain("sk-secret", fault.ToString(), StringComparison.Ordinal);
        await studio.CloseWithoutLeaks("wrong key");
    }
}
