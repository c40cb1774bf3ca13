namespace VoiceGrains.Silo.Engines;

/// <summary>What an account at a vendor may do at a time (streams, generations), whoever in the cluster does it.</summary>
interface IAccountSlots
{
    /// <summary>
    /// Takes a place until the result is disposed. Throws <see cref="VoiceGrains.Engines.EngineFaultException"/> with <c>RateLimited</c> when none is free within the limit.
    /// </summary>
    ValueTask<IAsyncDisposable> Take(TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>The vendor said how many of the account are in use and how many there are. Returns at once.</summary>
    void Told(int current, int maximum);
}
