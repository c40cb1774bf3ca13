using VoiceGrains.Calls;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;

namespace VoiceGrains.Context;

/// <summary>What a participant knows of the terms of their call: nothing until the call has answered. Engines are asked without them until then.</summary>
sealed class KnownTerms
{
    Interpreting _ofCall;
    Interpreting? _own;

    public Glossary Glossary { get; private set; } = new(CallTerms.None.Glossary);

    public Formality Formality { get; private set; }

    /// <summary>How eagerly lanes interpret the participant.</summary>
    public InterpretingRules Interpreting { get; private set; } = InterpretingRules.Balanced;

    public void Learn(CallTerms terms)
    {
        (Glossary, Formality, _ofCall) = (new Glossary(terms.Glossary), terms.Formality, terms.Interpreting);
        Interpreting = InterpretingRules.Of(_own ?? _ofCall);
    }

    /// <summary>What counts for this participant, whatever the call says; null: what it says.</summary>
    public void Prefer(Interpreting? own)
    {
        _own = own;
        Interpreting = InterpretingRules.Of(_own ?? _ofCall);
    }
}
