using VoiceGrains.Tests.Emulators.Deepgram;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>For each rule of the handshake a client that breaks it: the double refuses it as the vendor does, and notes it.</summary>
public sealed class StrictHandshakes
{
    [Theory]
    [InlineData("/v1/listen?model=nova-3&encoding=linear16&sample_rate=16000&speed=2", "unknown query parameter speed")]
    [InlineData("/v1/listen?model=nova-3&encoding=linear16", "raw audio needs encoding and sample_rate")]
    [InlineData("/v1/listen?model=nova-3&sample_rate=16000", "raw audio needs encoding and sample_rate")]
    [InlineData("/v1/listen?model=nova-3&encoding=linear16&sample_rate=16000&interim_results=True", "interim_results is neither true nor false")]
    [InlineData("/v1/listen?model=nova-3&encoding=linear16&sample_rate=16000&utterance_end_ms=1000", "utterance_end_ms is at least 1000 and needs interim_results")]
    [InlineData("/v1/listen?model=nova-3&encoding=linear16&sample_rate=16000&interim_results=true&utterance_end_ms=500", "utterance_end_ms is at least 1000 and needs interim_results")]
    [InlineData("/v1/listen?model=nova-3&encoding=linear16&sample_rate=16000&endpointing=soon", "endpointing is neither a number of milliseconds nor false")]
    [InlineData("/v1/listen?model=nova-2&encoding=linear16&sample_rate=16000&keyterm=Orleans", "keyterm needs nova-3")]
    [InlineData("/v1/listen?model=nova-3&encoding=linear16&sample_rate=16000&keywords=Orleans:2", "keywords are of older models")]
    [InlineData("/v1/listen?model=nova-3&encoding=linear16&sample_rate=16000&language=en&language=de", "query parameter language stands twice")]
    [InlineData("/v2/listen?model=flux-general-en&encoding=linear16&sample_rate=16000&language=en", "unknown query parameter language")]
    [InlineData("/v2/listen?model=nova-3&encoding=linear16&sample_rate=16000", "unknown Flux model")]
    [InlineData("/v2/listen?model=flux-general-en&encoding=linear16", "raw audio needs encoding and sample_rate")]
    [InlineData("/v2/listen?model=flux-general-en&encoding=linear16&sample_rate=16000&language_hint=de", "language_hint is of flux-general-multi and its ten languages")]
    [InlineData("/v2/listen?model=flux-general-multi&encoding=linear16&sample_rate=16000&language_hint=uk", "language_hint is of flux-general-multi and its ten languages")]
    [InlineData("/v2/listen?model=flux-general-en&encoding=linear16&sample_rate=16000&eot_threshold=0,7", "eot_threshold is no number")]
    [InlineData("/v2/listen?model=flux-general-en&encoding=linear16&sample_rate=16000&eot_threshold=0.4", "eot_threshold is from 0.5 to 1")]
    [InlineData("/v2/listen?model=flux-general-en&encoding=linear16&sample_rate=16000&eot_threshold=0.6&eager_eot_threshold=0.7", "eager_eot_threshold is from 0.3 to 0.9 and not above eot_threshold")]
    [InlineData("/v2/listen?model=flux-general-en&encoding=linear16&sample_rate=16000&eot_timeout_ms=100", "eot_timeout_ms is from 500 to 60000")]
    public async Task Settings_that_the_vendor_does_not_take_are_a_bad_request(string address, string rule)
    {
        await using var vendor = await DeepgramEmulator.Start();

        await using var client = await RawListener.Connect(vendor, address);

        Assert.Equal((400, "INVALID_QUERY_PARAMETER"), client.Refused);
        Assert.Equal([rule], vendor.Ledger.Mistakes);
    }

    [Fact]
    public async Task More_keyterms_than_the_model_takes_are_a_bad_request()
    {
        await using var vendor = await DeepgramEmulator.Start();
        var many = string.Concat(Enumerable.Range(0, 101).Select(static number => $"&keyterm=t{number}"));
        var large = $"&keyterm={new string('a', 2_004)}";

        await using var flux = await RawListener.Connect(vendor, RawListener.Flux + many);
        await using var nova = await RawListener.Connect(vendor, RawListener.Nova + large);

        Assert.Equal(["more than 100 keyterms", "more than 500 tokens of keyterms"], vendor.Ledger.Mistakes);
        Assert.Equal((400, 400), (flux.Refused?.Status, nova.Refused?.Status));
    }

    [Theory]
    [InlineData("Bearer dg-test-key")]
    [InlineData("Token dg-test-token")]
    [InlineData("Token other")]
    [InlineData("dg-test-key")]
    public async Task A_wrong_key_or_scheme_is_unauthorized(string authorization)
    {
        await using var vendor = await DeepgramEmulator.Start();

        await using var client = await RawListener.Connect(vendor, RawListener.Nova, authorization);

        Assert.Equal((401, "INVALID_AUTH"), client.Refused);
        Assert.Equal(["wrong key or wrong authorization scheme"], vendor.Ledger.Mistakes);
    }

    [Theory]
    [InlineData("Token dg-test-key")]
    [InlineData("Bearer dg-test-token")]
    public async Task A_key_is_a_Token_and_a_token_is_a_Bearer(string authorization)
    {
        await using var vendor = await DeepgramEmulator.Start();

        await using var client = await RawListener.Connect(vendor, RawListener.Flux, authorization);

        Assert.Null(client.Refused);
        Assert.Equal("Connected", (await client.Hear())?.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Who_vanishes_without_a_close_frame_keeps_their_place_for_a_while()
    {
        var time = new ManualTime();
        await using var vendor = await DeepgramEmulator.Start(time: time);
        vendor.MostSockets = 1;
        await using (var careless = await RawListener.Connect(vendor, RawListener.Nova))
            careless.Abort();
        await Until.True("the vendor notices", () => vendor.Ledger.Mistakes.Count == 1);

        await using var early = await RawListener.Connect(vendor, RawListener.Nova);
        time.Advance(TimeSpan.FromSeconds(10));
        await using var late = await RawListener.Connect(vendor, RawListener.Nova);

        Assert.Equal(["socket left without a close frame"], vendor.Ledger.Mistakes);
        Assert.Equal((429, "TOO_MANY_REQUESTS"), early.Refused);
        Assert.Null(late.Refused);
    }
}
