namespace VoiceGrains.Engines;

/// <summary>What may be done with the speech of synthesizers beside playing it as it comes.</summary>
/// <param name="CatchesUp">
/// Whether speech that comes late is made up for: it is played up to a quarter faster with short silences, then translated more briefly, at last only read. Default: true.
/// </param>
/// <param name="IsForeseen">
/// Whether the clause that will probably come next is made before it is committed, so that nobody waits for its first sound. What was guessed wrong is paid for and never
/// heard. Default: false.
/// </param>
public sealed record SpeechRules(bool CatchesUp = true, bool IsForeseen = false);
