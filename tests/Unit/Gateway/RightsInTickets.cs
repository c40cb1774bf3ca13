using VoiceGrains.Calls;
using VoiceGrains.Gateway.Rest;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>What a ticket lets its holder do.</summary>
public sealed class RightsInTickets
{
    [Fact]
    public void All_of_them_when_none_is_named() => Assert.Equal(Rights.Speak | Rights.Listen | Rights.Transcript, RightNames.Read(null));

    [Theory]
    [InlineData("speak,listen", Rights.Speak | Rights.Listen)]
    [InlineData("listen,transcript", Rights.Listen | Rights.Transcript)]
    [InlineData("speak", Rights.Speak)]
    public void Those_that_are_named_and_no_other(string names, Rights expected)
    {
        Assert.Equal(expected, RightNames.Read(names.Split(',')));
        Assert.Equal(names.Split(',').Order(), RightNames.Of(expected).Order());
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("transcript")]
    [InlineData("speak,Listen")]
    [InlineData("")]
    public void Nobody_takes_part_by_reading_or_by_what_is_no_right(string names) => Assert.Null(RightNames.Read(names.Split(',')));

    [Fact]
    public void A_null_in_the_list_is_no_right() => Assert.Null(RightNames.Read(["speak", null!]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whether_the_name_may_be_chosen_travels_with_the_ticket(bool mayChoose)
    {
        var time = new ManualTime();
        var signer = TicketForge.SignerAt(time);

        var (ticket, _) = signer.Verify(signer.Sign(TicketForge.TicketAt(time) with { MayChooseName = mayChoose, Rights = Rights.Listen | Rights.Transcript }));

        Assert.Equal((mayChoose, Rights.Listen | Rights.Transcript), (ticket!.MayChooseName, ticket.Rights));
    }
}
