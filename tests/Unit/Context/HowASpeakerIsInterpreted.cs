using VoiceGrains.Calls;
using VoiceGrains.Context;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;

namespace VoiceGrains.Tests.Unit.Context;

/// <summary>The call says how eagerly its people are interpreted; a ticket may say otherwise for one of them.</summary>
public sealed class HowASpeakerIsInterpreted
{
    static readonly CallTerms Safe = CallTerms.None with { Interpreting = VoiceGrains.Engines.Interpreting.Safe };

    readonly KnownTerms _terms = new();

    [Fact]
    public void Balanced_until_the_call_has_answered_and_then_as_it_says()
    {
        Assert.Same(InterpretingRules.Balanced, _terms.Interpreting);

        _terms.Learn(Safe);

        Assert.Same(InterpretingRules.Safe, _terms.Interpreting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_ticket_counts_whichever_comes_first(bool isTicketFirst)
    {
        if (isTicketFirst)
            _terms.Prefer(VoiceGrains.Engines.Interpreting.Fast);
        _terms.Learn(Safe);
        if (!isTicketFirst)
            _terms.Prefer(VoiceGrains.Engines.Interpreting.Fast);

        Assert.Same(InterpretingRules.Fast, _terms.Interpreting);
    }

    [Fact]
    public void A_ticket_that_says_nothing_leaves_it_to_the_call()
    {
        _terms.Prefer(VoiceGrains.Engines.Interpreting.Fast);
        _terms.Learn(Safe);

        _terms.Prefer(null);

        Assert.Same(InterpretingRules.Safe, _terms.Interpreting);
    }
}
