using System.Text.Json;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Calls;

/// <summary>A participant reads the transcript in their own right, during the call and after it; nobody else does.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class TranscriptForThoseWhoTookPart(ScriptedSilo scripted)
{
    Uri Gateway => scripted.Silo.Address;

    [Fact]
    public async Task With_the_token_of_the_welcome_also_after_the_call()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var (ana, _) = await Talk(call);

        var during = await Gateway.Get($"/v1/calls/{call.Id}/transcript?language=en&format=json", ana.Client.Welcome.Resume);
        await call.End();
        await ana.UntilClosed();
        var after = await Gateway.Get($"/v1/calls/{call.Id}/transcript?language=en&format=json", ana.Client.Welcome.Resume);

        Assert.Equal((200, 200), (during.Status, after.Status));
        Assert.Equal("hola·en", after.Body[0].GetProperty("text").GetString());
        Assert.Equal("hola", after.Body[0].GetProperty("spokenText").GetString());
    }

    [Fact]
    public async Task With_what_was_said_under_its_translation_where_one_wants_it()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await Talk(call);

        var text = await call.Transcript("language=en&original=true");

        Assert.EndsWith("ana: hola·en\n    (es) hola\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_with_the_token_of_another_call_nor_with_a_ticket_that_let_nobody_in()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await using var other = await TestCall.Open(scripted.Silo);
        await Talk(call);
        var stranger = await other.Join("ana", "es");
        var (_, unused) = await call.Ticket("eve", "en");

        var refusals = new List<(int, string?)>();
        foreach (var token in (string[])[stranger.Client.Welcome.Resume, unused, stranger.Client.Welcome.Resume + "x", "no key at all", SiloProcess.ApiKey + "-of-another-tenant"])
        {
            var (status, body) = await Gateway.Get($"/v1/calls/{call.Id}/transcript", token);
            refusals.Add((status, body.GetProperty("title").GetString()));
        }

        Assert.Equal(
            [(403, "ticket-of-another-call"), (403, "not-joined"), (401, "ticket-not-ours"), (401, "api-key-refused"), (404, "call-unknown")], refusals);
    }

    [Fact]
    public async Task As_often_as_people_do_and_others_are_not_held_up_by_one_who_reads_more()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var (ana, ben) = await Talk(call);
        var transcript = $"/v1/calls/{call.Id}/transcript";

        var answers = new List<(int Status, string? Title)>();
        // It is refilled meanwhile.
        for (var read = 0; read < 200 && answers is not [.., { Status: 429 }]; read++)
            answers.Add(await Read(ana));

        Assert.Equal((429, "too-many-reads"), answers[^1]);
        Assert.All(answers.SkipLast(1), static answer => Assert.Equal(200, answer.Status));
        Assert.True(answers.Count > 20, $"{answers.Count}");
        Assert.Equal(200, (await Read(ben)).Status);
        Assert.Equal(200, (await Gateway.Get(transcript + "?format=json")).Status);

        async Task<(int Status, string? Title)> Read(Member member)
        {
            var (status, body) = await Gateway.Get(transcript + "?format=json", member.Client.Welcome.Resume);
            return (status, body.ValueKind == JsonValueKind.Object ? body.GetProperty("title").GetString() : null);
        }
    }

    [Fact]
    public async Task Not_without_the_right_to_it()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        await Talk(call);
        var (_, made) = await Gateway.Post($"/v1/calls/{call.Id}/tickets", new { participant = "eve", language = "en", rights = new[] { "listen" } });
        var eve = await call.Connect(new Uri(made.GetProperty("socket").GetString()!), made.GetProperty("ticket").GetString()!, new Hello());

        var (status, body) = await Gateway.Get($"/v1/calls/{call.Id}/transcript", eve.Client.Welcome.Resume);

        Assert.Equal((403, "may-not-read-transcript"), (status, body.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task A_ticket_tells_what_it_is_good_for_before_anybody_joins()
    {
        await using var call = await TestCall.Open(scripted.Silo, new { title = "Stand-up" });
        var (_, made) = await Gateway.Post($"/v1/calls/{call.Id}/tickets", new { participant = "eve", name = "Eve", language = "en", rights = new[] { "listen" }, chooseName = true });

        var (status, told) = await Gateway.Get("/v1/ticket", made.GetProperty("ticket").GetString()!);
        var (refused, problem) = await Gateway.Get("/v1/ticket", "not a ticket");

        Assert.Equal((200, 401, "ticket-malformed"), (status, refused, problem.GetProperty("title").GetString()));
        Assert.Equal(
            (call.Id, "Stand-up", "open", "Eve", true, "listen"),
            (told.GetProperty("call").GetString(), told.GetProperty("title").GetString(), told.GetProperty("status").GetString(), told.GetProperty("name").GetString(),
                told.GetProperty("mayChooseName").GetBoolean(), Assert.Single(told.GetProperty("rights").EnumerateArray()).GetString()));
    }

    [Theory]
    [InlineData("/v1/ticket", true)]
    [InlineData("/v1/calls/local-k3v9x2m4q7ab/transcript", true)]
    [InlineData("/v1/calls", false)]
    public async Task Pages_of_other_origins_may_ask_with_a_token_and_for_nothing_else(string path, bool mayAsk)
    {
        using var http = new HttpClient();
        using var question = new HttpRequestMessage(HttpMethod.Options, new Uri(Gateway, path));
        question.Headers.Add("Origin", "https://product.example");
        question.Headers.Add("Access-Control-Request-Method", "GET");
        question.Headers.Add("Access-Control-Request-Headers", "authorization");

        using var answer = await http.SendAsync(question);

        Assert.Equal(mayAsk, answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_chosen_name_is_what_the_others_see_also_after_coming_back()
    {
        await using var call = await TestCall.Open(scripted.Silo);
        var ana = await call.Join("ana", "es");
        var (_, made) = await Gateway.Post($"/v1/calls/{call.Id}/tickets", new { participant = "eve", language = "en", chooseName = true });
        var eve = await call.Connect(new Uri(made.GetProperty("socket").GetString()!), made.GetProperty("ticket").GetString()!, new Hello(Name: "Dr. Eve"));
        await ana.Until<RosterMessage>("Eve by her name", IsThere);

        eve.Client.Abort();
        await call.Reconnect(eve, new Hello());

        await ana.Until("Eve by her name again", () => IsThere(ana.All<RosterMessage>().Last()));
        static bool IsThere(RosterMessage roster) => roster.Participants.Any(static entry => entry is { Name: "Dr. Eve", Connected: true });
    }

    static async Task<(Member Ana, Member Ben)> Talk(TestCall call)
    {
        var ben = await call.Join("ben", "en");
        var ana = await call.Join("ana", "es");
        await ana.Client.Say("hola");
        await ben.Until("the translation", () => ben.Finals("en") is ["hola·en"]);
        await ana.UntilRecorded();
        return (ana, ben);
    }
}
