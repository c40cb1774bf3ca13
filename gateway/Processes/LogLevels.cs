using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using VoiceGrains.Operations;

namespace VoiceGrains.Gateway.Processes;

/// <summary>
/// Lets an operator change for a while how much this process logs of the product's own doings (categories <c>VoiceGrains</c>), beside what the settings say. Thread-safe.
/// </summary>
public sealed class LogLevels(TimeProvider time) : IPostConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    /// <summary>Longest time that a level can be asked for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    const string Ours = "VoiceGrains";

    readonly Lock _gate = new();
    CancellationTokenSource _change = new();
    ITimer? _revert;
    LogDetail? _level;

    /// <summary>Of the operator; null: as the settings say.</summary>
    public LogDetail? Level
    {
        get
        {
            lock (_gate)
                return _level;
        }
    }

    string? IOptionsChangeTokenSource<LoggerFilterOptions>.Name => Options.DefaultName;

    /// <summary>Holds from now on, until it is set again or the time is over.</summary>
    public void Set(LogDetail? level, TimeSpan duration)
    {
        CancellationTokenSource changed;
        lock (_gate)
        {
            _revert?.Dispose();
            _revert = level is null ? null : time.CreateTimer(_ => Set(null, default), null, duration < Longest ? duration : Longest, Timeout.InfiniteTimeSpan);
            _level = level;
            (changed, _change) = (_change, new CancellationTokenSource());
        }

        changed.Cancel();
        changed.Dispose();
    }

    /// <summary>Adds the rule behind those of the settings.</summary>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        if (Level is { } level)
            options.Rules.Add(new LoggerFilterRule(null, Ours, LevelOf(level), null));
    }

    public IChangeToken GetChangeToken()
    {
        lock (_gate)
            return new CancellationChangeToken(_change.Token);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _revert?.Dispose();
            _change.Dispose();
        }
    }

    static LogLevel LevelOf(LogDetail detail) => detail switch
    {
        LogDetail.Debug => LogLevel.Debug,
        LogDetail.Information => LogLevel.Information,
        LogDetail.Warning => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
