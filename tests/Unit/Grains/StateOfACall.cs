using System.Text.Json;
using VoiceGrains.Calls;
using VoiceGrains.Engines;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What a call stores is read again, also what versions before this one stored.</summary>
public sealed class StateOfACall
{
    [Fact]
    public void A_state_from_before_there_were_terms_has_none()
    {
        const string Before = """
            {"Tenant":"demo","Title":"kept","MaxParticipants":5,"AbsenceLimit":"00:00:30","EmptyLimit":"00:01:00","OpenedAt":"2026-11-20T10:00:00+00:00","Ending":null,"EndedAt":null,"Activations":3}
            """;

        var read = JsonSerializer.Deserialize<CallState>(Before)!;

        Assert.Equal(("kept", 3), (read.Title, read.Activations));
        Assert.Equal((0, Formality.Unspecified), (read.Terms.Glossary.Length, read.Terms.Formality));
    }

    [Fact]
    public void Terms_are_read_as_they_were_stored()
    {
        var state = new CallState { Terms = new CallTerms([new GlossaryRow([new Term(Language.Parse("zh-Hant"), "伺服器"), new Term(Sent.English, "server")])], Formality.Formal) };

        var read = JsonSerializer.Deserialize<CallState>(JsonSerializer.Serialize(state))!.Terms;

        Assert.Equal(Formality.Formal, read.Formality);
        Assert.Equal(state.Terms.Glossary[0].Terms, Assert.Single(read.Glossary).Terms);
    }
}
