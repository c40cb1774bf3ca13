namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>
/// Whether words could have been said in the time that the decoder found for them. Tones, music and noise get words that are as short as the model
/// allows, or that last for seconds, or that leave most of the sound over. Measured with 100 recorded prompts in English and Spanish (5.5 to 18.8 frames a
/// phone, 78 % covered or more) and with 40 beeps, chords, noises and sweeps and 6 unrelated recordings: of their guesses the score alone let 35 pass, this 7.
/// </summary>
static class Tempo
{
    /// <summary>With a score like this the tempo does not matter: no noise came near it (-35 at best), and who spells is slow.</summary>
    public const double BeyondDoubt = -32;

    const double FewestFramesOfPhone = 4.5;
    const double MostFramesOfPhone = 20;
    const double MostFramesOfPhoneInWord = 40;
    const double LeastCovered = 0.7;

    /// <param name="words">Phones of each word, and how many frames of 10 ms it lasts.</param>
    /// <param name="speech">How many frames voice activity took for speech.</param>
    public static bool IsHuman(IReadOnlyCollection<(int Phones, int Frames)> words, double speech)
    {
        var frames = words.Sum(static word => word.Frames);
        var ofPhone = frames / (double)Math.Max(1, words.Sum(static word => word.Phones));
        return ofPhone is >= FewestFramesOfPhone and <= MostFramesOfPhone
            && frames >= LeastCovered * speech
            && words.All(static word => word.Frames <= MostFramesOfPhoneInWord * word.Phones);
    }
}
