using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.ElevenLabs;

/// <summary>Speech with one request for each clause.</summary>
public sealed class SpeechOverHttp
{
    const string Where = "stream";

    [Fact]
    public async Task Clauses_are_heard_in_order_with_at_most_two_requests_at_a_time()
    {
        await using var studio = await OpenHttp();
        var clauses = Enumerable.Range(0, 12).Select(static clause => $"Satz {clause} ist da").ToArray();

        Assert.Equal(clauses, await studio.Speak(clauses));
        Assert.InRange(studio.Ledger.Peak("generation"), 1, 2);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_model_that_sockets_refuse_goes_over_http_by_itself()
    {
        await using var studio = await Studio.Open(static options => options.Model = "eleven_v3");

        Assert.Equal(["Hallo"], await studio.Speak("Hallo"));
        Assert.Equal((0, 1), (studio.Ledger.CountOf("multi-stream-input"), studio.Ledger.CountOf(Where)));
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData(FaultForm.OddAudio)]
    [InlineData(FaultForm.Drip)]
    [InlineData(FaultForm.SlowFirstByte)]
    public async Task Nothing_that_the_vendor_varies_changes_what_is_heard(object form)
    {
        await using var studio = await OpenHttp();
        studio.Vendor.Script = new ElevenLabsScript { SamplesOfWord = 800 };
        studio.Vendor.Faults.Add(new PlannedFault((FaultForm)form, Where, Times: 9, Delay: TimeSpan.FromMilliseconds(1)));

        var heard = studio.Speak("Guten Morgen,", "wie geht es?");
        await Until.True("all is heard", () =>
        {
            studio.Time.Advance(TimeSpan.FromMilliseconds(1));
            return heard.IsCompleted;
        });

        Assert.Equal(["Guten Morgen,", "wie geht es?"], await heard);
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData(401, "invalid_api_key", FaultKind.Auth)]
    [InlineData(401, "missing_permissions", FaultKind.Auth)]
    [InlineData(401, "quota_exceeded", FaultKind.Quota)]
    [InlineData(402, "other", FaultKind.Quota)]
    [InlineData(403, "only_for_creator+", FaultKind.Auth)]
    [InlineData(400, "voice_not_found", FaultKind.BadRequest)]
    [InlineData(400, "max_character_limit_exceeded", FaultKind.BadRequest)]
    [InlineData(422, "text", FaultKind.BadRequest)]
    [InlineData(429, "too_many_concurrent_requests", FaultKind.RateLimited)]
    [InlineData(429, "system_busy", FaultKind.Overloaded)]
    [InlineData(500, "other", FaultKind.Overloaded)]
    [InlineData(503, "other", FaultKind.Overloaded)]
    [InlineData(529, "other", FaultKind.Overloaded)]
    public async Task A_refusal_tells_its_kind_by_its_name_and_else_by_its_status(int status, string code, FaultKind kind)
    {
        await using var studio = await OpenHttp();
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.Status, Where, Status: status, Code: code, RetryAfter: TimeSpan.FromSeconds(7)));

        var fault = await studio.Fault();

        Assert.Equal((kind, TimeSpan.FromSeconds(7), "request-1"), (fault.Kind, fault.RetryAfter, fault.RequestId));
        Assert.DoesNotContain("planned", fault.ToString(), StringComparison.OrdinalIgnoreCase);
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData(FaultForm.Refuse, 2, 0, FaultKind.Transport)]
    [InlineData(FaultForm.Reset, 2, 0, FaultKind.Transport)]
    [InlineData(FaultForm.TruncatedAudio, 1, 0, FaultKind.Truncated)]
    [InlineData(FaultForm.HangBeforeHeaders, 1, 0, FaultKind.Stalled)]
    [InlineData(FaultForm.Stall, 1, 0, FaultKind.Stalled)]
    [InlineData(FaultForm.Stall, 1, 2, FaultKind.Stalled)]
    public async Task A_request_that_breaks_tells_its_kind(object form, int times, int after, FaultKind kind)
    {
        await using var studio = await OpenHttp();
        studio.Vendor.Faults.Add(new PlannedFault((FaultForm)form, Where, Times: times, After: after));

        var fault = await studio.Fault("guten Morgen zusammen, schön dass ihr da seid", isLate: kind == FaultKind.Stalled);

        Assert.Equal(kind, fault.Kind);
        Assert.Equal(["danach"], await studio.Speak("danach"));
        await studio.CloseWithoutLeaks();
    }

    [Theory]
    [InlineData(FaultForm.Reset)]
    [InlineData(FaultForm.EndWithoutTerminator)]
    [InlineData(FaultForm.CutInFrame)]
    public async Task A_request_that_breaks_while_it_sounds_is_truncated(object form)
    {
        await using var studio = await OpenHttp();
        studio.Vendor.Script = new ElevenLabsScript { ChunkDelay = TimeSpan.FromSeconds(1) };
        studio.Vendor.Faults.Add(new PlannedFault((FaultForm)form, Where, After: 1));
        await using var stream = studio.Begin("guten Morgen zusammen");
        var chunks = stream.Chunks(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync());

        var rest = ReadRest();
        await Until.True("it breaks", () =>
        {
            studio.Time.Advance(TimeSpan.FromMilliseconds(100));
            return rest.IsCompleted;
        });

        Assert.Equal(FaultKind.Truncated, (await Assert.ThrowsAsync<EngineFaultException>(() => rest)).Kind);
        await studio.CloseWithoutLeaks();

        // A part of a chunk may be heard before it breaks.
        async Task ReadRest()
        {
            while (await chunks.MoveNextAsync())
            {
            }
        }
    }

    [Fact]
    public async Task A_request_that_breaks_before_the_first_sound_is_made_good_by_another()
    {
        await using var studio = await OpenHttp();
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.Refuse, Where));

        Assert.Equal(["Hallo"], await studio.Speak("Hallo"));
        Assert.Equal(2, studio.Ledger.CountOf(Where));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_cancelled_stream_takes_its_requests_back()
    {
        await using var studio = await OpenHttp();
        studio.Vendor.Script = new ElevenLabsScript { ChunkDelay = TimeSpan.FromSeconds(1) };
        await using var stream = studio.Begin("eins zwei drei vier fünf", "sechs sieben acht");
        var chunks = stream.Chunks(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync());

        stream.Cancel();

        Assert.False(await chunks.MoveNextAsync());
        await Until.True("nothing is generated any more", () => studio.Vendor.Account.Generating == 0);
        await studio.CloseWithoutLeaks();
    }

    static Task<Studio> OpenHttp() => Studio.Open(static options => options.Transport = "http");
}
