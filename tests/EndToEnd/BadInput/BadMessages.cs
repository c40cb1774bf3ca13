using System.Text.Json;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.EndToEnd.BadInput;

/// <summary>What a broken or hostile client sends gets a named error; the call goes on for the others.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class BadMessages(ScriptedSilo scripted)
{
    public static TheoryData<string, string> Fatal => new()
    {
        { "{", "bad-message" },
        { "null", "bad-message" },
        { "[]", "bad-message" },
        { """{"type":"fly"}""", "bad-message" },
        { """{"text":"no type"}""", "bad-message" },
        { """{"type":"say"}""", "bad-message" },
        { """{"type":"say","number":"one","text":"hello"}""", "bad-message" },
        { """{"type":"say","number":1,"text":null}""", "bad-message" },
        { """{"type":"say","number":99999999999999999999,"text":"hello"}""", "bad-message" },
        { """{"type":"mute","muted":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}""", "bad-message" },
        { """{"type":"say","number":1,"text":"half a pair \ud800 of surrogates"}""", "bad-message" },
    };

    public static TheoryData<string, string> Refused => new()
    {
        { """{"type":"hello"}""", "second-hello" },
        { """{"type":"language","language":"not a language"}""", "bad-language" },
        { """{"type":"language","language":""}""", "bad-language" },
        { """{"type":"want","wants":["everything"]}""", "bad-wants" },
        { """{"type":"say","number":1,"text":""}""", "text-empty" },
        { """{"type":"say","number":1,"text":"a\u0000b"}""", "text-hidden-characters" },
        { """{"type":"say","number":1,"text":"pay \u202e001 euro"}""", "text-hidden-characters" },
        { """{"type":"say","number":7,"text":"too far"}""", "out-of-order" },
    };

    [Theory]
    [MemberData(nameof(Fatal))]
    public async Task A_message_that_is_none_ends_the_connection_with_its_name(string message, string code)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var raw = await RawSocket.Welcomed(call, "mallory");

        await raw.Send(message);
        var (errors, close) = await raw.UntilClosed();

        Assert.Equal(code, Assert.Single(errors).Code);
        Assert.Equal(CloseCode.ProtocolError, close);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_message_that_can_not_be_done_is_refused_and_the_connection_goes_on(string message, string code)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var raw = await RawSocket.Welcomed(call, "clumsy");
        if (code == "out-of-order")
            await raw.Send("""{"type":"say","number":1,"text":"first"}""");

        await raw.Send(message);
        var error = await raw.Until<Error>("the error");
        await raw.Send("""{"type":"leave"}""");
        var (_, close) = await raw.UntilClosed();

        Assert.Equal((code, false), (error.Code, error.Fatal));
        Assert.Equal(CloseCode.Left, close);
    }

    [Theory]
    [InlineData(100_000, "message-too-large")]
    [InlineData(2_001, "text-too-long")]
    public async Task A_text_that_is_too_long_is_refused_by_its_size(int characters, string code)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var raw = await RawSocket.Welcomed(call, "chatty");

        await raw.Send(JsonSerializer.Serialize(new { type = "say", number = 1, text = new string('a', characters) }));

        Assert.Equal(code, (await raw.Until<Error>("the error")).Code);
    }

    [Theory]
    [InlineData("""{"type":"hello","language":"no such thing"}""", "bad-language")]
    [InlineData("""{"type":"hello","language":"x"}""", "bad-language")]
    [InlineData("""{"type":"hello","audioIn":"mp3"}""", "bad-audio-format")]
    [InlineData("""{"type":"hello","wants":["all"]}""", "bad-wants")]
    [InlineData("""{"type":"hello","voice":""}""", "bad-voice")]
    [InlineData("""{"type":"hello","checkpoint":"made up"}""", "checkpoint-not-ours")]
    [InlineData("""{"type":"hello","heard":{"awayMs":-1,"speakers":[]}}""", "bad-heard")]
    [InlineData("""{"type":"leave"}""", "no-hello")]
    public async Task A_hello_that_is_wrong_says_what_is_wrong(string hello, string code)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var raw = await RawSocket.Open(call, "newcomer");

        await raw.Send(hello);
        var (errors, close) = await raw.UntilClosed();

        Assert.Equal((code, CloseCode.ProtocolError), (Assert.Single(errors).Code, close));
    }

    [Fact]
    public async Task Who_says_no_hello_within_ten_seconds_is_told_so()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var raw = await RawSocket.Open(call, "silent");

        var (errors, close) = await raw.UntilClosed();

        Assert.Equal(("no-hello", CloseCode.NoHello), (Assert.Single(errors).Code, close));
    }

    [Fact]
    public async Task Too_many_messages_end_the_connection()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var raw = await RawSocket.Welcomed(call, "flood");

        for (var i = 0; i < 100; i++)
            await raw.Send("""{"type":"mute","muted":true}""");
        var (errors, close) = await raw.UntilClosed();

        Assert.Contains(errors, static error => error.Code == "too-many-messages");
        Assert.Equal(CloseCode.TooMuch, close);
    }
}
