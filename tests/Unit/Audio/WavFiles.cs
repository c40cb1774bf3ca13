using VoiceGrains.Audio;
using static VoiceGrains.Tests.Unit.Audio.WavMaker;

namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>WAV files are read, or refused with a sentence that says what to do.</summary>
public sealed class WavFiles
{
    [Fact]
    public void What_is_written_is_read()
    {
        using var file = new MemoryStream();

        WavFile.Write(file, 24_000, [1, 2, 3, 4]);
        file.Position = 0;
        var (format, audio) = WavFile.Read(file);

        Assert.Equal("pcm24", format.Name);
        Assert.Equal([1, 2, 3, 4], audio);
    }

    [Theory]
    [InlineData(1, 8_000, 16, "pcm8")]
    [InlineData(1, 16_000, 16, "pcm16")]
    [InlineData(1, 48_000, 16, "pcm48")]
    [InlineData(7, 8_000, 8, "mulaw8")]
    public void Formats_of_the_product_are_taken(int coding, int rate, int bits, string expected) =>
        Assert.Equal(expected, Read(File(Format(coding, 1, rate, bits), Data(1, 2))).Format.Name);

    [Fact]
    public void The_extensible_format_is_taken_for_what_it_is()
    {
        byte[] extension = [22, 0, 16, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];

        Assert.Equal(AudioFormat.Cluster, Read(File(Format(0xFFFE, extension: extension), Data(1, 2))).Format);
    }

    [Fact]
    public void Chunks_of_other_programs_are_passed_over()
    {
        var file = File(Chunk("LIST", [1, 2, 3]), Format(), Chunk("fact", [1, 0, 0, 0]), Chunk("bext", new byte[5_001]), Data(7, 8), Chunk("id3 ", [9]));

        Assert.Equal([7, 8], Read(file).Audio);
    }

    [Fact]
    public void A_file_that_is_cut_off_gives_what_it_has() =>
        Assert.Equal([7, 8], Read(File(Format(), Chunk("data", [7, 8, 9, 9], claimed: 32_000))[..^1]).Audio);

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    public void A_length_that_a_pipe_could_not_know_is_that_of_the_file(uint claimed) =>
        Assert.Equal([7, 8], Read(File(Format(), Chunk("data", [7, 8], claimed))).Audio);

    [Fact]
    public void A_file_that_claims_ten_hours_and_holds_a_moment_gives_the_moment() =>
        Assert.Equal([7, 8], Read(File(Format(), Chunk("data", [7, 8], claimed: 10 * 3_600 * 32_000))).Audio);

    [Fact]
    public void Ten_hours_are_refused_before_they_are_read()
    {
        var head = File(Format(), Chunk("data", [], claimed: 10 * 3_600 * 32_000));
        using var file = new EndlessFile(head, 10L * 3_600 * 32_000);

        var error = Assert.Throws<WavException>(() => WavFile.Read(file));

        Assert.Contains("longer than 4 hours", error.Message, StringComparison.Ordinal);
        Assert.Contains("sox IN.wav OUT.wav trim 0 4:00:00", error.Message, StringComparison.Ordinal);
        Assert.InRange(file.Position, 0, 1_000_000);
    }

    public static TheoryData<byte[], string> Refused => new()
    {
        { [], "no WAV file" },
        { "ID3 this is an MP3 file"u8.ToArray(), "no WAV file" },
        { "RIFF\0\0\0\0AVI LIST"u8.ToArray(), "no WAV file" },
        { File(), "holds no audio" },
        { File(Format()), "holds no audio" },
        { File(Chunk("LIST", [1, 2], claimed: 0xFFFFFFFF)), "holds no audio" },
        { File(Data(1, 2)), "audio before its format" },
        { File(Format(), Data()), "is empty" },
        { File(Format(), Data(1)), "is empty" },
        { File(Format(channels: 2), Data(1, 2)), "2 channels; one is needed" },
        { File(Format(rate: 44_100), Data(1, 2)), "44100 samples a second; 8000, 16000, 24000 or 48000" },
        { File(Format(bits: 24), Data(1, 2)), "24 bits a sample; 16 are needed" },
        { File(Format(coding: 3, bits: 32), Data(1, 2)), "neither PCM nor mu-law (coding 3)" },
        { File(Format(coding: 7, rate: 16_000, bits: 8), Data(1, 2)), "16000 samples a second" },
        { File(Chunk("fmt ", [1, 0, 1, 0]), Data(1, 2)), "impossible length" },
        { File(Chunk("fmt ", new byte[2_000]), Data(1, 2)), "impossible length" },
        { File(Format())[..30], "ends within its header" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_taken_is_refused_with_what_to_do(byte[] file, string expected)
    {
        var error = Assert.Throws<WavException>(() => Read(file));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Matches("Convert it: sox .+|Record it again", error.Message);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() => Law.Holds(
        Any.Bytes,
        static bytes =>
        {
            try
            {
                return Read([.. "RIFF\0\0\0\0WAVE"u8, .. Format(), .. bytes]).Audio.Length <= bytes.Length;
            }
            catch (WavException)
            {
                return true;
            }
        });

    static (AudioFormat Format, byte[] Audio) Read(byte[] file) => WavFile.Read(new MemoryStream(file));

    /// <summary>A file that begins with some bytes and goes on with silence.</summary>
    sealed class EndlessFile(byte[] head, long rest) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => head.Length + rest;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, Length - Position);
            for (var i = 0; i < read; i++)
                buffer[offset + i] = Position + i < head.Length ? head[Position + i] : (byte)0;
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
