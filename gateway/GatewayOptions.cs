using System.ComponentModel.DataAnnotations;

namespace VoiceGrains.Gateway;

/// <summary>Settings of a gateway, section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>The region of calls opened here; first part of their ids. Lower case letters and digits. Default: local.</summary>
    [RegularExpression("^[a-z0-9]{1,16}(-[a-z0-9]{1,16}){0,3}$", ErrorMessage = "Gateway:Region must be 1 to 16 lower case letters or digits, with dashes between.")]
    public string Region { get; set; } = "local";

    /// <summary>What clients are told to connect to, for example https://eu1.example.org. Default: the first address that this gateway listens on.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Open sockets at a time; further ones get 503. Default: 20,000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Gateway:MaxConnections must be from 1 to 1,000,000.")]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Sockets of one call on this gateway; further ones get 429. Default: 1,000.</summary>
    [Range(1, 100_000, ErrorMessage = "Gateway:MaxConnectionsOfCall must be from 1 to 100,000.")]
    public int MaxConnectionsOfCall { get; set; } = 1_000;

    /// <summary>Origins of pages that may use a ticket in a cookie, for example https://calls.example.org. The gateway's own origin always may.</summary>
    public IReadOnlyList<string> Origins { get; set; } = [];

    /// <summary>Api keys by tenant. In development one is made at start.</summary>
    public Dictionary<string, string> ApiKeys { get; set; } = [];

    /// <summary>Whether the demo call and its page are served. Only where the environment is Development; elsewhere the start is refused. Default: no.</summary>
    public bool Demo { get; set; }

    /// <summary>
    /// With <see cref="Demo"/>: the folder in which <c>NAME.pid</c> holds the process id of the silo of this name on this machine, so that visitors of the demo page may kill
    /// the one that the call lives on. <c>./voicegrains cluster</c> sets it. Default: none, nobody kills anything.
    /// </summary>
    public string? DemoProcesses { get; set; }
}

/// <summary>Limits of one connection. They are part of the protocol, so they are no settings.</summary>
static class ConnectionLimits
{
    public const int LongestText = 2_000;
    public const int LargestTextMessage = 16 * 1024;

    /// <summary>A hello may bring a checkpoint, and what was heard of many speakers.</summary>
    public const int LargestHello = 256 * 1024;
    public const int MostHeardSpeakers = 500;
    public const int MostHeardEntries = 32;

    /// <summary>Text messages in a row; they come back at <see cref="MessagesPerSecond"/>.</summary>
    public const int MessageBurst = 50;
    public const int MessagesPerSecond = 10;

    public static readonly TimeSpan HelloLimit = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan ShortestFrame = TimeSpan.FromMilliseconds(5);
    public static readonly TimeSpan LongestFrame = TimeSpan.FromMilliseconds(200);

    /// <summary>Numbers that a new connection may leave out, because its client no longer has them: hours of audio.</summary>
    public const long LargestGap = 1_000_000;

    /// <summary>The header of frames has room for 32 bits; texts share the numbering.</summary>
    public const long LargestNumber = uint.MaxValue;

    /// <summary>200 ms of 48 kHz PCM with the header.</summary>
    public const int LargestBinaryMessage = Protocol.FrameHeader.Size + 19_200;

    /// <summary>Audio that may come at once; beyond it the gateway reads at <see cref="AudioSpeed"/> times real time.</summary>
    public static readonly TimeSpan AudioBurst = TimeSpan.FromSeconds(20);
    public const double AudioSpeed = 4;

    /// <summary>Audio that was read and waits to be taken, for example because a recognizer takes it no faster; beyond it the gateway reads as fast as people speak.</summary>
    public static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(20);

    /// <summary>Audio kept until it is covered.</summary>
    public static readonly TimeSpan Ring = TimeSpan.FromSeconds(60);

    /// <summary>How long a gateway that stops waits for its clients to be elsewhere.</summary>
    public static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(5);

    /// <summary>Audio that waits for a slow client; older goes first.</summary>
    public const int MostWaitingAudio = 2 * 1024 * 1024;

    /// <summary>Captions and control messages that wait; beyond this the client is closed as too slow.</summary>
    public const int MostWaitingMessages = 2_000;
    public static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(15);
}
