namespace VoiceGrains.Lanes;

/// <summary>
/// How much committed speech of a lane the listeners have not heard yet: audio that was delivered plays from the moment it came, one after the other; what is still
/// being made is estimated by its letters.
/// </summary>
sealed class Unplayed(TimeProvider time)
{
    // About 15 letters a second, in most languages that are written with an alphabet.
    static readonly TimeSpan PerLetter = TimeSpan.FromMilliseconds(65);

    readonly long _begun = time.GetTimestamp();
    TimeSpan _playedUntil;
    TimeSpan _promised;

    /// <summary>Now.</summary>
    public TimeSpan Length => _promised + (_playedUntil > Now ? _playedUntil - Now : TimeSpan.Zero);

    /// <summary>Now, without a clause that is not settled.</summary>
    public TimeSpan Beside(string clause) => Length - EstimateOf(clause) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero;

    /// <summary>On the clock of the lane.</summary>
    public TimeSpan Now => time.GetElapsedTime(_begun);

    /// <summary>The clause is on its way to the synthesizer.</summary>
    public void Promise(string clause) => _promised += EstimateOf(clause);

    /// <summary>Audio of it was delivered.</summary>
    public void Deliver(TimeSpan audio) => _playedUntil = (_playedUntil > Now ? _playedUntil : Now) + audio;

    /// <summary>All of it was delivered, or never will be.</summary>
    public void Settle(string clause) => _promised = _promised > EstimateOf(clause) ? _promised - EstimateOf(clause) : TimeSpan.Zero;

    static TimeSpan EstimateOf(string clause) => clause.Length * PerLetter;
}
