using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.BadInput;

/// <summary>Audio that is no audio, too much of it, or in the wrong order.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class BadFrames(ScriptedSilo scripted)
{
    static readonly FrameHeader First = new(FrameKind.Microphone, 0, 1, TimeSpan.Zero);

    public static TheoryData<string, byte[], string> Broken => new()
    {
        { "empty message", [], "bad-frame" },
        { "half a header", new byte[8], "bad-frame" },
        { "another version", With(1, 9), "bad-frame" },
        { "a kind of the server", With(0, 3), "bad-frame" },
        { "a negative time", With(15, 0x80), "bad-frame" },
        { "no audio", First.WithAudio([]), "frame-too-small" },
        { "half a sample", First.WithAudio(new byte[321]), "frame-too-small" },
        { "half a second", First.WithAudio(new byte[16_000]), "frame-too-large" },
        { "a megabyte", First.WithAudio(new byte[1_000_000]), "message-too-large" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_frame_ends_the_connection_with_its_name(string what, byte[] frame, string code)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var raw = await RawSocket.Welcomed(call, "broken");

        await raw.Send(frame);
        var (errors, close) = await raw.UntilClosed();

        Assert.True(errors is [{ Fatal: true } error] && error.Code == code, $"{what}: {string.Join(", ", errors)}");
        Assert.Equal(CloseCode.ProtocolError, close);
    }

    [Fact]
    public async Task A_frame_before_the_hello_is_refused()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var raw = await RawSocket.Open(call, "hasty");

        await raw.Send(First.WithAudio(new byte[3_200]));
        var (errors, _) = await raw.UntilClosed();

        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task A_frame_without_the_right_to_speak_is_refused()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var (_, answer) = await scripted.Silo.Address.Post($"/v1/calls/{call.Id}/tickets", new { participant = "guest", language = "en", rights = new[] { "listen" } });
        await using var raw = await RawSocket.Open(
            new Uri(answer.GetProperty("socket").GetString()!), ProtocolJson.Subprotocol, $"ticket.{answer.GetProperty("ticket").GetString()}");
        await raw.Send("""{"type":"hello"}""");
        await raw.Until<Welcome>("the welcome");

        await raw.Send(First.WithAudio(new byte[3_200]));
        var (errors, _) = await raw.UntilClosed();

        Assert.Equal("may-not-speak", Assert.Single(errors).Code);
    }

    [Fact]
    public async Task Frames_out_of_order_are_asked_for_again_and_nothing_is_lost()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        await using var raw = await RawSocket.Welcomed(call, "shuffled");
        await ana.Until<RosterMessage>("the speaker is there", static roster => roster.Participants.Count == 2);
        var frames = Frames([.. ScriptedAudio.Encode("one two three four"), .. ScriptedAudio.Silence(TimeSpan.FromSeconds(0.7))]);

        foreach (var number in new[] { 1, 2, 2, 4, 5, 1, 6 })
            await raw.Send(frames[number - 1]);
        var resend = await raw.Until<Resend>("the request to send again");
        foreach (var frame in frames.Skip((int)resend.From - 1))
            await raw.Send(frame);

        Assert.Equal(3, resend.From);
        await ana.Until("the whole sentence once", () => ana.HeardWords == "one·es two·es three·es four·es");
        await call.AssertNothingIsLost("shuffled");
    }

    static List<byte[]> Frames(byte[] audio) =>
        [.. audio.Chunk(3_200).Select(static (piece, at) => new FrameHeader(FrameKind.Microphone, 0, (uint)at + 1, TimeSpan.FromSeconds(at / 10.0)).WithAudio(piece))];

    static byte[] With(int position, byte value)
    {
        var frame = First.WithAudio(new byte[3_200]);
        frame[position] = value;
        return frame;
    }
}
