using System.Collections.Immutable;

namespace VoiceGrains.Media;

/// <summary>How a segment came about.</summary>
[GenerateSerializer, Alias("voicegrains.SegmentOrigin")]
public enum SegmentOrigin
{
    Spoken,
    Typed,
}

/// <summary>What to expect of a translation.</summary>
[GenerateSerializer, Alias("voicegrains.TranslationQuality")]
public enum TranslationQuality
{
    /// <summary>The text is in the speaker's language.</summary>
    Original,

    /// <summary>By an engine or phrasebook meant for use.</summary>
    Good,

    /// <summary>By a machine whose output gives the gist at best.</summary>
    Rough,

    /// <summary>No engine could translate: the text is the original.</summary>
    Untranslated,
}

/// <summary>One thing on its way from a speaker to listeners behind a gateway.</summary>
/// <param name="Language">The listeners it is for: those of this language.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.Delivery")]
public abstract record Delivery(Language Language);

/// <summary>A caption as it stands now. Only the newest revision of (speaker, segment, language) matters.</summary>
/// <param name="Segment">Counts the speaker's segments from 1.</param>
/// <param name="Revision">Grows with each change of this caption, over activations; below 2^53.</param>
/// <param name="Committed">Never changes again, only grows.</param>
/// <param name="Tail">May still change.</param>
/// <param name="IsFinal">Nothing more comes for this segment.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.CaptionDelivery")]
public sealed record CaptionDelivery(
    Language Language,
    int Segment,
    long Revision,
    Language SpokenLanguage,
    string Committed,
    string Tail,
    bool IsFinal,
    TranslationQuality Quality,
    SegmentOrigin Origin,
    StageLatency Latency) : Delivery(Language);

/// <summary>A clause begins to be spoken.</summary>
/// <param name="Clause">Counts the clauses of (lane, segment) from 1.</param>
/// <param name="Text">What will be heard.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SpeechBeginDelivery")]
public sealed record SpeechBeginDelivery(Language Language, int Segment, int Clause, string Text, StageLatency Latency) : Delivery(Language);

/// <summary>A piece of a spoken clause.</summary>
/// <param name="At">Where in the clause it belongs: says what is new when the clause is spoken again by another activation.</param>
/// <param name="Audio">PCM, 16 bit little endian, mono, 16 kHz.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SpeechChunkDelivery")]
public sealed record SpeechChunkDelivery(Language Language, int Segment, int Clause, TimeSpan At, ReadOnlyMemory<byte> Audio) : Delivery(Language);

/// <summary>A clause is spoken.</summary>
/// <param name="Duration">Of all its chunks.</param>
/// <param name="IsWhole">False when the synthesizer failed on the way.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.SpeechEndDelivery")]
public sealed record SpeechEndDelivery(Language Language, int Segment, int Clause, TimeSpan Duration, bool IsWhole) : Delivery(Language);

/// <summary>A frame of the speaker's own voice.</summary>
/// <param name="Number">The speaker's frame number.</param>
/// <param name="MediaTime">On the speaker's clock.</param>
/// <param name="Audio">PCM, 16 bit little endian, mono, 16 kHz.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.OriginalDelivery")]
public sealed record OriginalDelivery(Language Language, long Number, TimeSpan MediaTime, ReadOnlyMemory<byte> Audio) : Delivery(Language);

/// <summary>What one listener missed, in order; from here on they get what everybody gets.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.CaughtUpDelivery")]
public sealed record CaughtUpDelivery(Language Language, ParticipantId Listener, ImmutableArray<Delivery> Items) : Delivery(Language);

/// <summary>Something the listeners of a language, or with <paramref name="ToSpeaker"/> the speaker alone, should know about a speaker.</summary>
[GenerateSerializer, Immutable, Alias("voicegrains.NoticeDelivery")]
public sealed record NoticeDelivery(Language Language, NoticeKind Kind, bool ToSpeaker) : Delivery(Language);

/// <summary>What a notice says.</summary>
[GenerateSerializer, Alias("voicegrains.NoticeKind")]
public enum NoticeKind
{
    /// <summary>Speech was heard that the recognizer can't put into words it knows.</summary>
    NotUnderstood,

    /// <summary>No recognizer for the speaker's language: they can type.</summary>
    NoRecognizer,

    /// <summary>The recognizer fails; it is being restarted, and nothing that was said is lost.</summary>
    RecognizerFailed,

    /// <summary>No voice for the listener's language: captions only.</summary>
    NoVoice,

    /// <summary>The synthesizer failed for a clause; its caption stands.</summary>
    SynthesizerFailed,

    /// <summary>The translator failed for a sentence; the caption holds the original.</summary>
    TranslatorFailed,

    /// <summary>So much speech waits to be heard that what comes next is only read, until it was.</summary>
    FarBehind,
}

/// <summary>How long each stage took, from the end of the spoken phrase. Null: not yet, or not for this text.</summary>
/// <param name="Recognized">End of speech to final words.</param>
/// <param name="Translated">Final words to translation.</param>
/// <param name="Spoken">Translation to first audio.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.StageLatency")]
public sealed record StageLatency(TimeSpan? Recognized, TimeSpan? Translated, TimeSpan? Spoken)
{
    /// <summary>Nothing measured yet.</summary>
    public static StageLatency None { get; } = new(null, null, null);
}
