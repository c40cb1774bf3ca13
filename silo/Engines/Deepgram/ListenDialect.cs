using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>The vendor's times do not fit the audio that was sent: nothing can be kept apart by them.</summary>
sealed class WrongTimesException : Exception;

/// <summary>How one of the two listen APIs is spoken, and what its messages mean for the turn. Not thread-safe.</summary>
abstract class ListenDialect(StreamClock clock, Turn turn)
{
    // What a vendor heard a moment ago may still turn into words.
    protected static readonly TimeSpan Unsure = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(500);
    const double LongestStream = 1_000_000;

    /// <summary>Bytes of the smallest and largest piece of audio.</summary>
    public abstract (int Least, int Most) Piece { get; }

    /// <summary>Asks for the final words.</summary>
    public abstract string Finish { get; }

    /// <summary>Whether the vendor gives final words without ending the turn.</summary>
    public virtual bool CanFinishWords => false;

    /// <summary>So many of the next answers to <see cref="Finish"/> are for those in mid-turn.</summary>
    public int WordsWanted { get; set; }

    /// <summary>The end of the turn was asked for, and has not come.</summary>
    public bool IsEndWanted { get; set; }

    /// <summary>Says that nobody speaks. Null: only audio does.</summary>
    public abstract string? KeepAlive { get; }

    /// <summary>Whether the vendor needs audio to go on, because it has not said all about what it heard.</summary>
    public abstract bool NeedsAudio { get; }

    /// <summary>Whether the vendor says nothing about the end of what was written unless it is asked to finish.</summary>
    public virtual bool MustBeAsked => false;

    /// <summary>How far the vendor has looked at the audio, on the session's clock.</summary>
    public TimeSpan Heard { get; protected set; }

    /// <summary>Whether the stream ended as it should.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>Whether words are open that lie before the position.</summary>
    public virtual bool IsUnfinished(TimeSpan position) => Turn.IsOpen && Turn.Start < position;

    protected StreamClock Clock => clock;

    protected Turn Turn => turn;

    /// <summary>Takes a message other than Error. Throws <see cref="WrongTimesException"/>.</summary>
    /// <returns>Whether the turn is to be finished by asking for it.</returns>
    public abstract bool Hear(ListenMessage message);

    /// <summary>The vendor closed after the audio had ended. False: it has not said everything.</summary>
    public abstract bool End();

    /// <summary>The vendor does not answer a finish any more: the newest words count.</summary>
    public virtual void Settle() => Turn.Settle(Heard);

    /// <summary>Nobody speaks up to the position.</summary>
    public void HearSilence(TimeSpan until) => Turn.HearSilence(until, isAtOnce: true);

    /// <summary>Everything that was written is settled.</summary>
    protected void SettleAll()
    {
        Turn.Settle(clock.Written);
        Turn.HearSilence(clock.Written, isAtOnce: true);
        IsOver = true;
    }

    /// <summary>A time of the vendor, within the audio that was sent.</summary>
    protected TimeSpan VendorTime(double? seconds)
    {
        if (seconds is not (>= -0.01 and < LongestStream))
            throw new WrongTimesException();
        var time = TimeSpan.FromSeconds(Math.Max(0, seconds.Value));
        return time <= clock.Sent + Rounding ? time : throw new WrongTimesException();
    }

    /// <summary>The words, on the session's clock. Those without times are spread evenly over the range.</summary>
    protected ImmutableArray<Word> WordsOf(ImmutableArray<ListenWord> words, TimeSpan from, TimeSpan to)
    {
        var all = ImmutableArray.CreateBuilder<Word>(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            var start = word.Start is { } known ? clock.ToWritten(VendorTime(known)) : from + ((to - from) * i / words.Length);
            var end = word.End is { } knownEnd ? clock.ToWritten(VendorTime(knownEnd)) : from + ((to - from) * (i + 1) / words.Length);
            all.Add(new Word(word.PunctuatedWord ?? word.Word, start, end < start ? start : end, word.Confidence));
        }

        return all.MoveToImmutable();
    }
}
