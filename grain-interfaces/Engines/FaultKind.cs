namespace VoiceGrains.Engines;

/// <summary>What went wrong in an engine, whoever made it.</summary>
[GenerateSerializer, Alias("voicegrains.FaultKind")]
public enum FaultKind
{
    /// <summary>The key is missing, wrong or may not do this.</summary>
    Auth,

    /// <summary>The account has used up what it paid for.</summary>
    Quota,

    /// <summary>Too many requests for now.</summary>
    RateLimited,

    /// <summary>The engine has too much to do.</summary>
    Overloaded,

    /// <summary>The engine can't do what was asked; asking again does not help.</summary>
    BadRequest,

    /// <summary>The connection or process broke.</summary>
    Transport,

    /// <summary>No progress within the time allowed.</summary>
    Stalled,

    /// <summary>The answer ended before it was complete.</summary>
    Truncated,

    /// <summary>All places that our account has are taken: the engine was not asked, so this says nothing about its health.</summary>
    NoPlace,
}
