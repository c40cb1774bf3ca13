using System.Collections.Immutable;

namespace VoiceGrains.Tests.Cluster.Conformance;

[GenerateSerializer, Immutable, Alias("conformance.Note")]
public sealed record Note(string Text, ImmutableArray<int> Numbers);

[Alias("conformance.IProbeGrain")]
public interface IProbeGrain : IGrainWithStringKey
{
    [Alias("Identity")]
    Task<Guid> Identity();

    [Alias("Echo")]
    Task<Note> Echo(Note note);

    /// <summary>Waits until released; answers with how many ran at the same time at most.</summary>
    [Alias("Hold")]
    Task<int> Hold();

    [Alias("Release"), AlwaysInterleave]
    Task Release();

    [Alias("Running"), AlwaysInterleave]
    Task<int> Running();

    [Alias("RecursiveCount")]
    Task<int> CountTogether(int rounds);

    [Alias("Break")]
    Task Break(string message);

    [Alias("Hang")]
    Task Hang();

    [Alias("Tick")]
    Task StartTimer(TimeSpan period);

    [Alias("Ticks"), AlwaysInterleave]
    Task<int> Ticks();

    [Alias("End")]
    Task End();

    [Alias("Subscribe")]
    Task Tell(IProbeObserver observer, string text);

    [Alias("OneWay"), OneWay]
    Task Throw();

    [Alias("CallOther")]
    Task<string> CallOther(string key);

    [Alias("Key")]
    Task<string> Key();

    /// <summary>Name of the silo that the activation lives in.</summary>
    [Alias("Silo"), AlwaysInterleave]
    Task<string> Silo();

    [Alias("Move")]
    Task Move();

    /// <summary>Answers with the shape, whichever it is.</summary>
    [Alias("EchoShape")]
    Task<Shape> EchoShape(Shape shape);

    [Alias("BreakStrangely")]
    Task BreakStrangely(string message);

    /// <summary>Tells an observer numbers without waiting for it in between.</summary>
    [Alias("TellMany")]
    Task TellMany(IProbeObserver observer, int count);

    /// <summary>Takes bytes and answers with how many.</summary>
    [Alias("Weigh"), AlwaysInterleave]
    Task<int> Weigh(ReadOnlyMemory<byte> bytes);

    /// <summary>Hands a reference on to another grain, which calls it.</summary>
    [Alias("TellThrough")]
    Task TellThrough(IProbeGrain other, IProbeObserver observer, string text);
}

[GenerateSerializer, Immutable, Alias("conformance.Shape")]
public abstract record Shape(string Name);

[GenerateSerializer, Immutable, Alias("conformance.Circle")]
public sealed record Circle(string Name, double Radius) : Shape(Name);

[GenerateSerializer, Immutable, Alias("conformance.Recording")]
public sealed record Recording(string Name, ReadOnlyMemory<byte> Audio, ImmutableArray<ReadOnlyMemory<byte>> More) : Shape(Name);

/// <summary>A failure that only silos know.</summary>
public sealed class StrangeException(string message) : Exception(message);

[Alias("conformance.IProbeObserver")]
public interface IProbeObserver : IGrainObserver
{
    [Alias("Hear")]
    Task Hear(string text);
}

[Alias("conformance.IStoredGrain")]
public interface IStoredGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task Write(string text);

    [Alias("Read")]
    Task<string> Read();

    [Alias("Exists")]
    Task<bool> Exists();

    [Alias("Clear")]
    Task Clear();

    [Alias("ChangeWithoutWriting")]
    Task ChangeWithoutWriting(string text);

    [Alias("End")]
    Task End();
}

public sealed class StoredText
{
    public string Text { get; set; } = "";
}

[GrainType("conformanceprobe")]
public sealed class ProbeGrain(ILocalSiloDetails silo) : Grain, IProbeGrain
{
    readonly Guid _identity = Guid.NewGuid();
    TaskCompletionSource _released = new();
    int _running;
    int _most;
    int _count;
    int _ticks;

    public Task<Guid> Identity() => Task.FromResult(_identity);

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<Note> Echo(Note note) => Task.FromResult(note);

    public async Task<int> Hold()
    {
        _most = Math.Max(_most, ++_running);
        await _released.Task;
        _running--;
        return _most;
    }

    public Task Release()
    {
        _released.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<int> Running() => Task.FromResult(_running);

    public async Task<int> CountTogether(int rounds)
    {
        // Turns of one grain never overlap: a plain field is safe although other threads run them.
        for (var i = 0; i < rounds; i++)
        {
            var before = _count;
            await Task.Yield();
            _count = before + 1;
        }

        return _count;
    }

    public Task Break(string message) => throw new InvalidOperationException(message);

    public Task Hang() => new TaskCompletionSource().Task;

    public Task StartTimer(TimeSpan period)
    {
        this.RegisterGrainTimer(
            _ =>
            {
                _ticks++;
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions { DueTime = period, Period = period });
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Tell(IProbeObserver observer, string text) => observer.Hear(text);

    public Task Throw() => throw new InvalidOperationException("Nobody hears of this.");

    public Task<string> Silo() => Task.FromResult(silo.Name);

    public Task Move()
    {
        MigrateOnIdle();
        return Task.CompletedTask;
    }

    public Task<Shape> EchoShape(Shape shape) => Task.FromResult(shape);

    public Task BreakStrangely(string message) => throw new StrangeException(message);

    public Task TellMany(IProbeObserver observer, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(number => observer.Hear($"{number}")));

    public Task<int> Weigh(ReadOnlyMemory<byte> bytes) => Task.FromResult(bytes.Length);

    public Task TellThrough(IProbeGrain other, IProbeObserver observer, string text) => other.Tell(observer, text);

    public Task<string> CallOther(string key) => GrainFactory.GetGrain<IProbeGrain>(key).Key();
}

[GrainType("conformancestored")]
public sealed class StoredGrain([PersistentState("text", "grains")] IPersistentState<StoredText> state) : Grain, IStoredGrain
{
    public async Task Write(string text)
    {
        state.State.Text = text;
        await state.WriteStateAsync();
    }

    public Task<string> Read() => Task.FromResult(state.State.Text);

    public Task<bool> Exists() => Task.FromResult(state.RecordExists);

    public Task Clear() => state.ClearStateAsync();

    public Task ChangeWithoutWriting(string text)
    {
        state.State.Text = text;
        return Task.CompletedTask;
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
