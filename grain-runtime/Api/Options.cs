namespace Orleans.Configuration;

/// <summary>How long callers wait.</summary>
public abstract class MessagingOptions
{
    /// <summary>A call without an answer fails with <see cref="TimeoutException"/> after this long. Default: 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>How long callers in a silo wait.</summary>
public sealed class SiloMessagingOptions : MessagingOptions;

/// <summary>How long callers in a process that is no silo wait.</summary>
public sealed class ClientMessagingOptions : MessagingOptions;

/// <summary>Names a silo.</summary>
public sealed class SiloOptions
{
    /// <summary>Shown in figures and logs. Default: made of random letters.</summary>
    public string SiloName { get; set; } = $"Silo_{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3))}";
}

/// <summary>Where a silo is reached.</summary>
public sealed class EndpointOptions
{
    /// <summary>Default: loopback, the only network of this runtime.</summary>
    public System.Net.IPAddress AdvertisedIPAddress { get; set; } = System.Net.IPAddress.Loopback;

    /// <summary>Port for the other processes of the cluster. Default: 11111; 0: any that is free.</summary>
    public int SiloPort { get; set; } = 11111;
}

/// <summary>The database that the processes of a cluster share, as silos use it.</summary>
public sealed class AdoNetClusteringSiloOptions
{
    /// <summary>Name of the ADO.NET provider. Only "Npgsql" is supported here.</summary>
    public string Invariant { get; set; } = "Npgsql";

    /// <summary>Connection string of the database. Required.</summary>
    public string ConnectionString { get; set; } = "";
}

/// <summary>The database that the processes of a cluster share, as clients use it.</summary>
public sealed class AdoNetClusteringClientOptions
{
    /// <inheritdoc cref="AdoNetClusteringSiloOptions.Invariant"/>
    public string Invariant { get; set; } = "Npgsql";

    /// <inheritdoc cref="AdoNetClusteringSiloOptions.ConnectionString"/>
    public string ConnectionString { get; set; } = "";
}

/// <summary>When idle activations end.</summary>
public sealed class GrainCollectionOptions
{
    /// <summary>An activation without calls for this long ends. Default: 15 min.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for. Default: 1 min.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>An activation that ends waits this long for its running calls. Default: 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Where the ADO.NET grain storage keeps state.</summary>
public sealed class AdoNetGrainStorageOptions
{
    /// <summary>Name of the ADO.NET provider. Only "Npgsql" is supported here.</summary>
    public string Invariant { get; set; } = "Npgsql";

    /// <summary>Connection string of the database. Required.</summary>
    public string ConnectionString { get; set; } = "";
}

/// <summary>Names the cluster. State belongs to the service id.</summary>
public sealed class ClusterOptions
{
    /// <summary>Default: "default".</summary>
    public string ServiceId { get; set; } = "default";

    /// <summary>Default: "default".</summary>
    public string ClusterId { get; set; } = "default";
}
