using VoiceGrains.Operations;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>The list of running calls is put together, searched, sorted and cut into pages on the server.</summary>
public sealed class ListOfCalls
{
    static readonly CallQuery All = new("", CallOrder.Call, IsDescending: false, 0, 200);

    [Fact]
    public void What_participants_on_several_silos_add_to_a_call_is_summed_up()
    {
        var table = new CallTable(
        [
            Reports.Silo("silo-1", Reports.Call("aaaaaaaa")) with { Shares = [Reports.Share("aaaaaaaa", frames: 10, lag: 0.5, lost: 1)] },
            Reports.Silo("silo-2") with { Shares = [Reports.Share("aaaaaaaa", frames: 20, lag: 3, lost: 2), Reports.Share("elsewhere")] },
        ]);

        var call = Assert.Single(table.List(All).Calls);

        Assert.Equal(("silo-1", 30, 3L, 2, 3), (call.Silo, call.Frames, call.Lost, call.Silos, call.Lag.TotalSeconds));
    }

    [Fact]
    public void Of_a_call_that_has_just_moved_the_newest_report_counts()
    {
        var table = new CallTable([Reports.Silo("silo-new", Reports.Call("aaaaaaaa")), Reports.Silo("silo-old", Reports.Call("aaaaaaaa"))]);

        Assert.Equal("silo-new", Assert.Single(table.List(All).Calls).Silo);
    }

    [Theory]
    [InlineData("AAAA", "aaaaaaaa")]
    [InlineData("jour", "bbbbbbbb")]
    [InlineData("acme", "cccccccc")]
    [InlineData(" silo-2 ", "cccccccc")]
    [InlineData("nothing like it", "")]
    public void It_is_searched_by_id_title_tenant_and_silo(string search, string found)
    {
        var table = new CallTable(
        [
            Reports.Silo("silo-1", Reports.Call("aaaaaaaa"), Reports.Call("bbbbbbbb", title: "Bonjour")),
            Reports.Silo("silo-2", Reports.Call("cccccccc", tenant: "acme")),
        ]);

        var page = table.List(All with { Search = search });

        Assert.Equal(found.Length == 0 ? [] : [$"local-{found}"], page.Calls.Select(static call => call.Call.Call.Value));
        Assert.Equal((found.Length == 0 ? 0 : 1, 3), (page.Total, page.All));
    }

    [Fact]
    public void Calls_with_something_wrong_come_first_and_lost_frames_before_lag()
    {
        var table = new CallTable(
        [
            Reports.Silo("silo-1", Reports.Call("fineaaaa"), Reports.Call("lagsaaaa"), Reports.Call("lostaaaa"), Reports.Call("slowaaaa")) with
            {
                Shares = [Reports.Share("lagsaaaa", lag: 2.5), Reports.Share("lostaaaa", lost: 1), Reports.Share("slowaaaa", lag: 1.5)],
            },
        ]);

        var page = table.List(All with { Order = CallOrder.Trouble, IsDescending = true });

        Assert.Equal(["local-lostaaaa", "local-lagsaaaa", "local-fineaaaa", "local-slowaaaa"], page.Calls.Select(static call => call.Call.Call.Value));
        Assert.Equal(2, table.Troubled);
    }

    [Fact]
    public void Pages_hold_each_call_once_whatever_the_order()
    {
        var calls = Enumerable.Range(0, 103).Select(static number => Reports.Call($"call{number:0000}", connected: number % 3)).ToArray();
        var table = new CallTable([Reports.Silo("silo-1", calls)]);

        foreach (var order in Enum.GetValues<CallOrder>())
        {
            var seen = Enumerable.Range(0, 5).SelectMany(page => table.List(new CallQuery("", order, IsDescending: true, page * 25, 25)).Calls).Select(static call => call.Call.Call).ToList();
            Assert.Equal(103, seen.Count);
            Assert.Equal(103, seen.Distinct().Count());
        }
    }

    [Fact]
    public void A_page_is_never_larger_than_200() =>
        Assert.Equal(200, new CallTable([Reports.Silo("silo-1", [.. Enumerable.Range(0, 300).Select(static number => Reports.Call($"call{number:0000}"))])])
            .List(All with { Take = 1_000_000 }).Calls.Length);
}
