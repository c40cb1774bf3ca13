namespace VoiceGrains.Gateway.Hosting;

/// <summary>How a gateway calls grains, section <c>Grains</c>.</summary>
sealed class GrainClientOptions
{
    /// <summary>A call to a grain without an answer fails after this long. Default: 5 s, as in silos.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often the list of silos is read, on genuine Orleans. Default: 2 s, because until then calls to healthy grains may go through a silo that hangs; with
    /// the usual minute that was measured to take up to 55 s.
    /// </summary>
    public TimeSpan SiloListRefresh { get; set; } = TimeSpan.FromSeconds(2);
}
