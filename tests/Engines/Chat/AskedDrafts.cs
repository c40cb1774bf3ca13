using System.Text.Json;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Chat;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>What a chat model is asked for a draft with.</summary>
public sealed class AskedDrafts
{
    static DraftRequest Full => ChatAtWork.Heard("so the meeting", begun: "así que") with
    {
        Admitted = 2,
        Committed = "Buenos días.",
        Formality = Formality.Formal,
        Glossary = [new GlossaryTerm("meeting", "junta")],
        Dialogue = [new DialogueLine("S1", "¿qué hay?")],
        IsWhole = true,
        IsBrief = true,
    };

    [Fact]
    public void Words_are_numbered_from_1_and_what_changes_most_stands_last() => Assert.Equal(
        """{"from":"en","to":"es","formality":"formal","glossary":[{"source":"meeting","target":"junta"}],"dialogue":[{"speaker":"S1","text":"¿qué hay?"}],"committed":"Buenos días.","words":["1:so","2:the","3:meeting"],"admitted":2,"begun":"así que","whole":true,"brief":true}""",
        DraftPrompt.Messages(Full)[1].Text);

    [Fact]
    public void What_is_not_there_is_left_out() => Assert.Equal(
        """{"from":"en","to":"es","words":["1:it's"],"admitted":0}""", DraftPrompt.Messages(ChatAtWork.Heard("it's") with { Admitted = 0 })[1].Text);

    [Fact]
    public void The_instructions_never_change_and_stand_first()
    {
        var messages = DraftPrompt.Messages(Full);

        Assert.Equal(["system", "user"], messages.Select(static message => message.Role.Value));
        Assert.Equal(DraftPrompt.Instructions, messages[0].Text);
        Assert.Equal(DraftPrompt.Instructions, DraftPrompt.Messages(ChatAtWork.Heard("it"))[0].Text);
    }

    [Fact]
    public void They_explain_each_field_and_the_form_of_the_answer()
    {
        using var sent = JsonDocument.Parse(DraftPrompt.Messages(Full)[1].Text);

        Assert.All(sent.RootElement.EnumerateObject().Select(static field => field.Name).Except(["from"]), static field => Assert.Matches($@"(^|\n|, ){field}:", DraftPrompt.Instructions));
        Assert.Contains("k|text", DraftPrompt.Instructions, StringComparison.Ordinal);
        // The example is read as it is meant.
        var example = DraftPrompt.Instructions.Split('\n').Where(static line => line.Length > 0 && char.IsAsciiDigit(line[0])).Select(static line => line + "\n");
        Assert.Equal([new(3, "el coche rojo"), new(4, "se detuvo")], example.SelectMany(new DraftLines(4).Take));
    }

    [Fact]
    public void Of_many_terms_those_that_occur_and_of_a_long_dialogue_its_end_are_sent()
    {
        var terms = Enumerable.Range(0, 300).Select(static at => new GlossaryTerm($"term{at:000}", $"término{at}"));
        var lines = Enumerable.Range(0, 30).Select(static at => new DialogueLine("S1", $"line {at}"));

        using var sent = JsonDocument.Parse(DraftPrompt.Messages(ChatAtWork.Heard("now the term299 ends") with { Glossary = [.. terms], Dialogue = [.. lines] })[1].Text);

        Assert.Equal((100, "term299"), (sent.RootElement.GetProperty("glossary").GetArrayLength(), sent.RootElement.GetProperty("glossary")[0].GetProperty("source").GetString()));
        Assert.Equal((12, "line 29"), (sent.RootElement.GetProperty("dialogue").GetArrayLength(), sent.RootElement.GetProperty("dialogue")[11].GetProperty("text").GetString()));
    }

    [Fact]
    public void The_most_tokens_grow_with_the_words_up_to_the_limit()
    {
        Assert.Equal(64 + 4 + 6 + 4 + 15, DraftPrompt.MostTokens(ChatAtWork.Heard("we agree"), 1_024));
        Assert.Equal(1_024, DraftPrompt.MostTokens(ChatAtWork.Heard(string.Join(' ', Enumerable.Repeat("sentence", 60))), 1_024));
    }
}
