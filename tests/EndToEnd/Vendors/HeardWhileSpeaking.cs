using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.EndToEnd.Voices;

namespace VoiceGrains.Tests.EndToEnd.Vendors;

/// <summary>The translation is spoken while the speaker still speaks, through all vendors, and nothing of it is taken back. Read from the audio.</summary>
public sealed class HeardWhileSpeaking(VendorSilo vendors) : IClassFixture<VendorSilo>
{
    const string Begun = "we will send the old contract to our guests at home and";
    const string Rest = "they should read the whole list before lunch";

    [Fact]
    public async Task A_listener_hears_the_first_clause_before_the_sentence_ends()
    {
        var voice = new VoiceOverRest(vendors.Silo, "voice-early");
        await voice.MakeReady();
        await using var call = await TestCall.Open(vendors.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await voice.Join(call, "ben", new Protocol.Hello("en"));

        // No silence follows: the rest of the sentence is still to be said.
        await ben.Send(ScriptedAudio.Encode(Begun));
        await ana.Until("the first words of the translation are heard", () => ana.WordsHeard().Count >= 3);
        Assert.Empty(ana.Finals("es"));
        var early = ana.WordsHeard();

        await ben.Speak(Rest);
        var all = $"{Begun} {Rest}".Split(' ').Select(static word => word + "·es").ToList();
        await ana.Until("all of it is heard", () => ana.WordsHeard().Count >= all.Count);
        await ana.Until("all of it is read", () => string.Join(' ', ana.Finals("es")) == string.Join(' ', all));

        Assert.Equal(all.Take(early.Count), early);
        Assert.Equal(all, ana.WordsHeard());
        var captions = ana.All<Protocol.Caption>().Where(static caption => caption.Language == "es").OrderBy(static caption => caption.Segment).ThenBy(static caption => caption.Revision).ToList();
        Assert.All(captions.Zip(captions.Skip(1)), static pair =>
            Assert.True(pair.Second.Segment > pair.First.Segment || pair.Second.Text.StartsWith(pair.First.Text, StringComparison.Ordinal)));
    }
}
