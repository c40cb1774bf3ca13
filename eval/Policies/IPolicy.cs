using System.Collections.Immutable;
using VoiceGrains.Engines;

namespace VoiceGrains.Eval.Policies;

/// <summary>
/// Decides what is translated when, what of it is committed, and what is spoken: one target language of one speaker. It is told what happens, one thing at a time and
/// in virtual time, and acts through its <see cref="IBooth"/>. It has no tasks and no threads, and no clock but that of the booth.
/// </summary>
interface IPolicy
{
    /// <summary>The recognizer found something out: the product's own events, in their order.</summary>
    void Hear(RecognizerEvent heard);

    /// <summary>The speaker has been silent since a moment, for as long as the profile says; the recognizer does not know it yet.</summary>
    void Pause(TimeSpan since);

    /// <summary>The speaker goes on after a pause, since a moment.</summary>
    void Resume(TimeSpan since)
    {
    }

    /// <summary>A call of <see cref="IBooth.Translate"/> was answered.</summary>
    void Take(Draft draft);

    /// <summary>A call was not answered within the limit.</summary>
    void Miss(int call);

    /// <summary>How fast to speak when so much speech is not yet played; the player changes slowly towards it. Default: as fast as it was made.</summary>
    double Tempo(TimeSpan unplayed) => 1;
}

/// <summary>What a policy can do: the booth of an interpreter.</summary>
interface IBooth
{
    Language To { get; }

    /// <summary>The clock. Timers ring between other events.</summary>
    TimeProvider Time { get; }

    /// <summary>Committed speech that was not played yet, also when it is still being made.</summary>
    TimeSpan Unplayed { get; }

    /// <summary>Calls the translator and returns the number of the call. Several may be under way; answers may overtake each other.</summary>
    int Translate(TranslateRequest request);

    /// <summary>Asks the recognizer for final words now. It may answer with none, or not at all.</summary>
    void FinishSegment();

    /// <summary>Shows the caption of a segment as it stands now. What is new in its committed text is committed by this.</summary>
    void Show(Caption caption);

    /// <summary>Speaks the next committed text of a segment.</summary>
    void Speak(int segment, string text);

    /// <summary>Has text spoken into a buffer, because it will probably be committed. One text at a time: a new one replaces it.</summary>
    void Prepare(string text);

    /// <summary>Keeps in mind what was said, and its translation that was just committed, for the rest of the call.</summary>
    void Keep(ImmutableArray<Word> words);

    /// <summary>What the translator had answered to the same words in an earlier talk of the call, at once and without a call; null: they were not kept.</summary>
    Draft? Recall(ImmutableArray<Word> words);

    /// <summary>Speaks what was spoken before in the call from the speech that was kept of it, without the synthesizer. False: it was not.</summary>
    bool Repeat(int segment, string text);

    /// <summary>Drops all speech that was not played. What of it is heard in part was retracted, and will be counted.</summary>
    void CutSpeech();
}

/// <summary>What to translate.</summary>
/// <param name="Words">As the recognizer wrote and timed them, in order.</param>
/// <param name="Admitted">How many of them will not change; the rest serves to choose words.</param>
/// <param name="Committed">What was committed of the translation of these words: it is to be continued. Empty: begin.</param>
/// <param name="IsWhole">No word is to be held back: all that can be said of the words is to be in the answer.</param>
sealed record TranslateRequest(ImmutableArray<Word> Words, int Admitted, string Committed, bool IsWhole);

/// <summary>The answer to a call: the new text in pieces, in order.</summary>
sealed record Draft(int Call, ImmutableArray<Fragment> Fragments);

/// <summary>A piece of a draft.</summary>
/// <param name="Needs">How many words of the request it needs, as the translator says; never falls within a draft, but may be too low.</param>
sealed record Fragment(int Needs, string Text);

/// <summary>A caption as it stands, as in <see cref="Media.CaptionDelivery"/>.</summary>
/// <param name="Segment">Counts the segments of the talk, by the policy.</param>
/// <param name="Committed">Only grows.</param>
/// <param name="Tail">May still change.</param>
sealed record Caption(int Segment, string Committed, string Tail);
