using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.Clusters;

/// <summary>Many people in one call, behind different gateways, who come and go as they like.</summary>
[Collection(CallsClusterCollection.Name)]
public sealed class PeopleInOneCall(CallsCluster cluster)
{
    static readonly string[] Languages = ["en", "es", "fr", "de", "it", "pt"];

    [Fact]
    public async Task Fifty_people_in_six_languages_read_and_hear_everybody_in_their_own_and_each_language_is_translated_once()
    {
        var (here, there) = await cluster.Open();
        await using var _ = here;
        await using var __ = there;
        var people = await Task.WhenAll(Enumerable.Range(0, 50).Select(seat => (seat % 2 == 0 ? here : there).Join($"p{seat}", Languages[seat % Languages.Length])));
        var speakers = people.Take(Languages.Length).ToList();

        // All at the same time.
        await Task.WhenAll(speakers.Select(static speaker => speaker.Speak($"this is {speaker.Id} speaking")));

        foreach (var (seat, person) in people.Index())
        {
            var language = Languages[seat % Languages.Length];
            foreach (var (other, speaker) in speakers.Index())
            {
                var said = $"this is {speaker.Id} speaking";
                var expected = Languages[other] == language ? said : string.Join(' ', said.Split(' ').Select(word => $"{word}·{language}"));
                await person.Until($"what {speaker.Id} says in {language}", () => person.Finals(speaker.Id, language) is [var final] && final == expected);
                if (Languages[other] != language)
                    await person.Until($"{speaker.Id}'s voice in {language}", () => person.HeardWordsOf(speaker.Id) == expected);
            }
        }

        foreach (var speaker in speakers)
        {
            await here.AssertNothingIsLost(speaker.Id);
            var figures = await here.Figures(speaker.Id);
            // Slow words get more than one draft and clause, but far fewer than there are listeners, and each clause is spoken once.
            Assert.InRange(figures.GetProperty("translations").GetInt64() + figures.GetProperty("drafts").GetInt64(), 5, people.Length / 2);
            Assert.Equal(people.SelectMany(person => person.ClausesOf(speaker.Id)).Distinct().Count(), figures.GetProperty("syntheses").GetInt64());
        }
    }

    [Fact]
    public async Task Who_comes_late_sees_what_is_open_and_hears_what_comes_next_but_not_what_was_said_before()
    {
        var (here, there) = await cluster.Open();
        await using var _ = here;
        await using var __ = there;
        var ana = await here.Join("ana", "es", "captions", "original-captions", "speech");
        var ben = await here.Join("ben", "en");
        await ben.Speak("said before");
        await ben.UntilRecorded();
        await ben.Send(ScriptedAudio.Encode("said while she comes"));
        await ana.Until<Caption>("the second sentence is open", static caption => caption is { Segment: 2, Language: "en", Tail.Length: > 0 });

        var late = await there.Join("late", new Hello("es", ["captions", "original-captions", "speech"]));
        await late.Until<Caption>("what is open", static caption => caption is { Segment: 2, Language: "en", Tail: "said while she comes" });
        await ben.Speak("and then");

        await late.Until("the rest of the sentence", () => late.Finals("ben", "es") is ["said·es while·es she·es comes·es and·es then·es"]);
        // What was spoken before she came stays unheard; the rest of the sentence she hears.
        await late.Until("its speech", () => late.HeardWordsOf("ben").EndsWith("and·es then·es", StringComparison.Ordinal));
        Assert.DoesNotContain(late.All<Caption>(), static caption => caption.Segment == 1);
    }

    [Fact]
    public async Task Two_people_who_speak_over_each_other_at_two_gateways_are_both_heard()
    {
        var (here, there) = await cluster.Open();
        await using var _ = here;
        await using var __ = there;
        var ana = await here.Join("ana", "es");
        var ben = await there.Join("ben", "en");
        var chloe = await there.Join("chloe", "fr");

        await Task.WhenAll(ana.Speak("no te oigo bien"), ben.Speak("let me finish this"));

        await chloe.Until("Ana's words", () => chloe.HeardWordsOf("ana") == "no·fr te·fr oigo·fr bien·fr");
        await chloe.Until("Ben's words", () => chloe.HeardWordsOf("ben") == "let·fr me·fr finish·fr this·fr");
        await ben.Until("Ana's words", () => ben.HeardWordsOf("ana") == "no·en te·en oigo·en bien·en");
        await ana.Until("Ben's words", () => ana.HeardWordsOf("ben") == "let·es me·es finish·es this·es");
    }

    [Fact]
    public async Task What_somebody_said_who_leaves_in_the_middle_of_a_sentence_is_kept()
    {
        var (here, there) = await cluster.Open();
        await using var _ = here;
        await using var __ = there;
        var ana = await here.Join("ana", "es");
        var ben = await there.Join("ben", "en");
        await ben.Send(ScriptedAudio.Encode("I must go"));
        await ben.Until<Caption>("his words have come", static caption => caption.Tail == "I must go");

        await ben.Client.Send(new Leave());

        await ana.Until("his words", () => ana.HeardWordsOf("ben") == "I·es must·es go·es" && ana.Finals("ben", "es") is ["I·es must·es go·es"]);
        await ana.Until("they are recorded", async () => (await here.Transcript("language=en")).Contains("I must go", StringComparison.Ordinal));
        await ana.Until<RosterMessage>("he is gone", static roster => roster.Participants is [{ Participant: "ana" }]);
    }

    [Fact]
    public async Task When_the_last_one_has_left_the_call_ends_after_its_grace_time()
    {
        var (here, there) = await cluster.Open(new { emptySeconds = 1 });
        await using var _ = here;
        await using var __ = there;
        var ana = await here.Join("ana", "es");
        var ben = await there.Join("ben", "en");
        await ben.Speak("bye everybody");
        await ana.Until("his words", () => ana.HeardWords == "bye·es everybody·es");

        await ben.Client.Send(new Leave());
        await ana.Client.Send(new Leave());
        await ana.UntilClosed();

        await ana.Until("the call has ended", async () => (await here.Describe()).GetProperty("status").GetString() == "ended");
        Assert.Contains("bye everybody", await there.Transcript("format=text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_who_changes_language_reads_and_hears_the_next_sentence_in_it()
    {
        var (here, there) = await cluster.Open();
        await using var _ = here;
        await using var __ = there;
        var ana = await here.Join("ana", "es");
        var ben = await there.Join("ben", "en");
        await ben.Speak("in Spanish");
        await ana.Until("the first sentence", () => ana.HeardWordsOf("ben") == "in·es Spanish·es");

        await ana.Client.Send(new ChangeLanguage("it"));
        await ben.Until<RosterMessage>("ana listens in Italian", static roster => roster.Participants.Any(static entry => entry.Language == "it"));
        await ana.Until("a sentence in Italian", async () =>
        {
            await ben.Speak("in Italian");
            return ana.HeardWordsOf("ben").EndsWith("in·it Italian·it", StringComparison.Ordinal);
        });

        Assert.Equal("in·es Spanish·es", ana.Finals("ben", "es")[0]);
    }
}
