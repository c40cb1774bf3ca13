using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>What both doubles write for a draft, before anything of ours reads it.</summary>
public sealed class DraftsOfTheDoubles
{
    const string Heard = """{"from":"en","to":"es","words":["1:so,","2:the","3:meeting"],"admitted":1}""";
    const string Begun = """{"from":"en","to":"es","words":["1:so,","2:the","3:meeting"],"admitted":1,"begun":"so·es, the·es"}""";
    const string Terms = """{"from":"en","to":"es","words":["1:a","2:big","3:deal,","4:so"],"admitted":1,"glossary":[{"source":"Big deal","target":"gran cosa"}]}""";

    [Theory]
    [InlineData(Heard, null, "1|so·es,\n2|the·es\n3|meeting·es")]
    [InlineData(Begun, null, "3|meeting·es")]
    [InlineData(Begun, nameof(FaultForm.RepeatedBeginning), "1|so·es,\n2|the·es\n3|meeting·es")]
    [InlineData(Heard, nameof(FaultForm.LowTags), "1|so·es,\n1|the·es\n2|meeting·es")]
    [InlineData(Heard, nameof(FaultForm.MalformedLines), "so·es,\n0|the·es\n10|meeting·es")]
    [InlineData(Terms, null, "1|a·es\n3|gran\n3|cosa,\n4|so·es")]
    [InlineData("""{"from":"en","to":"es","words":["1:so"],"admitted":1,"begun":"so·es"}""", null, "-")]
    public void It_says_the_same_for_the_same(string heard, string? form, string answer) =>
        Assert.Equal(answer, string.Concat(Read(heard)!.Deltas(form is null ? null : Enum.Parse<FaultForm>(form))));

    [Fact]
    public void The_number_of_a_line_is_a_token_of_its_own() => Assert.Equal(["1|", "so·es,\n", "2|", "the·es\n", "3|", "meeting·es"], Read(Heard)!.Deltas(null));

    [Theory]
    [InlineData("hello")]
    [InlineData("""{"from":"en","to":"es","text":"hello"}""")]
    public void What_is_no_draft_is_left_to_others(string message) => Assert.Null(Read(message));

    static DraftTask? Read(string message) => DraftTask.TryRead("You interpret.", message, static rule => new RefusedException(400, "", null, rule));
}
