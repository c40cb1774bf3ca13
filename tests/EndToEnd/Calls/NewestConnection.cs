using VoiceGrains.Protocol;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.Calls;

/// <summary>Connections come and go; the participant and what they said stay.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class NewestConnection(ScriptedSilo scripted)
{
    [Fact]
    public async Task A_newer_connection_takes_over_and_the_older_one_is_told_not_to_come_back()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var older = await call.Join("ben", "en");

        var newer = await call.Join("ben", "en");

        Assert.Equal(CloseCode.Replaced, await older.UntilClosed());
        Assert.Equal(older.Client.Welcome.Epoch + 1, newer.Client.Welcome.Epoch);
    }

    [Fact]
    public async Task A_lost_connection_comes_back_with_its_token_and_goes_on_counting()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        await ben.Speak("before the tunnel");
        await ben.UntilRecorded();

        ben.Client.Abort();
        var again = await call.Reconnect(ben, new Hello("en"));
        await again.Speak("after the tunnel");

        await ana.Until("both sentences", () => ana.HeardWords == "before·es the·es tunnel·es after·es the·es tunnel·es");
        Assert.Equal(ben.Client.NextNumber, again.Client.Welcome.NextNumber);
        await again.UntilRecorded();
        await call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task A_sentence_that_was_cut_by_a_lost_connection_is_finished_by_the_next_one()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es", "captions", "original-captions");
        var ben = await call.Join("ben", "en");
        await ben.Send(ScriptedAudio.Encode("the first half"));
        await ana.Until<Caption>("the first half is read", static caption => caption.Tail.EndsWith("first half", StringComparison.Ordinal) || caption.Tail.EndsWith("first", StringComparison.Ordinal));

        ben.Client.Abort();
        var again = await call.Reconnect(ben, new Hello("en"));
        await again.Speak("and the second");

        await ana.Until("the whole sentence", () => ana.Finals("en") is ["the first half and the second"]);
        await again.UntilRecorded();
        await call.AssertNothingIsLost("ben");
    }

    [Fact]
    public async Task The_token_of_a_connection_that_was_replaced_is_worthless()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var first = await call.Join("ben", "en");
        var second = await call.Reconnect(first, new Hello("en"));
        var third = await call.Reconnect(second, new Hello("en"));

        var refused = await Assert.ThrowsAsync<Client.CallRefusedException>(() => call.Reconnect(first, new Hello("en")));

        Assert.Equal("replaced", refused.Code);
        Assert.False(third.IsOver);
    }

    [Fact]
    public async Task Who_left_can_not_come_back_with_the_token_but_with_a_ticket()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var witness = await call.Join("ana", "es");
        var ben = await call.Join("ben", "en");
        await ben.Speak("bye");
        await ben.UntilRecorded();
        await ben.Client.Send(new Leave());
        await ben.UntilClosed();

        var again = await call.Join("ben", "en");
        await again.Speak("hello again");

        await witness.Until("both were heard", () => witness.HeardWords == "bye·es hello·es again·es");
    }
}
