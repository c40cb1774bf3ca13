namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>
/// What the time that the decoder found for each word says about a guess. Tones, music and noise get words that are as short as the model allows, or that last
/// for seconds, or that leave most of the sound over; other sentences than the one that was said get words of very uneven lengths.
/// </summary>
/// <param name="words">Phones of each word, and how many frames of 10 ms it lasts.</param>
sealed class Tempo(IReadOnlyCollection<(int Phones, int Frames)> words)
{
    // Of 100 recorded prompts in English and Spanish the words had 5.5 to 18.8 frames a phone and covered 68 % or more of the speech.
    const double FewestFramesOfPhone = 4.5;
    const double MostFramesOfPhone = 20;
    const double MostFramesOfPhoneInWord = 40;
    const double LeastCovered = 0.6;

    /// <summary>With a score like this the tempo does not matter: no noise came near it (-35 at best), and who spells is slow.</summary>
    const double BeyondDoubt = -32;

    // Measured with 69 prompts that were in the grammar and 58 that were not: none of the first is lost, and of the second English takes one in 29, Spanish one
    // in 6; the score alone would take one in 5. Of 40 beeps, chords, noises and sweeps 4 pass.
    const double UsualUnevenness = 0.3;
    const double PriceOfUnevenness = 25;

    readonly double _phones = Math.Max(1, words.Sum(static word => word.Phones));
    readonly int _frames = words.Sum(static word => word.Frames);

    /// <summary>How much the words differ from their mean tempo: 0 for equally fast ones, 0.2 to 0.4 for a sentence that was said.</summary>
    public double Unevenness => _frames == 0
        ? 0
        : Math.Sqrt(words.Sum(word => word.Phones * Math.Pow((word.Frames * _phones / (word.Phones * (double)_frames)) - 1, 2)) / _phones);

    /// <summary>Whether a guess with this score per frame was said.</summary>
    /// <param name="speech">How many frames voice activity took for speech.</param>
    /// <param name="worst">The worst score that is taken.</param>
    public bool Accepts(double score, double speech, double worst) =>
        score >= worst && (score >= BeyondDoubt
            || (IsHuman(speech) && score - (PriceOfUnevenness * Math.Max(0, Unevenness - UsualUnevenness)) >= worst));

    /// <summary>Whether anybody could have said the words in that time.</summary>
    public bool IsHuman(double speech) =>
        _frames / _phones is >= FewestFramesOfPhone and <= MostFramesOfPhone
        && _frames >= LeastCovered * speech
        && words.All(static word => word.Frames <= MostFramesOfPhoneInWord * word.Phones);
}
