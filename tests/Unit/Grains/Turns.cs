namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Runs a test as a grain runs its calls: one turn at a time, so that classes made for a grain need no locks here either.</summary>
static class Turns
{
    public static Task Run(Func<Task> test) => Task.Factory
        .StartNew(test, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler)
        .Unwrap();
}
