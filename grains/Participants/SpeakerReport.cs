using VoiceGrains.Checkpoints;
using VoiceGrains.Deliveries;
using VoiceGrains.Recognition;

namespace VoiceGrains.Participants;

/// <summary>What one speaker shows to operators, dashboards and tests.</summary>
sealed class SpeakerReport(SpeakerServices services, Outlets outlets, FrameLedger ledger, Commits commits, Ear ear, SpeakerSegments segments)
{
    /// <summary>Of the lane that is furthest behind.</summary>
    public TimeSpan Lag => segments.Lanes.Lag;

    public ParticipantFigures Figures => new(
        services.Silo,
        ledger.Figures with { Repeats = ledger.Figures.Repeats + segments.Use.Repeats },
        segments.LastSegment,
        [.. segments.Languages],
        segments.Use.Translations,
        segments.Use.Syntheses,
        segments.Use.Drafts,
        segments.Use.Unheard,
        segments.Use.OnlyRead,
        segments.Corrected,
        segments.Echoes);

    /// <param name="language">That they speak; default: none yet.</param>
    /// <param name="fence">Of their connection.</param>
    /// <param name="heard">How long ago their gateway called.</param>
    public ParticipantDetails Describe(Language language, Marks marks, Fence? fence, TimeSpan heard) => new(
        Figures,
        language,
        fence,
        outlets.OwnGateway,
        marks,
        IsSpeaking: segments.Open is not null,
        heard,
        commits.Waiting,
        new EngineInUse(ear.Engine, language == default ? null : services.Engines.RecognizersFor(language).FirstOrDefault()?.Name),
        language == default ? [] : [.. segments.Lanes.Describe(language)]);
}
