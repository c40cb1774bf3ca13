namespace VoiceGrains.Silo.Hosting;

/// <summary>Settings of the grain runtime, section <c>Grains</c>.</summary>
sealed class GrainOptions
{
    /// <summary>A call between grains without an answer fails after this long. Default: 5 s, because a frame that waits longer is worth nothing.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A grain without calls for this long is put away. Default: 5 min.</summary>
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>This silo among others, section <c>Cluster</c>.</summary>
sealed class ClusterMemberOptions
{
    /// <summary>Shown in statuses and logs. Default: made of random letters.</summary>
    public string Name { get; set; } = $"silo-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3))}";

    /// <summary>Port for the other processes of the cluster. Not set: a cluster of this one process, and nothing listens.</summary>
    public int? Port { get; set; }

    /// <summary>Port for clients, on genuine Orleans. Default: 30000.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>Address at which the others reach this silo, on genuine Orleans. Default: loopback.</summary>
    public string Address { get; set; } = "127.0.0.1";
}

/// <summary>
/// How genuine Orleans finds out that a silo has died, section <c>Grains:Membership</c>. Its own defaults were measured to take 12 s after a kill and more than
/// a minute after a hang; with these it was 0.5 s and 3 s.
/// </summary>
sealed class LivenessOptions
{
    /// <summary>A probe without an answer for this long is missed. Default: 500 ms, many times what a loaded silo takes.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Probes come no faster than this. Default: 500 ms, as <see cref="ProbeTimeout"/>.</summary>
    public TimeSpan MinProbeTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Longest extension of a probe. Times <see cref="MissedProbes"/> it is how long a connection that was alive keeps a silo from being suspected.
    /// Default: 1 s; the usual 4 probe times double the time a hung silo is trusted.
    /// </summary>
    public TimeSpan MaxProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Missed probes after which a silo is suspected. Default: 2, because one can be a long garbage collection.</summary>
    public int MissedProbes { get; set; } = 2;

    /// <summary>
    /// Whether the last probe of a silo goes by way of another one. Default: no. When that other one dies in the same second the probe never counts as missed: the
    /// survivor of three was measured to take 15 s instead of 1.8 s.
    /// </summary>
    public bool IndirectProbes { get; set; }

    /// <summary>Silos that must suspect another. Default: 1, so that the survivor of two can act.</summary>
    public int Votes { get; set; } = 1;

    /// <summary>How often the table of silos is read without news. Default: 2 s, the longest that missed gossip delays anything.</summary>
    public TimeSpan TableRefresh { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a silo writes that it is alive. Default: 5 s, so that a cluster which died as a whole is seen as dead soon when it starts again.</summary>
    public TimeSpan AlivePublish { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a silo checks its own health. Default: 5 s: a silo that was starved must not blame others for long.</summary>
    public TimeSpan HealthMonitoring { get; set; } = TimeSpan.FromSeconds(5);
}
