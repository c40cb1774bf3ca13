using System.Globalization;
using System.Runtime.InteropServices;
using VoiceGrains.Audio;

namespace VoiceGrains.Voices;

/// <summary>What a recording must have.</summary>
/// <param name="LowestRate">Samples a second.</param>
/// <param name="Quietest">Level of the speech, in dB relative to full scale.</param>
/// <param name="MostSilent">Share without speech.</param>
sealed record SampleNeed(
    TimeSpan ShortestSpeech, TimeSpan LongestSpeech, TimeSpan Longest, int LowestRate, double Quietest, double Loudest, double MostClipped, double MostSilent)
{
    /// <summary>What a voice is made of. ElevenLabs, instant voice cloning: 1 to 2 minutes, more than 3 harm; -23 to -18 dB RMS are best, so much more or less is refused.</summary>
    public static SampleNeed OfVoice { get; } = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(180), 16_000, -36, -9, 0.001, 0.6);

    /// <summary>Somebody says that they agree.</summary>
    public static SampleNeed OfConsent { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90), 8_000, -45, -6, 0.02, 0.9);
}

/// <summary>What was found in a recording.</summary>
/// <param name="Figures">Null: it can't be read.</param>
sealed record SampleReport(SampleFigures? Figures, IReadOnlyList<SampleFlaw> Flaws);

/// <summary>Whether a recording is good enough, and what to do when it is not.</summary>
static class SampleCheck
{
    // Converters and microphones clip a little below the last value.
    const int ClippedFrom = 32_700;
    const int StepsInASecond = 100;

    public static SampleReport Check(byte[] wav, SampleNeed need, DateTimeOffset now)
    {
        try
        {
            using var file = new MemoryStream(wav, writable: false);
            var (format, audio) = WavFile.Read(file);
            if (format.Coding != Coding.Pcm16 || format.SampleRate < need.LowestRate)
            {
                return new SampleReport(null, [new("sample-format",
                    $"The recording is {format.Name}. Record one person, mono, 16 bit, at {need.LowestRate} samples a second or more; converting what was recorded with less does not help.")]);
            }

            var figures = Measure(MemoryMarshal.Cast<byte, short>(audio), format.SampleRate, now);
            return new SampleReport(figures, [.. Flaws(figures, need)]);
        }
        catch (WavException error)
        {
            return new SampleReport(null, [new("sample-format", error.Message)]);
        }
    }

    static SampleFigures Measure(ReadOnlySpan<short> samples, int rate, DateTimeOffset now)
    {
        var activity = new VoiceActivity();
        var step = rate / StepsInASecond;
        var (steps, spoken, clipped) = (0, 0, 0);
        double energy = 0;
        for (var at = 0; at + step <= samples.Length; at += step)
        {
            var piece = samples.Slice(at, step);
            steps++;
            foreach (var sample in piece)
                clipped += Math.Abs((int)sample) >= ClippedFrom ? 1 : 0;
            if (!activity.Take(piece))
                continue;
            spoken++;
            energy += Math.Pow(10, VoiceActivity.Level(piece) / 10);
        }

        return new SampleFigures(
            TimeSpan.FromSeconds((double)samples.Length / rate),
            TimeSpan.FromSeconds((double)spoken / StepsInASecond),
            spoken == 0 ? -96 : Math.Round(10 * Math.Log10(energy / spoken), 1),
            samples.Length == 0 ? 0 : (double)clipped / samples.Length,
            steps == 0 ? 1 : 1 - ((double)spoken / steps),
            now);
    }

    static IEnumerable<SampleFlaw> Flaws(SampleFigures figures, SampleNeed need)
    {
        if (figures.Speech < need.ShortestSpeech)
            yield return new("sample-too-short", Text($"There are {figures.Speech.TotalSeconds:0} s of speech; {need.ShortestSpeech.TotalSeconds:0} s are needed. Record more, in one go."));
        if (figures.Speech > need.LongestSpeech || figures.Length > need.Longest)
            yield return new("sample-too-long", Text($"There are {figures.Speech.TotalSeconds:0} s of speech in {figures.Length.TotalSeconds:0} s; at most {need.LongestSpeech.TotalSeconds:0} s in {need.Longest.TotalSeconds:0} s are taken. Cut it: sox IN.wav OUT.wav trim 0 {need.LongestSpeech.TotalSeconds:0}"));
        // Without speech there is no level to speak of.
        if (figures.Speech > TimeSpan.Zero && figures.Level < need.Quietest)
            yield return new("sample-too-quiet", Text($"The speech has {figures.Level:0} dB; {need.Quietest:0} dB are needed, -23 to -18 dB are best. Go nearer to the microphone, or raise its level."));
        if (figures.Level > need.Loudest)
            yield return new("sample-too-loud", Text($"The speech has {figures.Level:0} dB; at most {need.Loudest:0} dB are taken, -23 to -18 dB are best. Lower the level of the microphone and record again."));
        if (figures.Clipped > need.MostClipped)
            yield return new("sample-clipped", Text($"{figures.Clipped * 100:0.0} % of the recording hit the limit. Lower the level of the microphone and record again: making it quieter afterwards does not mend it."));
        if (figures.Silent > need.MostSilent)
            yield return new("sample-silent", Text($"{figures.Silent * 100:0} % of the recording are silence or only noise; at most {need.MostSilent * 100:0} % may be. Speak without long pauses, or cut them: sox IN.wav OUT.wav silence -l 1 0.1 1% -1 0.5 1%"));
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
