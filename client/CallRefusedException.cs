namespace VoiceGrains.Client;

/// <summary>The server let nobody in.</summary>
public sealed class CallRefusedException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    /// <summary>Whether it makes no sense to come again.</summary>
    public bool IsForGood { get; init; }
}
