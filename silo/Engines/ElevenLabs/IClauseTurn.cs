namespace VoiceGrains.Silo.Engines.ElevenLabs;

/// <summary>A place to speak one clause at, made ready before the clause is known. Disposing gives it back, spoken with or not; that takes no longer than <see cref="ElevenLabsOptions.CloseLimit"/>.</summary>
interface IClauseTurn : IAsyncDisposable
{
    /// <summary>
    /// Speaks a clause, once, and returns when the vendor has said that it is whole. Throws <see cref="VoiceGrains.Engines.EngineFaultException"/>;
    /// sound that came before the fault stands.
    /// </summary>
    Task Speak(string clause, ClauseAudio audio, CancellationToken cancellationToken);
}
