using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using VoiceGrains.Transcripts;

namespace VoiceGrains.Silo.Storage;

/// <summary>Chooses where transcripts are kept.</summary>
static class StorageRegistration
{
    /// <summary>Transcripts in PostgreSQL when there is a connection string, else in memory.</summary>
    public static void AddTranscripts(this IServiceCollection services, string? connectionString)
    {
        if (connectionString is null)
        {
            services.AddSingleton<ITranscriptStore>(new MemoryTranscriptStore());
            return;
        }

        services.AddSingleton(NpgsqlDataSource.Create(connectionString));
        services.AddSingleton<ITranscriptStore, PostgresTranscriptStore>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", HealthStatus.Degraded, timeout: TimeSpan.FromSeconds(2));
    }
}
