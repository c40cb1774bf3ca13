using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using VoiceGrains.Operations;
using VoiceGrains.Transcripts;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Storage;

/// <summary>Chooses where transcripts, recordings and the audit are kept.</summary>
static class StorageRegistration
{
    /// <summary>All in PostgreSQL when there is a connection string, else in memory.</summary>
    public static void AddStores(this IServiceCollection services, string? connectionString)
    {
        if (connectionString is null)
        {
            services.AddSingleton<ITranscriptStore>(new MemoryTranscriptStore());
            services.AddSingleton<IRecordingStore>(new MemoryRecordingStore());
            services.AddSingleton<IAuditStore>(new MemoryAuditStore());
            return;
        }

        services.AddSingleton(NpgsqlDataSource.Create(connectionString));
        services.AddSingleton<ITranscriptStore, PostgresTranscriptStore>();
        services.AddSingleton<IRecordingStore, PostgresRecordingStore>();
        services.AddSingleton<IAuditStore, PostgresAuditStore>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", HealthStatus.Degraded, timeout: TimeSpan.FromSeconds(2));
    }
}
