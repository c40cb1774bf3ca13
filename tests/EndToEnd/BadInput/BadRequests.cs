using System.Text;
using System.Text.Json;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.BadInput;

/// <summary>Requests that can't be done are answered with problem details that say what to do.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class BadRequests(ScriptedSilo scripted)
{
    public static TheoryData<string, string, int, string> Bad => new()
    {
        { "/v1/calls", """{"title":"a\u0007b"}""", 400, "bad-title" },
        { "/v1/calls", """{"maxParticipants":0}""", 400, "bad-max-participants" },
        { "/v1/calls", """{"absenceSeconds":-1}""", 400, "bad-absence-seconds" },
        { "/v1/calls", """{"emptySeconds":99999999}""", 400, "bad-empty-seconds" },
        { "/v1/calls", """{"glossary":[{"en":"fine"},{}]}""", 400, "bad-glossary" },
        { "/v1/calls", """{"glossary":[null]}""", 400, "bad-glossary" },
        { "/v1/calls", """{"glossary":[{"en":"a\u0007b"}]}""", 400, "bad-glossary" },
        { "/v1/calls", """{"glossary":[{"english":"a"}]}""", 400, "bad-glossary" },
        { "/v1/calls", """{"glossary":[{"en":1}]}""", 400, "" },
        { "/v1/calls", """{"formality":"polite"}""", 400, "bad-formality" },
        { "/v1/calls", """{"interpreting":"slow"}""", 400, "bad-interpreting" },
        { "/v1/calls", """{"title":""", 400, "" },
        { "/v1/calls/CALL/tickets", """{"participant":"a b","language":"en"}""", 400, "bad-participant" },
        { "/v1/calls/CALL/tickets", """{"participant":"../x","language":"en"}""", 400, "bad-participant" },
        { "/v1/calls/CALL/tickets", """{"participant":"a","language":"klingon-with-a-long-name"}""", 400, "bad-language" },
        { "/v1/calls/CALL/tickets", """{"participant":"a","language":"en","name":"\u202eevil"}""", 400, "bad-name" },
        { "/v1/calls/CALL/tickets", """{"participant":"a","language":"en","rights":["fly"]}""", 400, "bad-rights" },
        { "/v1/calls/CALL/tickets", """{"participant":"a","language":"en","validSeconds":5}""", 400, "bad-valid-seconds" },
        { "/v1/calls/local-unknown/tickets", """{"participant":"a","language":"en"}""", 404, "call-unknown" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_request_is_named(string path, string body, int status, string title)
    {
        await using var call = await TestCall.Open(scripted.Silo);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var (answered, problem) = await scripted.Silo.Address.Send(HttpMethod.Post, path.Replace("CALL", call.Id, StringComparison.Ordinal), content);

        Assert.Equal(status, answered);
        Assert.Equal(title.Length == 0 ? "Bad Request" : title, problem.GetProperty("title").GetString());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        Assert.DoesNotContain("Exception", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_key_or_into_the_calls_of_another_tenant()
    {
        await using var call = await TestCall.Open(scripted.Silo);

        var (withoutKey, _) = await scripted.Silo.Address.Get("/v1/calls", key: "");
        var (withWrongKey, _) = await scripted.Silo.Address.Get("/v1/calls", key: "wrong");
        var (ofOther, _) = await scripted.Silo.Address.Get($"/v1/calls/{call.Id}", SiloProcess.ApiKey + "-of-another-tenant");
        var (transcriptOfOther, _) = await scripted.Silo.Address.Get($"/v1/calls/{call.Id}/transcript", SiloProcess.ApiKey + "-of-another-tenant");
        var (endOfOther, _) = await scripted.Silo.Address.Send(HttpMethod.Delete, $"/v1/calls/{call.Id}", null, SiloProcess.ApiKey + "-of-another-tenant");

        Assert.Equal([401, 401, 404, 404, 404], [withoutKey, withWrongKey, ofOther, transcriptOfOther, endOfOther]);
    }

    [Fact]
    public async Task A_tenant_with_too_many_calls_is_told_which_limit_it_met()
    {
        await using var silo = await SiloProcess.Start([.. SiloProcess.Scripted, "--Tenants:MaxCalls", "2"]);

        var answers = new List<(int Status, JsonElement Body)>();
        for (var i = 0; i < 3; i++)
            answers.Add(await silo.Address.Post("/v1/calls", new { }));

        Assert.Equal([201, 201, 429], answers.Select(static answer => answer.Status));
        Assert.Contains("Tenants:MaxCalls", answers[2].Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
