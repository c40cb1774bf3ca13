using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;

namespace VoiceGrains.Context;

/// <summary>Asks for translations with everything that helps: the terms of the call, and what was said before, as far as they are known at that moment.</summary>
sealed class TranslationContext(KnownTerms terms, CallDialogue dialogue)
{
    /// <summary>How eagerly the people of the call want to be translated.</summary>
    public InterpretingRules Rules => terms.Interpreting;

    /// <param name="committed">Translation of the segment so far.</param>
    /// <param name="isBrief">The listener is far behind.</param>
    public TranslationRequest Of(Sentence sentence, Language to, string committed, bool isBrief) => new(sentence.Language, to, sentence.Text, committed)
    {
        Glossary = terms.Glossary.Between(sentence.Language, to, sentence.Text),
        Formality = terms.Formality,
        Dialogue = dialogue.Before(sentence.Segment),
        IsBrief = isBrief,
    };

    /// <summary>The same for a sentence that is being spoken.</summary>
    public DraftRequest Of(DraftOrder order, LaneSegment segment, Language to, bool isBrief)
    {
        var words = order.Source.Words.Select(static word => word.Word.Text).ToImmutableArray();
        return new DraftRequest(segment.Spoken, to, words, order.Source.Admitted, segment.CommittedBefore, order.Committed)
        {
            Glossary = terms.Glossary.Between(segment.Spoken, to, string.Join(' ', words)),
            Formality = terms.Formality,
            Dialogue = dialogue.Before(segment.Number),
            IsWhole = order.IsWhole,
            IsBrief = isBrief,
        };
    }
}
