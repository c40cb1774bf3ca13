using VoiceGrains.Client;

namespace VoiceGrains.Tests.Support;

/// <summary>One process of a cluster under test: a silo or a gateway that can be killed, stopped, hung and started again under its name.</summary>
public sealed class ClusterProcess : IAsyncDisposable
{
    readonly string _program;
    readonly string[] _settings;
    readonly List<string> _outputOfEarlier = [];
    SiloProcess _process;

    ClusterProcess(string name, string program, string[] settings, SiloProcess process)
    {
        Name = name;
        _program = program;
        _settings = settings;
        _process = process;
    }

    public string Name { get; }

    /// <summary>Where it is reached over HTTP. It stays the same when it is started again.</summary>
    public Uri Address => _process.Address;

    /// <summary>Id of the process that runs now, or ran last.</summary>
    public int Id => _process.Id;

    public bool HasEnded => _process.HasEnded;

    /// <summary>The process that runs now, or ran last.</summary>
    public SiloProcess Process => _process;

    /// <summary>Of the process that has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it wrote so far, over all its lives.</summary>
    public IReadOnlyCollection<string> Output => [.. _outputOfEarlier, .. _process.Output];

    /// <inheritdoc cref="SiloProcess.Errors"/>
    public IEnumerable<string> Errors => _process.Errors;

    /// <summary>Its REST API, of a gateway.</summary>
    public CallsClient Calls => _process.Calls;

    /// <summary>Starts it and waits until it is ready.</summary>
    internal static async Task<ClusterProcess> Start(string name, string program, string[] settings) =>
        new(name, program, settings, await SiloProcess.Start(program, ["--urls", "http://127.0.0.1:0", "--Cluster:Name", name, .. settings]));

    /// <summary>Ends it in the middle of whatever it does, as a crash would. Returns when it has ended.</summary>
    public async Task Kill()
    {
        _process.Send(SiloProcess.KillAtOnce);
        await Until.True($"{Name} has ended", () => HasEnded);
    }

    /// <summary>Hangs it: its ports stay open, and nothing runs.</summary>
    public void Suspend() => _process.Send(SiloProcess.Pause);

    /// <summary>Lets it go on after <see cref="Suspend"/>.</summary>
    public void Resume() => _process.Send(SiloProcess.Continue);

    /// <summary>Asks it to end as an operator does, and waits until it has. Returns its exit code.</summary>
    public Task<int> Stop() => _process.Stop();

    /// <summary>Waits until it has ended by itself, and its last line has been read. Returns its exit code.</summary>
    public async Task<int> Ended(TimeSpan? limit = null)
    {
        await Until.True($"{Name} has ended", () => HasEnded, limit);
        await _process.Ended;
        return ExitCode;
    }

    /// <summary>Starts it again under its name and address after it has ended, and waits until it is ready.</summary>
    public async Task StartAgain()
    {
        _outputOfEarlier.AddRange(_process.Output);
        var address = Address;
        var ended = _process;
        _process = await SiloProcess.Start(_program, ["--urls", address.GetLeftPart(UriPartial.Authority), "--Cluster:Name", Name, .. _settings]);
        await ended.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
