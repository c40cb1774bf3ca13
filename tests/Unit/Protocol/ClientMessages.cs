using System.Text;
using FsCheck.Fluent;
using VoiceGrains.Protocol;

namespace VoiceGrains.Tests.Unit.Protocol;

/// <summary>What clients send is read, or refused as a whole; nothing they send throws.</summary>
public sealed class ClientMessages
{
    [Theory]
    [InlineData("""{"type":"leave"}""")]
    [InlineData("""{"later":{"more":[1,2]},"type":"leave"}""")]
    public void A_message_of_a_known_type_is_read_wherever_its_type_stands(string json) => Assert.Equal(new Leave(), Read(json));

    [Fact]
    public void A_hello_is_read_with_its_fields()
    {
        var hello = Assert.IsType<Hello>(Read("""{"type":"hello","language":"en","wants":["captions"],"voice":"stock-male","audioIn":"pcm8","audioOut":"mulaw8"}"""));

        Assert.Equal(("en", "stock-male", "pcm8", "mulaw8"), (hello.Language, hello.Voice, hello.AudioIn, hello.AudioOut));
        Assert.Equal(["captions"], hello.Wants!);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("\"hello\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"leave\"")]
    [InlineData("{\"type\":\"leave\"} {}")]
    [InlineData("{'type':'leave'}")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":"welcome"}""")]
    [InlineData("""{"type":"Leave"}""")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"type":"say"}""")]
    [InlineData("""{"type":"say","number":1}""")]
    [InlineData("""{"type":"say","number":1,"text":null}""")]
    [InlineData("""{"type":"say","number":1,"text":7}""")]
    [InlineData("""{"type":"say","number":1.5,"text":"a"}""")]
    [InlineData("""{"type":"say","number":"1","text":"a","text":{}}""")]
    [InlineData("""{"type":"say","number":9223372036854775808,"text":"a"}""")]
    [InlineData("""{"type":"say","number":1,"text":"half a pair \ud83d"}""")]
    [InlineData("""{"type":"want","wants":"captions"}""")]
    [InlineData("""{"type":"mute"}""")]
    public void What_is_no_message_of_a_client_is_refused(string json) => Assert.Null(Read(json));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused() =>
        Assert.Null(ProtocolJson.ReadClient([.. """{"type":"say","number":1,"text":"""u8, 0x22, 0xC3, 0x28, 0x22, 0x7D]));

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    [InlineData(100_000, false)]
    public void Nesting_is_taken_to_a_depth_of_eight(int depth, bool isTaken)
    {
        var json = $$"""{"type":"leave","more":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        Assert.Equal(isTaken, Read(json) is not null);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var text = Any.Text.Where(static text => !text.Any(char.IsSurrogate));
        var messages = Gen.OneOf<ClientMessage>(
            text.Select(static ClientMessage (some) => new Say(some.Length, some)),
            text.Select(static ClientMessage (some) => new ChangeLanguage(some)),
            text.Select(static ClientMessage (some) => new Hello(some, null, some, null, some)),
            Gen.Elements(true, false).Select(static ClientMessage (muted) => new Mute(muted)));

        Law.Holds(messages, static message => ProtocolJson.ReadClient(ProtocolJson.Write(message)) == message);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Law.Holds(Any.Bytes, static bytes => ProtocolJson.ReadClient(bytes) is null && ProtocolJson.ReadServer(bytes) is null, cases: 1_000);

    [Fact]
    public void A_message_with_any_piece_replaced_is_read_or_refused()
    {
        const string Json = """{"type":"say","number":12,"text":"good morning"}""";
        var broken = from at in Gen.Choose(0, Json.Length - 1)
                     from length in Gen.Choose(0, 5)
                     from piece in Any.Text
                     select Json[..at] + piece + Json[Math.Min(Json.Length, at + length)..];

        Law.Holds(broken, static json => Read(json) is null or Say, cases: 2_000);
    }

    static ClientMessage? Read(string json) => ProtocolJson.ReadClient(Encoding.UTF8.GetBytes(json));
}
