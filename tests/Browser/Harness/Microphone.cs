using Microsoft.Playwright;

namespace VoiceGrains.Tests.Browser.Harness;

/// <summary>What a browser has for a microphone: chromium's own pretended one, which may play a file, or none.</summary>
/// <param name="Flags">What chromium is started with.</param>
/// <param name="IsAllowed">Whether pages may use it.</param>
sealed record Microphone(string Flags, bool IsAllowed)
{
    /// <summary>There is none.</summary>
    public static Microphone None { get; } = new("", IsAllowed: true);

    /// <summary>It beeps once a second.</summary>
    public static Microphone Beeping { get; } = new("--use-fake-device-for-media-stream", IsAllowed: true);

    /// <summary>There is one, but its owner lets no page use it.</summary>
    public static Microphone Forbidden { get; } = Beeping with { IsAllowed = false };

    /// <summary>It hears a WAV file, again and again.</summary>
    public static Microphone Hears(string file) =>
        new($"--use-fake-device-for-media-stream --use-file-for-fake-audio-capture={file}", IsAllowed: true);

    public IReadOnlyList<string> Arguments => Flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public BrowserNewContextOptions Permissions(BrowserNewContextOptions options)
    {
        options.Permissions = IsAllowed ? ["microphone"] : [];
        return options;
    }
}
