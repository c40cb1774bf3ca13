using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using VoiceGrains.Transcripts;
using VoiceGrains.Voices;

namespace VoiceGrains.Silo.Storage;

/// <summary>Chooses where transcripts and recordings are kept.</summary>
static class StorageRegistration
{
    /// <summary>Both in PostgreSQL when there is a connection string, else in memory.</summary>
    public static void AddStores(this IServiceCollection services, string? connectionString)
    {
        if (connectionString is null)
        {
            services.AddSingleton<ITranscriptStore>(new MemoryTranscriptStore());
            services.AddSingleton<IRecordingStore>(new MemoryRecordingStore());
            return;
        }

        services.AddSingleton(NpgsqlDataSource.Create(connectionString));
        services.AddSingleton<ITranscriptStore, PostgresTranscriptStore>();
        services.AddSingleton<IRecordingStore, PostgresRecordingStore>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", HealthStatus.Degraded, timeout: TimeSpan.FromSeconds(2));
    }
}
