using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Deepgram;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines.Deepgram;

/// <summary>How audio goes out: in which pieces, how fast, and what happens while it can't.</summary>
public sealed class SendingPace
{
    [Theory]
    [InlineData("nova")]
    [InlineData("flux")]
    public async Task Late_audio_catches_up_no_faster_than_the_vendor_takes_it(string api)
    {
        await using var line = await DeepgramLine.Start(speed: 1.25);
        var said = SpokenAudio.Words(40);

        var heard = await line.SayAll(api, SpokenAudio.Of(said, 800));

        Assert.Null(heard.Fault);
        Assert.Equal(said, heard.Text);
        await line.AssertClean();
    }

    [Fact]
    public async Task Pieces_have_50_to_80_ms_whatever_the_frames_have()
    {
        await using var line = await DeepgramLine.Start();
        var session = line.Open("nova");
        var heard = new Recording(session);

        foreach (var frame in SpokenAudio.Pause(4_000).Chunk(640))
            await Until.True("the session takes audio", () => session.TryWrite(frame));
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();

        var frames = line.Vendor.Ledger.CountOf("audio frames");
        Assert.Equal(128_000, line.Vendor.Ledger.CountOf("audio bytes"));
        Assert.InRange(frames, 4_000 / 80, (4_000 / 50) + 1);
        await line.AssertClean();
    }

    [Fact]
    public async Task A_session_holds_at_least_ten_seconds_and_not_much_more()
    {
        await using var line = await DeepgramLine.Start(static options => options.CloseDeadline = TimeSpan.FromMilliseconds(200), speed: 1.25);
        line.Vendor.Faults.Add(new PlannedFault(FaultForm.HangBeforeHeaders));
        await using var session = line.Open("nova");

        var taken = 0;
        while (session.TryWrite(new byte[3_200]))
            taken += 3_200;

        Assert.InRange(taken / 32_000.0, 10, 13);
        Assert.False(session.TryWrite(new byte[3_200]));
    }

    [Fact]
    public async Task A_vendor_that_reads_nothing_makes_the_session_refuse_audio_and_then_fail()
    {
        await using var line = await DeepgramLine.Start(
            static options => (options.StallAfter, options.CloseDeadline) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(200)),
            speed: 10_000);
        line.Vendor.Manners.ReadsFor = TimeSpan.FromMilliseconds(500);
        var session = line.Open("nova");
        var heard = new Recording(session);
        var refused = 0;
        var silence = SpokenAudio.Pause(1_000);

        await Until.True("the session fails", () =>
        {
            while (session.TryWrite(silence))
            {
            }

            refused++;
            return heard.IsOver;
        });
        await session.DisposeAsync();

        Assert.Equal(FaultKind.Stalled, heard.Fault?.Kind);
        Assert.True(refused > 1);
    }

    [Theory]
    [InlineData("nova")]
    [InlineData("flux")]
    public async Task A_connection_is_kept_alive_while_nobody_writes(string api)
    {
        var time = new ManualTime();
        await using var line = await DeepgramLine.Start(time: time);
        var session = line.Open(api);
        var heard = new Recording(session);
        Assert.True(session.TryWrite(new byte[3_200]));
        await Until.True("the audio is out", () => line.Vendor.Ledger.CountOf("audio bytes") >= 3_200);

        await Until.True("three keep-alives came", () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            return api == "nova" ? line.Vendor.Ledger.CountOf("KeepAlive") >= 3 : line.Vendor.Ledger.CountOf("audio bytes") >= 3_200 + (3 * 2_560);
        });
        session.Complete();
        await heard.Ended;
        await session.DisposeAsync();

        Assert.Null(heard.Fault);
        Assert.Equal(TimeSpan.FromMilliseconds(100), heard.Events[^1].Until);
        await line.AssertClean();
    }

    [Fact]
    public void What_is_on_time_passes_at_once_and_what_is_late_at_the_speed_of_replay()
    {
        var time = new ManualTime();
        var pace = new ReplayPace(1.25, time);
        var (sent, piece) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(80));

        for (var step = 0; step < 8_000; step++)
        {
            for (; pace.Wait() == TimeSpan.Zero; sent += piece)
                pace.Spend(piece);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(sent.TotalSeconds, 10, 10.4);
    }

    [Fact]
    public void A_finish_never_overtakes_audio_and_comes_once()
    {
        var outgoing = new OutgoingAudio(32_000);
        outgoing.TryWrite(new byte[1_000]);
        outgoing.Finish();
        outgoing.Finish();
        outgoing.TryWrite(new byte[9_000]);
        outgoing.Complete();

        var order = new List<(OutgoingKind Kind, int Length)>();
        var piece = new byte[2_560];
        while (order is [] or [.., { Kind: not OutgoingKind.End }])
            order.Add((outgoing.Take(piece, 1_600, isTail: false, out var length), length));

        Assert.Equal([OutgoingKind.Audio, OutgoingKind.Finish], order.Take(2).Select(static part => part.Kind));
        Assert.Equal(1_000, order[0].Length);
        Assert.Equal(9_000, order.Skip(2).Sum(static part => part.Length));
        Assert.All(order.Skip(2).SkipLast(1), static part => Assert.InRange(part.Length, 1_600, 2_560));
        Assert.False(outgoing.TryWrite(new byte[2]));
    }

    [Fact]
    public void Audio_comes_out_as_it_went_in_however_it_is_cut()
    {
        var outgoing = new OutgoingAudio(40_000);
        var random = new Random(7);
        var (written, read) = (new List<byte>(), new List<byte>());
        var piece = new byte[2_560];

        for (var round = 0; round < 500; round++)
        {
            var audio = new byte[random.Next(1, 4_000)];
            random.NextBytes(audio);
            if (outgoing.TryWrite(audio))
                written.AddRange(audio);
            if (outgoing.Take(piece, 1_600, isTail: round % 3 == 0, out var length) == OutgoingKind.Audio)
                read.AddRange(piece[..length]);
        }

        while (outgoing.Take(piece, 1_600, isTail: true, out var length) == OutgoingKind.Audio)
            read.AddRange(piece[..length]);
        Assert.Equal(written[..^(written.Count % 2)], read);
        Assert.True(read.Count > 200_000);
    }

    [Fact]
    public void Silence_that_nobody_wrote_does_not_move_the_words_after_it()
    {
        var clock = new StreamClock();
        clock.SendWritten(16_000);
        clock.SendSilence(8_000);
        clock.SendSilence(8_000);
        clock.SendWritten(16_000);
        clock.SendSilence(16_000);
        clock.SendWritten(8_000);

        var written = ((double[])[0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.25, 9]).Select(vendor => clock.ToWritten(TimeSpan.FromSeconds(vendor)).TotalSeconds);

        Assert.Equal([0.5, 1, 1, 1, 1.5, 2, 2, 2, 2.25, 2.5], written);
    }
}
