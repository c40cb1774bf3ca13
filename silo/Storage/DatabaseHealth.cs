using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace VoiceGrains.Silo.Storage;

/// <summary>Degraded while the database is away: talking goes on, what was said is recorded later.</summary>
sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Degraded("The database is away.");
        }
    }
}
