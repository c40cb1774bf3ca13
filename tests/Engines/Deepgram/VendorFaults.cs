using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>What each way in which the vendor fails becomes.</summary>
public sealed class VendorFaults
{
    static readonly byte[] Speech = SpokenAudio.Of(SpokenAudio.Words(30), 600, SpokenAudio.Words(20), 600);

    [Theory]
    [InlineData("nova", 400, "INVALID_QUERY_PARAMETER", FaultKind.BadRequest)]
    [InlineData("nova", 401, "INVALID_AUTH", FaultKind.Auth)]
    [InlineData("flux", 401, "INVALID_AUTH", FaultKind.Auth)]
    [InlineData("nova", 402, "ASR_PAYMENT_REQUIRED", FaultKind.Quota)]
    [InlineData("nova", 403, "INSUFFICIENT_PERMISSIONS", FaultKind.Auth)]
    [InlineData("nova", 404, "NOT_FOUND", FaultKind.BadRequest)]
    [InlineData("nova", 429, "TOO_MANY_REQUESTS", FaultKind.RateLimited)]
    [InlineData("flux", 429, "TOO_MANY_REQUESTS", FaultKind.RateLimited)]
    [InlineData("nova", 500, "INTERNAL_SERVER_ERROR", FaultKind.Overloaded)]
    [InlineData("nova", 502, "Bad gateway, try again", FaultKind.Transport)]
    [InlineData("flux", 503, "SERVICE_UNAVAILABLE", FaultKind.Overloaded)]
    public async Task A_refused_handshake_says_why(string api, int status, string code, FaultKind kind)
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.Status, api, Status: status, Code: code, RetryAfter: TimeSpan.FromSeconds(7)));

        var heard = await line.SayAll(api, Speech);

        Assert.Equal(kind, heard.Fault?.Kind);
        Assert.Equal($"deepgram-{api}", heard.Fault!.Engine);
        Assert.Equal("request-1", heard.Fault.RequestId);
        Assert.Equal(TimeSpan.FromSeconds(7), heard.Fault.RetryAfter);
        Assert.DoesNotContain("again", heard.Fault.Message, StringComparison.Ordinal);
        await line.AssertClean();
    }

    [Theory]
    [InlineData("nova", FaultForm.Refuse, FaultKind.Transport)]
    [InlineData("flux", FaultForm.Refuse, FaultKind.Transport)]
    [InlineData("nova", FaultForm.HangBeforeHeaders, FaultKind.Stalled)]
    [InlineData("flux", FaultForm.HangBeforeHeaders, FaultKind.Stalled)]
    internal async Task A_socket_that_does_not_open_is_a_fault(string api, FaultForm form, FaultKind kind)
    {
        await using var line = await DeepgramLine.Start(options => options.ConnectDeadline = TimeSpan.FromSeconds(form == FaultForm.Refuse ? 20 : 1));
        line.Vendor.Faults.Add(new PlannedFault(form, api));

        var heard = await line.SayAll(api, Speech);

        Assert.Equal(kind, heard.Fault?.Kind);
        Assert.True(heard.Fault!.IsRetryable);
        await line.AssertClean();
    }

    [Theory]
    [InlineData("nova", 1000, "", FaultKind.Truncated)]
    [InlineData("flux", 1000, "", FaultKind.Truncated)]
    [InlineData("nova", 0, "", FaultKind.Truncated)]
    [InlineData("flux", 0, "", FaultKind.Truncated)]
    [InlineData("nova", 1001, "", FaultKind.Transport)]
    [InlineData("nova", 1008, "DATA-0000: could not be decoded", FaultKind.BadRequest)]
    [InlineData("nova", 1009, "", FaultKind.BadRequest)]
    [InlineData("nova", 1011, "NET-0000: timeout", FaultKind.Stalled)]
    [InlineData("nova", 1011, "NET-0001: idle", FaultKind.Transport)]
    [InlineData("flux", 1011, "", FaultKind.Transport)]
    public async Task A_close_before_everything_was_said_is_a_fault(string api, int status, string reason, FaultKind kind)
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.Close, api, Status: status, Code: reason, After: 3));

        var heard = await line.SayAll(api, Speech);

        Assert.Equal(kind, heard.Fault?.Kind);
        Assert.Equal("request-1", heard.Fault!.RequestId);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Theory]
    [InlineData("nova", FaultForm.Reset)]
    [InlineData("flux", FaultForm.Reset)]
    [InlineData("nova", FaultForm.CutInFrame)]
    [InlineData("flux", FaultForm.CutInFrame)]
    [InlineData("nova", FaultForm.MalformedJson)]
    [InlineData("flux", FaultForm.MalformedJson)]
    [InlineData("nova", FaultForm.HugeMessage)]
    [InlineData("flux", FaultForm.HugeMessage)]
    internal async Task A_broken_stream_is_a_fault_of_transport(string api, FaultForm form)
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Faults.Add(new PlannedFault(form, api, After: 3));

        var heard = await line.SayAll(api, Speech);

        Assert.Equal(FaultKind.Transport, heard.Fault?.Kind);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Theory]
    [InlineData("nova", 5)]
    [InlineData("flux", 5)]
    [InlineData("nova", -5)]
    [InlineData("flux", -5)]
    public async Task Times_that_do_not_fit_the_audio_are_a_fault(string api, int seconds)
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.SkewedTimes, api, Delay: TimeSpan.FromSeconds(seconds), After: 2));

        var heard = await line.SayAll(api, Speech);

        Assert.Equal(FaultKind.Transport, heard.Fault?.Kind);
        heard.AssertInOrder();
        await line.AssertClean();
    }

    [Theory]
    [InlineData("nova", "INTERNAL_SERVER_ERROR", 1011, FaultKind.Overloaded)]
    [InlineData("nova", "INVALID_AUTH", 1008, FaultKind.Auth)]
    [InlineData("flux", "UNPARSABLE_CLIENT_MESSAGE", 0, FaultKind.BadRequest)]
    [InlineData("flux", "INACTIVE_CLIENT", 0, FaultKind.Stalled)]
    [InlineData("flux", "Prose", 0, FaultKind.Transport)]
    public async Task An_error_in_the_stream_says_why(string api, string code, int status, FaultKind kind)
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.ErrorThenClose, api, Status: status, Code: code, After: 3));

        var heard = await line.SayAll(api, Speech);

        Assert.Equal(kind, heard.Fault?.Kind);
        Assert.DoesNotContain("Prose", heard.Fault!.Message, StringComparison.Ordinal);
        await line.AssertClean();
    }

    [Theory]
    [InlineData("nova")]
    [InlineData("flux")]
    public async Task Speech_that_nothing_comes_back_for_is_a_stall(string api)
    {
        await using var line = await DeepgramLine.Start(static options => (options.StallAfter, options.CloseDeadline) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)));
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.Stall, api));

        var heard = await line.SayAll(api, SpokenAudio.Of(SpokenAudio.Words(50)));

        Assert.Equal(FaultKind.Stalled, heard.Fault?.Kind);
        Assert.Empty(line.Vendor.Ledger.Mistakes);
    }

    [Theory]
    [InlineData("nova")]
    [InlineData("flux")]
    public async Task A_word_that_nothing_comes_back_for_is_a_stall_also_when_nothing_follows_it(string api)
    {
        await using var line = await DeepgramLine.Start(static options =>
            (options.StallAfter, options.KeepAlive, options.CloseDeadline) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.Stall, api));
        await using var session = line.Open(api);
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of(SpokenAudio.Words(2)), heard);
        await heard.Ended;

        Assert.Equal(FaultKind.Stalled, heard.Fault?.Kind);
    }

    [Fact]
    public async Task A_segment_whose_last_words_the_vendor_never_looked_at_is_a_stall()
    {
        await using var line = await DeepgramLine.Start(static options => (options.FinishDeadline, options.CloseDeadline) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1)));
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.Stall, "nova", After: 2));
        var session = line.Open("nova");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Of(SpokenAudio.Words(20)), heard);
        session.FinishSegment();
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Equal(FaultKind.Stalled, heard.Fault?.Kind);
    }

    [Theory]
    [InlineData("nova")]
    [InlineData("flux")]
    public async Task Last_words_that_do_not_come_in_time_are_cut_short(string api)
    {
        await using var line = await DeepgramLine.Start(static options => (options.DrainDeadline, options.CloseDeadline) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1)));
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.Stall, api, After: 3));

        var heard = await line.SayAll(api, SpokenAudio.Of(SpokenAudio.Words(20), 600));

        Assert.Equal(FaultKind.Truncated, heard.Fault?.Kind);
        Assert.False(heard.Events[^1] is TurnEnded { Until.TotalSeconds: > 2.5 });
    }

    [Theory]
    [InlineData("nova")]
    [InlineData("flux")]
    public async Task A_dead_peer_is_found_in_silence(string api)
    {
        await using var line = await DeepgramLine.Start(static options => (options.Ping, options.CloseDeadline) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1)));
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.DeadPeer, api, After: 1));
        var session = line.Open(api);
        var heard = new Recording(session);

        await DeepgramLine.Say(session, SpokenAudio.Pause(1_500), heard);
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Equal(FaultKind.Transport, heard.Fault?.Kind);
        Assert.False(session.TryWrite(new byte[320]));
    }

    [Theory]
    [InlineData("nova", FaultForm.Fragments)]
    [InlineData("flux", FaultForm.Fragments)]
    [InlineData("nova", FaultForm.UnknownMessage)]
    [InlineData("flux", FaultForm.UnknownMessage)]
    [InlineData("nova", FaultForm.SlowFirstByte)]
    internal async Task What_is_only_unusual_is_no_fault(string api, FaultForm form)
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.Faults.Add(new PlannedFault(form, api, After: 2, Delay: TimeSpan.FromMilliseconds(200)));

        var heard = await line.SayAll(api, SpokenAudio.Of("one two three", 900, "four five", 900));

        Assert.Null(heard.Fault);
        Assert.Equal("one two three four five", heard.Text);
        await line.AssertClean();
    }

    [Fact]
    public async Task A_session_that_ended_frees_its_place_at_once_and_one_that_lingers_does_not()
    {
        await using var line = await DeepgramLine.Start();
        line.Vendor.MostSockets = 1;
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.Lingering, Skip: 1, Delay: TimeSpan.FromMinutes(1)));

        var first = await line.SayAll("nova", Speech);
        await line.AssertClean();
        var second = await line.SayAll("flux", Speech);
        await line.AssertClean();
        var third = await line.SayAll("nova", Speech);

        Assert.Null(first.Fault);
        Assert.Null(second.Fault);
        Assert.Equal(FaultKind.RateLimited, third.Fault?.Kind);
    }

    [Fact]
    public async Task A_session_that_is_disposed_in_mid_speech_closes_with_a_handshake()
    {
        await using var line = await DeepgramLine.Start();
        var session = line.Open("nova");
        var heard = new Recording(session);

        await DeepgramLine.Say(session, Speech);
        await heard.Hears("speech", static happened => happened is SpeechStarted);
        await session.DisposeAsync();

        Assert.Null(heard.Fault);
        await line.AssertClean();
    }
}
