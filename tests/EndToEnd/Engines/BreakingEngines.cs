using System.Diagnostics;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Engines;

/// <summary>Engines that are missing, or die in mid-call, cost what they were doing and nothing else.</summary>
public sealed class BreakingEngines
{
    [Fact]
    public async Task Without_a_synthesizer_there_are_captions_and_a_notice()
    {
        await using var silo = await Start("--Engines:EspeakNg:Program", "/no/such/program");
        await using var call = await TestCall.Open(silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");

        await ben.Client.Say("Good morning.");
        await ana.Until("the caption", () => ana.Finals("es").Count == 1);
        await ana.Until<Notice>("a notice", static notice => notice.Kind is "no-voice" or "synthesizer-failed");
        await ben.UntilRecorded();

        Assert.Equal("Buenos días.", ana.Finals("es")[0]);
        await call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task Without_a_recognizer_one_can_type_and_is_told_so()
    {
        await using var silo = await Start("--Engines:PocketSphinx:AcousticModel", "/no/such/model");
        await using var call = await TestCall.Open(silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");

        Assert.False(ben.Client.Welcome.CanBeRecognized);
        Assert.Equal("no-recognizer", Assert.Single(ben.All<Notice>()).Kind);
        await ben.Client.Send(new ChangeLanguage("fr"));
        await ben.Until("a notice again", () => ben.All<Notice>().Count(static notice => notice.Kind == "no-recognizer") == 2);
        await ben.Client.Send(new ChangeLanguage("en"));
        await ben.Client.SendFrame(new byte[3_200]);
        await ben.Client.Say("Good morning.");
        await ana.Until("the caption", () => ana.Finals("es") is ["Buenos días."]);
        await ben.UntilRecorded();

        await call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task A_sentence_that_no_translator_knows_is_read_in_the_original()
    {
        await using var silo = await Start("--Engines:Translators", "phrasebook");
        await using var call = await TestCall.Open(silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");

        await ben.Client.Say("Colourless green ideas sleep furiously.");
        await ana.Until<Caption>("the caption", static caption => caption is { Final: true, Quality: "untranslated", Text: "Colourless green ideas sleep furiously." });

        await ana.Until<Notice>("a notice", static notice => notice.Kind == "translator-failed");
        Assert.Empty(ana.All<SpeechBegin>());
    }

    [Fact]
    public async Task Engines_that_are_killed_are_started_again_for_the_next_sentence()
    {
        await using var silo = await Start("--Engines:Translators", "apertium");
        await using var call = await TestCall.Open(silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");

        for (var round = 1; round <= 5; round++)
        {
            await ben.Client.Say($"The house number {round} is very big and the garden is small.");
            await ana.Until<Caption>("a caption", caption => caption.Final && caption.Segment == round);
            KillChildrenOf(silo.Id);
        }

        await ben.Client.Say("The dog is in the house.");
        await ana.Until<Caption>("a translation after the kills", static caption => caption is { Final: true, Segment: 6, Quality: "rough" });
        await ana.Until<SpeechEnd>("it is spoken", static end => end is { Segment: 6, Whole: true });
        await ben.UntilRecorded();
        await call.AssertNothingIsLost("ben");
    }

    static Task<SiloProcess> Start(params string[] settings) =>
        SiloProcess.Start(["--Engines:PocketSphinx:Languages", "en", .. settings]);

    // Every process that the silo started, at whatever moment of its work: synthesizers and pipelines.
    static void KillChildrenOf(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(static folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            if (ParentOf(folder) != parent)
                continue;
            try
            {
                using var child = Process.GetProcessById(int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture));
                child.Kill(entireProcessTree: true);
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                // It ended by itself.
            }
        }
    }

    static int ParentOf(string folder)
    {
        try
        {
            return int.Parse(File.ReadAllText(Path.Combine(folder, "stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It ended meanwhile.
        }
    }
}
