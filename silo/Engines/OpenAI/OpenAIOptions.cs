using VoiceGrains.Silo.Engines.Vendors;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>
/// OpenAI, section <c>Engines:OpenAI</c>. The key is in <c>Key</c>, or in the file that <c>KeyFile</c> names, or in OPENAI_API_KEY or OPENAI_API_KEY_FILE.
/// </summary>
sealed class OpenAIOptions
{
    /// <summary>Root of the API. Default: https://api.openai.com/v1. Another one serves proxies and regions, for example https://eu.api.openai.com/v1.</summary>
    public Uri Url { get; set; } = new("https://api.openai.com/v1");

    /// <summary>Model that translates. Default: gpt-4.1-mini: it answers without thinking first; models that think spend their tokens, and seconds, before any text.</summary>
    public string ChatModel { get; set; } = "gpt-4.1-mini";

    /// <summary>
    /// Model that speaks. Default: gpt-4o-mini-tts. Those named tts-1 send plain audio, of which nobody can tell whether it was whole, and don't take a hint
    /// of the language.
    /// </summary>
    public string SpeechModel { get; set; } = "gpt-4o-mini-tts";

    /// <summary>Model that transcribes. Default: gpt-4o-mini-transcribe: whisper-1 makes up words where there is only noise.</summary>
    public string TranscriptionModel { get; set; } = "gpt-4o-mini-transcribe";

    /// <summary>Voice of the stock profile for women. Default: nova.</summary>
    public string FemaleVoice { get; set; } = "nova";

    /// <summary>Voice of the stock profile for men. Default: onyx.</summary>
    public string MaleVoice { get; set; } = "onyx";

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

    /// <summary>
    /// Deadlines of a spoken clause. Default: first audio within 3 s, because the vendor's median is 1 to 2 s; <see cref="VendorDeadlines.Whole"/> 15 s counts
    /// for the second try alone.
    /// </summary>
    public VendorDeadlines Speech { get; set; } = new() { First = TimeSpan.FromSeconds(3), Whole = TimeSpan.FromSeconds(15) };

    /// <summary>Deadlines of a transcribed segment, whose answer comes in one piece. Default: 6 s, in all 12 s; the vendor's 99th percentile is 2 s.</summary>
    public VendorDeadlines Transcription { get; set; } = new() { First = TimeSpan.FromSeconds(6), Whole = TimeSpan.FromSeconds(12) };

    /// <summary>
    /// Silence that ends a segment which is to be transcribed; 200 ms to 3 s, default 600 ms: shorter ones cut sentences that are only understood whole,
    /// longer ones make everybody wait.
    /// </summary>
    public TimeSpan EndPause { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>A segment is cut at this length; 1 s to 15 s, default 15 s, the longest segment that a checkpoint holds.</summary>
    public TimeSpan LongestSegment { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Adds a line for each value that can't be.</summary>
    public void Check(List<string> mistakes)
    {
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https"))
            mistakes.Add("Engines:OpenAI:Url is no address of HTTP, for example https://api.openai.com/v1.");
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [("ChatModel", ChatModel), ("SpeechModel", SpeechModel), ("TranscriptionModel", TranscriptionModel), ("FemaleVoice", FemaleVoice), ("MaleVoice", MaleVoice)])
        {
            if (string.IsNullOrWhiteSpace(value))
                mistakes.Add($"Engines:OpenAI:{name} is empty. Name one, or take the setting away.");
        }

        if (MostTokens is < 64 or > 16_384)
            mistakes.Add($"Engines:OpenAI:MostTokens is {MostTokens}; it must be 64 to 16384.");
        if (ConnectLimit < TimeSpan.FromMilliseconds(50) || ConnectLimit > TimeSpan.FromSeconds(30))
            mistakes.Add($"Engines:OpenAI:ConnectLimit is {ConnectLimit}; it must be 50 ms to 30 s.");
        if (DraftLimit < TimeSpan.FromMilliseconds(50) || DraftLimit > TimeSpan.FromSeconds(30))
            mistakes.Add($"Engines:OpenAI:DraftLimit is {DraftLimit}; it must be 50 ms to 30 s.");
        if (EndPause < TimeSpan.FromMilliseconds(200) || EndPause > TimeSpan.FromSeconds(3))
            mistakes.Add($"Engines:OpenAI:EndPause is {EndPause}; it must be 200 ms to 3 s.");
        if (LongestSegment < TimeSpan.FromSeconds(1) || LongestSegment > TimeSpan.FromSeconds(15))
            mistakes.Add($"Engines:OpenAI:LongestSegment is {LongestSegment}; it must be 1 s to 15 s.");
        Chat.Check("Engines:OpenAI:Chat", mistakes);
        Speech.Check("Engines:OpenAI:Speech", mistakes);
        Transcription.Check("Engines:OpenAI:Transcription", mistakes);
    }
}
