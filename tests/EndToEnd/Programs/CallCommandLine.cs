using System.Diagnostics;
using System.Text.Json;
using VoiceGrains.Audio;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Programs;

/// <summary><c>./voicegrains call</c>: what a developer tries first.</summary>
public sealed class CallCommandLine
{
    const string Goodbye = "/usr/share/asterisk/sounds/en_US_f_Allison/vm-goodbye.wav";
    readonly string _folder = Directory.CreateTempSubdirectory("call-").FullName;

    [Fact]
    public async Task A_recording_is_captioned_translated_spoken_and_measured()
    {
        await using var silo = await SiloProcess.Start("--Engines:PocketSphinx:Languages", "en");
        var (heard, json) = (Path.Combine(_folder, "heard.wav"), Path.Combine(_folder, "rows.json"));

        var (code, output) = await Call(
            "--in", Goodbye, "--from", "en", "--to", "es", "--out", heard, "--json", json, "--url", silo.Address.ToString(), "--key", SiloProcess.ApiKey);

        Assert.True(code == 0, output);
        Assert.Contains("Goodbye", output, StringComparison.Ordinal);
        Assert.Contains("Adiós", output, StringComparison.Ordinal);
        Assert.Contains("end of speech to translated audio", output, StringComparison.Ordinal);
        var row = JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement.EnumerateArray().Single(static row => row.GetProperty("translation").GetString()!.Length > 0);
        Assert.Equal("good", row.GetProperty("quality").GetString());
        Assert.True(row.GetProperty("endToFirstAudioMs").GetDouble() > 0);
        Assert.InRange(WavFile.Read(heard).Audio.Count(static sample => sample != 0), 8_000, 1_000_000);
    }

    public static TheoryData<string, byte[], string> BadRecordings => new()
    {
        { "no WAV", "This is a text."u8.ToArray(), "WAV" },
        { "empty", [], "WAV" },
        { "stereo", Wav(16_000, channels: 2, bits: 16), "2 channels" },
        { "44.1 kHz", Wav(44_100, channels: 1, bits: 16), "44100" },
        { "24 bit", Wav(16_000, channels: 1, bits: 24), "24 bits" },
    };

    [Theory]
    [MemberData(nameof(BadRecordings))]
    public async Task A_recording_that_can_not_be_used_is_named(string what, byte[] file, string expected)
    {
        var path = Path.Combine(_folder, "bad.wav");
        await File.WriteAllBytesAsync(path, file);

        var (code, output) = await Call("--in", path, "--from", "en", "--to", "es");

        Assert.True(code == 1 && output.Contains(expected, StringComparison.Ordinal), $"{what}: {code} {output}");
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        var (code, output) = await Call("--in", Goodbye, "--from", "en", "--to", "es", "--url", "http://127.0.0.1:1");

        Assert.Equal(1, code);
        Assert.Contains("The server can't be reached. Start one with ./voicegrains up", output, StringComparison.Ordinal);
    }

    static async Task<(int Code, string Output)> Call(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(SiloProcess.Program("VoiceGrains.Client", "voicegrains-call"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    static byte[] Wav(int rate, short channels, short bits)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        var data = new byte[rate / 10 * channels * bits / 8];
        writer.Write("RIFF"u8);
        writer.Write(36 + data.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write(channels);
        writer.Write(rate);
        writer.Write(rate * channels * bits / 8);
        writer.Write((short)(channels * bits / 8));
        writer.Write(bits);
        writer.Write("data"u8);
        writer.Write(data.Length);
        writer.Write(data);
        return file.ToArray();
    }
}
