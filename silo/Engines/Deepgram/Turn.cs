using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>The turn that is being spoken, if one is: from the vendor's many kinds of news to begin, words and end, each once.</summary>
sealed class Turn(SessionEvents events)
{
    static readonly TimeSpan SilenceNews = TimeSpan.FromMilliseconds(500);

    // The same words again are news when more was heard: they stay.
    static readonly TimeSpan SameNews = TimeSpan.FromMilliseconds(80);

    ImmutableArray<Word> _interim = [];
    TimeSpan _edge;
    TimeSpan _speechEnd;
    TimeSpan _settled;

    public bool IsOpen { get; private set; }

    /// <summary>Where it begins, as it was told.</summary>
    public TimeSpan Start { get; private set; }

    /// <summary>The position that was told last.</summary>
    public TimeSpan Told => events.Told;

    /// <summary>Whether it has final words.</summary>
    public bool HasWords { get; private set; }

    /// <summary>Where the last of them ends.</summary>
    public TimeSpan SpeechEnd => _speechEnd;

    /// <summary>Whether there are words that may still change.</summary>
    public bool HasInterim => !_interim.IsEmpty;

    /// <summary>Somebody speaks. Told once, however often the vendor says so.</summary>
    public void Open(TimeSpan at)
    {
        if (IsOpen)
            return;
        events.Tell(new SpeechStarted(at));
        (IsOpen, HasWords, Start) = (true, false, events.Told);
    }

    /// <summary>How the words that are not final look now.</summary>
    /// <param name="edge">How much audio the vendor had heard.</param>
    public void Revise(ImmutableArray<Word> words, TimeSpan edge)
    {
        words = New(words);
        if (!words.IsEmpty)
            Open(words[0].Start);
        if (!IsOpen || (_interim.Select(Text).SequenceEqual(words.Select(Text)) && (words.IsEmpty || edge < _edge + SameNews)))
            return;
        (_interim, _edge) = (words, edge);
        events.Tell(new InterimWords(events.Told, words) { Edge = edge });
    }

    /// <summary>Words that will not change, of audio up to a position.</summary>
    public void Admit(TimeSpan until, ImmutableArray<Word> words)
    {
        words = New(words);
        if (words.IsEmpty)
        {
            Revise([], until);
            return;
        }

        Open(words[0].Start);
        (_interim, HasWords) = ([], true);
        _speechEnd = words[^1].End;
        events.Tell(new FinalWords(until, words));
    }

    /// <summary>It is over.</summary>
    public void End(TimeSpan until)
    {
        if (!IsOpen)
            return;
        (_interim, IsOpen) = ([], false);
        events.Tell(new TurnEnded(until, HasWords && _speechEnd < until ? _speechEnd : until));
    }

    /// <summary>Nothing more is to be expected from the vendor: the newest words count.</summary>
    public void Settle(TimeSpan until)
    {
        var interim = _interim;
        Admit(until, interim);
        _settled = until;
        End(until);
    }

    /// <summary>Nobody speaks up to the position. Told now and then, or at once.</summary>
    public void HearSilence(TimeSpan until, bool isAtOnce = false)
    {
        if (!IsOpen && until > events.Told && (isAtOnce || until - events.Told >= SilenceNews))
            events.Tell(new SilenceHeard(until));
    }

    static string Text(Word word) => word.Text;

    // What was settled without the vendor may still come from it.
    ImmutableArray<Word> New(ImmutableArray<Word> words) => _settled == TimeSpan.Zero ? words : [.. words.Where(word => word.End > _settled)];
}
