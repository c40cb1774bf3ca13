namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>The languages that OpenAI names for speech in and out (speech to text guide, supported languages; its voices follow the same list).</summary>
static class OpenAILanguages
{
    static readonly HashSet<string> Known = [.. ("af ar hy az be bs bg ca zh hr cs da nl en et fi fr gl de el he hi hu is id it ja kn kk ko lv lt mk ms mr mi ne no nb nn "
        + "fa pl pt ro ru sr sk sl es sw sv tl ta th tr uk ur vi cy").Split(' ')];

    public static bool Has(Language language) => Known.Contains(language.Primary);

    /// <summary>The code of ISO 639-1 that the API takes. It has one for Norwegian, whichever way it is written.</summary>
    public static string CodeOf(Language language) => language.Primary is "nb" or "nn" ? "no" : language.Primary;
}
