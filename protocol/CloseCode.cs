namespace VoiceGrains.Protocol;

/// <summary>
/// Why a connection was closed. The range tells a client what to do: below 4500 connect again with the resume token, from 4500 on don't.
/// </summary>
public enum CloseCode
{
    /// <summary>The client closed; its place is kept for a while.</summary>
    Normal = 1000,

    /// <summary>The gateway stops: connect to another.</summary>
    Draining = 4000,

    /// <summary>The client reads too slowly.</summary>
    TooSlow = 4001,

    /// <summary>The cluster can't be reached just now.</summary>
    Unavailable = 4002,

    /// <summary>A newer connection of the same participant took over.</summary>
    Replaced = 4500,

    /// <summary>The call is over.</summary>
    Ended = 4501,

    /// <summary>The ticket is no good any more.</summary>
    TicketRefused = 4502,

    /// <summary>The participant left or was removed.</summary>
    Left = 4503,

    /// <summary>The client broke the protocol.</summary>
    ProtocolError = 4504,

    /// <summary>The call has no free place.</summary>
    Full = 4505,

    /// <summary>The client sent more than its limits allow.</summary>
    TooMuch = 4506,

    /// <summary>No hello came within 10 s.</summary>
    NoHello = 4507,
}
