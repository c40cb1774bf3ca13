using System.Text;
using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Tests.Engines.Chat;

/// <summary>What is read from the vendors' own words for errors.</summary>
public sealed class VendorErrors
{
    [Theory]
    [InlineData("<html>502 Bad Gateway</html>", 502, FaultKind.Transport, "no name")]
    [InlineData("", 503, FaultKind.Overloaded, "no name")]
    [InlineData("[1,2]", 400, FaultKind.BadRequest, "no name")]
    [InlineData("""{"error":"overloaded"}""", 529, FaultKind.Overloaded, "no name")]
    [InlineData("""{"error":{"type":"insufficient_quota","code":null}}""", 429, FaultKind.Quota, "insufficient_quota")]
    [InlineData("""{"error":{"type":"requests","code":"rate_limit_exceeded"}}""", 429, FaultKind.RateLimited, "rate_limit_exceeded")]
    [InlineData("""{"error":{"type":"invalid_request_error","code":"billing_hard_limit_reached"}}""", 400, FaultKind.Quota, "billing_hard_limit_reached")]
    [InlineData("""{"error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}}""", 400, FaultKind.Quota, "invalid_request_error")]
    [InlineData("""{"error":{"type":"invalid_request_error","details":{"error_code":"enforced_spend_limit_reached"}}}""", 400, FaultKind.Quota, "enforced_spend_limit_reached")]
    [InlineData("""{"error":{"type":"overloaded_error"}}""", 0, FaultKind.Overloaded, "overloaded_error")]
    [InlineData("""{"error":{"type":"rate_limit_error"}}""", 0, FaultKind.RateLimited, "rate_limit_error")]
    [InlineData("""{"error":{"type":"api_error"}}""", 0, FaultKind.Transport, "api_error")]
    [InlineData("""{"error":{"type":"invalid_request_error"}}""", 0, FaultKind.BadRequest, "invalid_request_error")]
    [InlineData("""{"error":{"type":"Somebody said: hello"}}""", 400, FaultKind.BadRequest, "no name")]
    public void The_vendors_name_goes_before_the_status_and_nothing_but_names_is_kept(string body, int status, FaultKind kind, string name)
    {
        var error = VendorError.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal((kind, name), (error.KindWith(status), error.Name));
    }
}
