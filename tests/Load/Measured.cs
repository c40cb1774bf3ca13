namespace VoiceGrains.Tests.Load;

/// <summary>What one server did under the load.</summary>
sealed class Measured
{
    /// <summary>From the sending of a frame to its arrival at the listener of the same language.</summary>
    public Latencies Relay { get; } = new();

    /// <summary>From the sending of the frame that ends a sentence to the first translated audio of it.</summary>
    public Latencies Translation { get; } = new();

    public long Sent;

    public long Delivered;

    /// <summary>Cores that the server kept busy.</summary>
    public double Cores { get; set; }

    /// <summary>Resident memory that each participant added, in bytes.</summary>
    public double MemoryOfParticipant { get; set; }

    /// <summary>Whether samples count: not while the load builds up.</summary>
    public volatile bool IsMeasuring;
}
