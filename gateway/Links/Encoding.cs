using VoiceGrains.Media;
using VoiceGrains.Protocol;

namespace VoiceGrains.Gateway.Links;

/// <summary>Deliveries as messages of the protocol.</summary>
static class Encoding
{
    public static byte[] Of(ParticipantId speaker, int stream, NewDelivery taken) => taken.Delivery switch
    {
        OriginalDelivery frame => new FrameHeader(FrameKind.Original, (ushort)stream, (uint)frame.Number, frame.MediaTime).WithAudio(frame.Audio.Span),
        SpeechChunkDelivery chunk => new FrameHeader(FrameKind.Speech, (ushort)stream, (uint)taken.Chunks, chunk.At).WithAudio(chunk.Audio.Span),
        _ => ProtocolJson.Write(Text(stream, speaker, taken)),
    };

    /// <summary>Tells who connects that they can't be recognized.</summary>
    public static Notice NoRecognizer => NoticeOf(NoticeKind.NoRecognizer, speaker: null);

    static ServerMessage Text(int stream, ParticipantId speaker, NewDelivery taken) => taken.Delivery switch
    {
        CaptionDelivery caption => Caption(speaker, caption),
        SpeechBeginDelivery begin => new SpeechBegin(
            stream, speaker.Value, begin.Language.Tag, begin.Segment, begin.Clause, begin.Text, Milliseconds(begin.Latency), taken.From.TotalMilliseconds),
        SpeechEndDelivery end => new SpeechEnd(
            stream, speaker.Value, end.Language.Tag, end.Segment, end.Clause, taken.Chunks, end.Duration.TotalMilliseconds, end.IsWhole),
        NoticeDelivery notice => NoticeOf(notice.Kind, notice.ToSpeaker ? null : speaker.Value),
        _ => throw new ArgumentException($"{taken.Delivery.GetType().Name} is no message.", nameof(taken)),
    };

    static Caption Caption(ParticipantId speaker, CaptionDelivery caption) => new(
        speaker.Value,
        caption.Segment,
        caption.Revision,
        caption.Language.Tag,
        caption.SpokenLanguage.Tag,
        caption.Committed,
        caption.Tail,
        caption.IsFinal,
        caption.Quality switch
        {
            TranslationQuality.Original => "original",
            TranslationQuality.Good => "good",
            TranslationQuality.Rough => "rough",
            _ => "untranslated",
        },
        caption.Origin == SegmentOrigin.Typed ? "typed" : "spoken",
        (caption.Quality == TranslationQuality.Untranslated ? caption.SpokenLanguage : caption.Language).IsRightToLeft,
        Milliseconds(caption.Latency));

    static Notice NoticeOf(NoticeKind kind, string? speaker) => kind switch
    {
        NoticeKind.NotUnderstood => new Notice("not-understood", "That was not understood. Say a sentence of the phrasebook, or type.", speaker),
        NoticeKind.NoRecognizer => new Notice("no-recognizer", "Your language can't be recognized here. Type instead: others will read and hear it.", speaker),
        NoticeKind.RecognizerFailed => new Notice("recognizer-failed", "Recognition is being restarted. What you said is not lost.", speaker),
        NoticeKind.NoVoice => new Notice("no-voice", "There is no voice for your language: you get captions only.", speaker),
        NoticeKind.SynthesizerFailed => new Notice("synthesizer-failed", "A clause could not be spoken. Its caption is complete.", speaker),
        NoticeKind.FarBehind => new Notice("far-behind", "The translation is far behind. What comes next is only in the captions, until it has caught up.", speaker),
        _ => new Notice("translator-failed", "A sentence could not be translated. Its caption is in the original.", speaker),
    };

    static LatencyMs Milliseconds(StageLatency latency) =>
        new(latency.Recognized?.TotalMilliseconds, latency.Translated?.TotalMilliseconds, latency.Spoken?.TotalMilliseconds);
}
