using VoiceGrains.Calls;
using VoiceGrains.Checkpoints;
using VoiceGrains.Context;
using VoiceGrains.Deliveries;
using VoiceGrains.Engines;
using VoiceGrains.Voices;

namespace VoiceGrains.Lanes;

/// <summary>What all lanes of a speaker share.</summary>
/// <param name="VoiceFor">The speaker's voice in a language; null: none.</param>
/// <param name="Translated">Takes the finished text of a lane and segment.</param>
sealed record LaneServices(
    EngineSet Engines,
    Outlets Outlets,
    Commits Commits,
    RecentSegments Recent,
    TranslationContext Context,
    TimeProvider Time,
    Func<Language, Task<Voice?>> VoiceFor,
    Action<int, RecordedTranslation> Translated)
{
    /// <summary>How often engines were asked: once for each sentence and language, whoever listens.</summary>
    public EngineUse Use { get; } = new();

    /// <summary>How eagerly lanes interpret what is said from now on.</summary>
    public InterpretingRules Rules => Context.Rules;
}

/// <summary>Counts of a speaker's requests to engines.</summary>
sealed class EngineUse
{
    public long Translations { get; set; }

    /// <summary>Of sentences that were being spoken.</summary>
    public long Drafts { get; set; }

    public long Syntheses { get; set; }

    /// <summary>Clauses that were made before they were committed, and then did not come.</summary>
    public long Unheard { get; set; }

    /// <summary>Clauses that were only read, because too much waited to be heard.</summary>
    public long OnlyRead { get; set; }

    /// <summary>Clauses that were spoken anew after another activation.</summary>
    public int Repeats { get; set; }

    /// <summary>The translator that worked last, by language.</summary>
    public Dictionary<Language, string> Translators { get; } = [];

    /// <summary>The synthesizer that spoke last, by language.</summary>
    public Dictionary<Language, string> Synthesizers { get; } = [];
}
