using System.Buffers.Binary;
using System.Text;

namespace VoiceGrains.Tests.Unit.Audio;

/// <summary>Builds WAV files chunk by chunk, also wrong ones.</summary>
static class WavMaker
{
    public static byte[] File(params byte[][] chunks)
    {
        byte[] body = [.. "WAVE"u8, .. chunks.SelectMany(static chunk => chunk)];
        return [.. "RIFF"u8, .. Number(body.Length), .. body];
    }

    /// <summary>A chunk, padded to an even length. The length it claims may be another than it has.</summary>
    public static byte[] Chunk(string name, byte[] content, uint? claimed = null) =>
        [.. Encoding.ASCII.GetBytes(name), .. Number((int)(claimed ?? (uint)content.Length)), .. content, .. new byte[content.Length % 2]];

    public static byte[] Format(int coding = 1, int channels = 1, int rate = 16_000, int bits = 16, byte[]? extension = null)
    {
        var align = channels * bits / 8;
        byte[] content = [.. Short(coding), .. Short(channels), .. Number(rate), .. Number(rate * align), .. Short(align), .. Short(bits), .. extension ?? []];
        return Chunk("fmt ", content);
    }

    public static byte[] Data(params byte[] audio) => Chunk("data", audio);

    static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    static byte[] Short(int value) => Number(value)[..2];
}
