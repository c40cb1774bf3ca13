using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.Anthropic;

/// <summary>
/// Anthropic, section <c>Engines:Anthropic</c>. The key is in <c>Key</c>, or in the file that <c>KeyFile</c> names, or in ANTHROPIC_API_KEY or
/// ANTHROPIC_API_KEY_FILE.
/// </summary>
sealed class AnthropicOptions
{
    /// <summary>Root of the API, without a version. Default: https://api.anthropic.com.</summary>
    public Uri Url { get; set; } = new("https://api.anthropic.com");

    /// <summary>Model that translates. Default: claude-haiku-4-5, the one that answers soonest.</summary>
    public string ChatModel { get; set; } = "claude-haiku-4-5";

    /// <summary>Tokens that no translation exceeds; 64 to 16,384, default 1,024: a segment of 15 s has about 60 words, and three tokens a word are many.</summary>
    public int MostTokens { get; set; } = 1_024;

    /// <summary>Time for name, TCP and TLS; 50 ms to 30 s, default 1.5 s: it must leave room for a second try within <see cref="VendorDeadlines.Whole"/>.</summary>
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Deadlines of translations.</summary>
    public VendorDeadlines Chat { get; set; } = new();

    /// <summary>
    /// Time for the draft of a sentence that is being spoken, a second try included; 50 ms to 30 s, default 1.2 s: what comes later is older than what was said
    /// since. When the sentence is over, its draft must only have begun by then, and <see cref="VendorDeadlines.Whole"/> ends it.
    /// </summary>
    public TimeSpan DraftLimit { get; set; } = TimeSpan.FromSeconds(1.2);

    /// <summary>Adds a line for each value that can't be.</summary>
    public void Check(List<string> mistakes)
    {
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https"))
            mistakes.Add("Engines:Anthropic:Url is no address of HTTP, for example https://api.anthropic.com.");
        if (string.IsNullOrWhiteSpace(ChatModel))
            mistakes.Add("Engines:Anthropic:ChatModel is empty. Name one, or take the setting away.");
        if (MostTokens is < 64 or > 16_384)
            mistakes.Add($"Engines:Anthropic:MostTokens is {MostTokens}; it must be 64 to 16384.");
        if (ConnectLimit < TimeSpan.FromMilliseconds(50) || ConnectLimit > TimeSpan.FromSeconds(30))
            mistakes.Add($"Engines:Anthropic:ConnectLimit is {ConnectLimit}; it must be 50 ms to 30 s.");
        if (DraftLimit < TimeSpan.FromMilliseconds(50) || DraftLimit > TimeSpan.FromSeconds(30))
            mistakes.Add($"Engines:Anthropic:DraftLimit is {DraftLimit}; it must be 50 ms to 30 s.");
        Chat.Check("Engines:Anthropic:Chat", mistakes);
    }
}
