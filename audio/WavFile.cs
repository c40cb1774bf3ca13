using System.Buffers.Binary;

namespace VoiceGrains.Audio;

/// <summary>A WAV file that this product can't take, with what to do about it.</summary>
public sealed class WavException(string message) : Exception(message);

/// <summary>
/// WAV files (RIFF, Microsoft multimedia standards update of 1994): mono, PCM 16 bit at 8, 16, 24 or 48 kHz, or mu-law at 8 kHz.
/// </summary>
public static class WavFile
{
    /// <summary>Longest recording that is taken.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    const string Fix = "Convert it: sox IN.wav -r 16000 -c 1 -b 16 OUT.wav";

    /// <summary>Reads a file. Throws <see cref="WavException"/> for anything that is not taken, and <see cref="IOException"/>.</summary>
    public static (AudioFormat Format, byte[] Audio) Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file);
    }

    /// <inheritdoc cref="Read(string)"/>
    public static (AudioFormat Format, byte[] Audio) Read(Stream file)
    {
        Span<byte> head = stackalloc byte[12];
        if (file.ReadAtLeast(head, 12, throwOnEndOfStream: false) < 12 || !head[..4].SequenceEqual("RIFF"u8) || !head[8..12].SequenceEqual("WAVE"u8))
            throw new WavException($"This is no WAV file: it does not begin with RIFF and WAVE. {Fix}");

        AudioFormat? format = null;
        Span<byte> chunkHead = stackalloc byte[8];
        while (file.ReadAtLeast(chunkHead, 8, throwOnEndOfStream: false) == 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunkHead[4..]);
            if (chunkHead[..4].SequenceEqual("fmt "u8))
                format = ReadFormat(file, length);
            else if (chunkHead[..4].SequenceEqual("data"u8))
                return ReadAudio(file, length, format ?? throw new WavException($"The WAV file has audio before its format. {Fix}"));
            else
                Skip(file, length + (length & 1));
        }

        throw new WavException($"The WAV file holds no audio. {Fix}");
    }

    /// <summary>Writes 16-bit mono PCM.</summary>
    public static void Write(Stream file, int sampleRate, ReadOnlySpan<byte> audio)
    {
        Span<byte> head = stackalloc byte[44];
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], 36 + audio.Length);
        "WAVEfmt "u8.CopyTo(head[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(head[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(head[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(head[28..], sampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(head[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(head[34..], 16);
        "data"u8.CopyTo(head[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[40..], audio.Length);
        file.Write(head);
        file.Write(audio);
    }

    static AudioFormat ReadFormat(Stream file, uint length)
    {
        if (length is < 16 or > 1_024)
            throw new WavException($"The WAV file's format chunk has an impossible length. {Fix}");
        Span<byte> chunk = stackalloc byte[(int)length];
        if (file.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) < chunk.Length)
            throw new WavException($"The WAV file ends within its header. {Fix}");
        var (coding, channels) = (BinaryPrimitives.ReadUInt16LittleEndian(chunk), BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]));
        var (rate, bits) = (BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]), BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]));
        // The extensible format holds the true coding in the first bytes of its sub-format.
        if (coding == 0xFFFE && length >= 26)
            coding = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        if (channels != 1)
            throw new WavException($"The WAV file has {channels} channels; one is needed. {Fix}");
        return (coding, bits) switch
        {
            (1, 16) => FormatOf(Coding.Pcm16, rate),
            (7, 8) => FormatOf(Coding.MuLaw, rate),
            (1, _) => throw new WavException($"The WAV file has {bits} bits a sample; 16 are needed. {Fix}"),
            _ => throw new WavException($"The WAV file is neither PCM nor mu-law (coding {coding}). {Fix}"),
        };
    }

    static AudioFormat FormatOf(Coding coding, int rate) =>
        AudioFormat.All.FirstOrDefault(known => known.Coding == coding && known.SampleRate == rate)
        ?? throw new WavException($"The WAV file has {rate} samples a second; 8000, 16000, 24000 or 48000 are taken. {Fix}");

    static (AudioFormat Format, byte[] Audio) ReadAudio(Stream file, uint length, AudioFormat format)
    {
        // A writer to a pipe can't know the length and leaves a huge one: the end of the file is the truth then.
        var limit = (long)(Longest.TotalSeconds * format.BytesPerSecond);
        var known = length is 0 or >= 0x7FFF0000 ? limit + 1 : length;
        if (file.CanSeek)
            known = Math.Min(known, file.Length - file.Position);
        if (known > limit && file.CanSeek)
            throw new WavException($"The WAV file plays longer than {Longest.TotalHours:0} hours. Cut it: sox IN.wav OUT.wav trim 0 4:00:00");

        using var audio = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (audio.Length < known && file.Read(buffer, 0, (int)Math.Min(buffer.Length, known - audio.Length)) is > 0 and var read)
            audio.Write(buffer, 0, read);
        if (audio.Length > limit)
            throw new WavException($"The WAV file plays longer than {Longest.TotalHours:0} hours. Cut it: sox IN.wav OUT.wav trim 0 4:00:00");
        if (audio.Length < 2)
            throw new WavException("The WAV file is empty: it has a header and no samples. Record it again.");
        var bytes = audio.ToArray();
        return (format, format.Coding == Coding.Pcm16 && bytes.Length % 2 == 1 ? bytes[..^1] : bytes);
    }

    static void Skip(Stream file, long length)
    {
        var buffer = new byte[4_096];
        while (length > 0 && file.Read(buffer, 0, (int)Math.Min(buffer.Length, length)) is > 0 and var read)
            length -= read;
    }
}
