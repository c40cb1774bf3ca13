namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Ids come from outside, and become parts of grain keys.</summary>
public sealed class Ids
{
    [Theory]
    [InlineData("local-k3v9x2m4q7ab", "local")]
    [InlineData("eu-west-1-k3v9x2m4q7ab", "eu-west-1")]
    public void A_call_knows_its_region(string text, string region)
    {
        Assert.True(CallId.TryParse(text, out var call));
        Assert.Equal((text, region), (call.Value, call.Region));
    }

    [Fact]
    public void New_calls_have_ids_that_parse_and_differ()
    {
        var calls = Enumerable.Range(0, 1_000).Select(static _ => CallId.New("eu-west-1")).ToList();

        Assert.All(calls, static call => Assert.True(CallId.TryParse(call.Value, out _)));
        Assert.Equal(1_000, calls.Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("local")]
    [InlineData("local-")]
    [InlineData("-k3v9x2m4q7ab")]
    [InlineData("local-short")]
    [InlineData("Local-k3v9x2m4q7ab")]
    [InlineData("local-k3v9x2m4q7ab\n")]
    [InlineData("local-k3v9x2m4q7ab/ana")]
    [InlineData("a-b-c-d-e-k3v9x2m4q7ab")]
    public void What_is_no_call_is_refused(string? text) => Assert.False(CallId.TryParse(text, out _));

    [Theory]
    [InlineData("ana", true)]
    [InlineData("Ana_Maria-2.0", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("ana maria", false)]
    [InlineData("ana/bob", false)]
    [InlineData("ana\n", false)]
    [InlineData("añá", false)]
    public void A_participant_has_plain_letters(string? text, bool expected) => Assert.Equal(expected, ParticipantId.TryParse(text, out _));

    [Fact]
    public void A_participant_has_at_most_64_letters()
    {
        Assert.True(ParticipantId.TryParse(new string('a', 64), out _));
        Assert.False(ParticipantId.TryParse(new string('a', 65), out _));
    }

    [Theory]
    [InlineData("acme-2", true)]
    [InlineData("Acme", false)]
    [InlineData("acme_2", false)]
    [InlineData("acme\n", false)]
    [InlineData("a/b", false)]
    [InlineData("", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", false)]
    public void A_tenant_has_small_letters_digits_and_dashes(string text, bool expected) => Assert.Equal(expected, TenantId.TryParse(text, out _));

    [Fact]
    public void The_key_of_a_participant_comes_apart_again()
    {
        var (call, participant) = (new CallId("eu-west-1-k3v9x2m4q7ab"), new ParticipantId("Ana_Maria-2.0"));

        Assert.Equal((call, participant), GrainKeys.OfParticipant(GrainKeys.Of(call, participant)));
    }
}
