using System.Net;
using Npgsql;

namespace Orleans.Cluster;

/// <summary>What a process needs to know to take part in a cluster.</summary>
/// <param name="Listen">Where the silo listens; null: this process is no silo.</param>
sealed record ClusterSettings(string Cluster, string Name, string ConnectionString, IPEndPoint? Listen)
{
    /// <summary>Identity of this process, for references to its observers.</summary>
    internal string Process { get; } = Guid.NewGuid().ToString("N");

    /// <summary>A few connections with short limits: what waits longer than a lease is of no use.</summary>
    internal NpgsqlDataSource Database() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString)
    {
        Timeout = 2,
        CommandTimeout = 2,
        CancellationTimeout = -1,
        MaxPoolSize = 10,
        ApplicationName = Name,
    });
}
