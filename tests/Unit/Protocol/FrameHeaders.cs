using FsCheck.Fluent;
using VoiceGrains.Protocol;

namespace VoiceGrains.Tests.Unit.Protocol;

/// <summary>The 16 bytes before audio.</summary>
public sealed class FrameHeaders
{
    [Fact]
    public void The_layout_is_little_endian_and_never_changes()
    {
        var message = new FrameHeader(FrameKind.Speech, 0x0102, 0x03040506, TimeSpan.FromMicroseconds(0x0708090A)).WithAudio([0xAA, 0xBB]);

        Assert.Equal("03010201060504030A09080700000000AABB", Convert.ToHexString(message));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var headers = from kind in Gen.Elements(FrameKind.Microphone, FrameKind.Original, FrameKind.Speech)
                      from stream in Gen.Choose(0, ushort.MaxValue)
                      from sequence in Gen.OneOf(Gen.Choose(0, int.MaxValue).Select(static number => (uint)number), Gen.Constant(uint.MaxValue))
                      from seconds in Gen.Choose(0, 7 * 24 * 3_600)
                      select new FrameHeader(kind, (ushort)stream, sequence, TimeSpan.FromSeconds(seconds));

        Law.Holds(headers, static header => FrameHeader.TryRead(header.WithAudio([1, 2, 3]), out var read) && read == header);
    }

    [Theory]
    [InlineData("")]
    [InlineData("010100000100000000000000000000")]
    [InlineData("00010000010000000000000000000000")]
    [InlineData("04010000010000000000000000000000")]
    [InlineData("01000000010000000000000000000000")]
    [InlineData("01020000010000000000000000000000")]
    [InlineData("010100000100000000000000000000FF")]
    [InlineData("0101000001000000FFFFFFFFFFFFFF7F")]
    [InlineData("010100000100000001A0BECCA0000000")]
    public void Too_short_another_version_kind_or_time_is_refused(string hex)
    {
        Assert.False(FrameHeader.TryRead(Convert.FromHexString(hex), out var header));
        Assert.Equal(default, header);
    }

    [Fact]
    public void Any_bytes_are_a_header_that_can_be_written_back_or_refused() => Law.Holds(
        Any.Bytes.Select(static bytes => bytes.Length < 2 ? bytes : [(byte)(bytes[0] % 5), (byte)(bytes[1] % 3), .. bytes[2..]]),
        static bytes => !FrameHeader.TryRead(bytes, out var header) || header.WithAudio(bytes.AsSpan(FrameHeader.Size)).AsSpan().SequenceEqual(bytes),
        cases: 1_000);
}
