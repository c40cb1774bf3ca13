using VoiceGrains.Calls;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;

namespace VoiceGrains.Context;

/// <summary>What a participant knows of the terms of their call: nothing until the call has answered. Engines are asked without them until then.</summary>
sealed class KnownTerms
{
    public Glossary Glossary { get; private set; } = new(CallTerms.None.Glossary);

    public Formality Formality { get; private set; }

    /// <summary>How eagerly lanes interpret.</summary>
    public InterpretingRules Interpreting { get; private set; } = InterpretingRules.Balanced;

    public void Learn(CallTerms terms) =>
        (Glossary, Formality, Interpreting) = (new Glossary(terms.Glossary), terms.Formality, InterpretingRules.Of(terms.Interpreting));
}
