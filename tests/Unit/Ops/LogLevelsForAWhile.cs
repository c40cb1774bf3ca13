using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoiceGrains.Gateway.Ops;
using VoiceGrains.Gateway.Processes;
using VoiceGrains.Operations;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Ops;

/// <summary>An operator changes how much a running process logs; it goes back by itself.</summary>
public sealed class LogLevelsForAWhile
{
    readonly ManualTime _time = new();
    readonly LogLevels _levels;
    readonly ILogger _ours;
    readonly ILogger _others;

    public LogLevelsForAWhile()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddLogging(static logging =>
            logging.AddFilter("VoiceGrains", LogLevel.Information).AddFilter("Others", LogLevel.Information).AddProvider(new Silent()));
        services.AddLogLevels();
        services.AddLogLevels();
        var provider = services.BuildServiceProvider();
        _levels = provider.GetRequiredService<LogLevels>();
        var logs = provider.GetRequiredService<ILoggerFactory>();
        (_ours, _others) = (logs.CreateLogger("VoiceGrains.Participants.ParticipantGrain"), logs.CreateLogger("Others.Part"));
    }

    [Fact]
    public void Loggers_that_are_there_already_follow_and_those_of_others_do_not()
    {
        Assert.False(_ours.IsEnabled(LogLevel.Debug));

        _levels.Set(LogDetail.Debug, TimeSpan.FromMinutes(15));

        Assert.True(_ours.IsEnabled(LogLevel.Debug));
        Assert.False(_ours.IsEnabled(LogLevel.Trace));
        Assert.False(_others.IsEnabled(LogLevel.Debug));
    }

    [Fact]
    public void After_its_time_it_is_as_the_settings_say()
    {
        _levels.Set(LogDetail.Error, TimeSpan.FromMinutes(15));
        Assert.False(_ours.IsEnabled(LogLevel.Warning));

        _time.Advance(TimeSpan.FromMinutes(15));

        Assert.Null(_levels.Level);
        Assert.True(_ours.IsEnabled(LogLevel.Warning));
        Assert.False(_ours.IsEnabled(LogLevel.Debug));
    }

    [Fact]
    public void It_goes_back_when_told_and_what_was_set_before_does_not_end_what_is_set_later()
    {
        _levels.Set(LogDetail.Debug, TimeSpan.FromMinutes(15));
        _levels.Set(null, default);
        Assert.False(_ours.IsEnabled(LogLevel.Debug));

        _time.Advance(TimeSpan.FromMinutes(10));
        _levels.Set(LogDetail.Debug, TimeSpan.FromMinutes(15));
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.True(_ours.IsEnabled(LogLevel.Debug));
    }

    sealed class Silent : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }
}
