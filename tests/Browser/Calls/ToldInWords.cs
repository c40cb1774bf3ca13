using Microsoft.Playwright;
using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Browser.Calls;

/// <summary>What happens in a call is told in words that a person understands, for as long as it is so.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class ToldInWords(ScriptedSilo scripted, Chromium chromium)
{
    const string Caption = """
        {"type":"caption","speaker":"ana","segment":1,"revision":REVISION,"language":"en","spokenLanguage":"es","text":"TEXT","tail":"TAIL","final":FINAL,"quality":"good","origin":"spoken","rightToLeft":false}
        """;

    [Theory]
    [InlineData("""{"type":"notice","kind":"translator-failed","text":"x","speaker":"ana"}""", "A sentence of ana could not be translated.")]
    [InlineData("""{"type":"notice","kind":"recognizer-failed","text":"x"}""", "What you say is kept.")]
    [InlineData("""{"type":"notice","kind":"of-a-later-version","text":"Something new."}""", "Something new.")]
    [InlineData("""{"type":"moving","gateways":[]}""", "The server is being renewed")]
    [InlineData("""{"type":"error","code":"text-too-long","message":"x","fatal":false}""", "The text is too long.")]
    public async Task Notices_of_the_server(string message, string words)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await call.Join("ana", "es");
        var (nora, socket) = await Enter(call);
        await using var _ = nora;

        socket.Send(message);

        await nora.Sees("#notices p", words);
    }

    [Fact]
    public async Task That_something_is_still_being_translated_until_it_is_not()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var (nora, socket) = await Enter(call);
        await using var _ = nora;

        socket.Send(CaptionOf(1, "Good", "morning perhaps", isFinal: false));
        await Assertions.Expect(nora["#working"]).ToHaveTextAsync("Still translating …");
        await Assertions.Expect(nora["#captions .tail"].First).ToHaveTextAsync("morning perhaps");
        socket.Send(CaptionOf(2, "Good evening.", "", isFinal: true));

        await nora.Reads("Good evening.");
        await Assertions.Expect(nora["#working"]).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_page_that_comes_to_the_front_asks_at_once_whether_its_connection_lives()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var pings = 0;
        var (_, ticket) = await call.Ticket("nora", "en");
        await using var nora = await chromium.Begin();
        nora.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => pings += frame.Text == """{"type":"ping"}""" ? 1 : 0;
        await nora.Page.GotoAsync(Entering.Invitation(scripted.Silo.Address, ticket).ToString());
        await nora["#joinTyping"].ClickAsync();
        await nora.IsIn();

        var before = pings;
        // Oftener than any timer would.
        await nora.Page.EvaluateAsync("async () => { for (let i = 0; i < 5; i++) { document.dispatchEvent(new Event('visibilitychange')); await new Promise((resolve) => setTimeout(resolve, 60)); } }");

        await Until.True("it asked", () => pings >= before + 3);
    }

    static string CaptionOf(int revision, string text, string tail, bool isFinal) => Caption
        .Replace("REVISION", $"{revision}", StringComparison.Ordinal).Replace("TEXT", text, StringComparison.Ordinal)
        .Replace("TAIL", tail, StringComparison.Ordinal).Replace("FINAL", isFinal ? "true" : "false", StringComparison.Ordinal);

    // Takes part, with a hand in what comes.
    async Task<(Visitor Nora, IWebSocketRoute Socket)> Enter(TestCall call)
    {
        var (_, ticket) = await call.Ticket("nora", "en");
        var nora = await chromium.Begin();
        IWebSocketRoute? socket = null;
        await nora.Page.RouteWebSocketAsync(static address => address.Contains("/socket", StringComparison.Ordinal), route =>
        {
            route.ConnectToServer();
            socket ??= route;
        });
        await nora.Page.GotoAsync(Entering.Invitation(scripted.Silo.Address, ticket).ToString());
        await nora["#joinTyping"].ClickAsync();
        await nora.IsIn();
        return (nora, socket!);
    }
}
