using System.Diagnostics;

namespace VoiceGrains.Tests.Support;

/// <summary>Waits for something that other threads or processes bring about, and names it when it does not happen.</summary>
public static class Until
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Waits until the condition holds.</summary>
    public static async Task True(string what, Func<bool> condition, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > (limit ?? Limit))
                throw new TimeoutException($"This did not happen within {limit ?? Limit}: {what}");
            await Pause();
        }
    }

    /// <inheritdoc cref="True(string, Func{bool}, TimeSpan?)"/>
    public static async Task True(string what, Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > (limit ?? Limit))
                throw new TimeoutException($"This did not happen within {limit ?? Limit}: {what}");
            await Pause();
        }
    }

    /// <summary>Waits until the question has an answer.</summary>
    public static async Task<T> Some<T>(string what, Func<Task<T?>> question, TimeSpan? limit = null)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await question() is { } answer)
                return answer;
            if (watch.Elapsed > (limit ?? Limit))
                throw new TimeoutException($"This did not happen within {limit ?? Limit}: {what}");
            await Pause();
        }
    }

    /// <summary>Waits for a task, and names it when it does not end.</summary>
    public static async Task<T> Done<T>(string what, Task<T> task, TimeSpan? limit = null)
    {
        try
        {
            return await task.WaitAsync(limit ?? Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"This did not happen within {limit ?? Limit}: {what}");
        }
    }

    // The pause between two looks at a condition; no result depends on its length.
    static Task Pause() => Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
}
