using System.Collections.Concurrent;

namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>Work in the background that somebody must own until it is done. None of it throws to anybody; disposing waits for all of it.</summary>
sealed class Errands : IAsyncDisposable
{
    readonly ConcurrentDictionary<long, Task> _running = new();
    long _last;

    /// <summary>How many are on their way.</summary>
    public int Running => _running.Count;

    /// <summary>Begins one on the thread pool.</summary>
    public void Add(Func<Task> errand)
    {
        var number = Interlocked.Increment(ref _last);
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[number] = Task.Run(() => Run(number, errand, begin.Task));
        begin.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        while (!_running.IsEmpty)
            await Task.WhenAll(_running.Values);
    }

    async Task Run(long number, Func<Task> errand, Task listed)
    {
        await listed;
        try
        {
            await errand();
        }
        catch (Exception)
        {
            // Whoever waits for a result has heard of it; what breaks while something broken is given back is no news.
        }
        finally
        {
            _running.TryRemove(number, out _);
        }
    }
}
