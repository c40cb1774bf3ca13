namespace VoiceGrains.Eval.Models;

/// <summary>Reads from played audio which words were heard.</summary>
static class Listener
{
    /// <summary>The words in the order in which they were heard.</summary>
    /// <param name="audio">One sample for each millisecond; see <see cref="SynthesizerModel"/>.</param>
    public static List<HeardWord> Words(IReadOnlyList<short> audio)
    {
        var words = new List<HeardWord>();
        for (var at = 0; at < audio.Count;)
        {
            if (audio[at] == 0)
            {
                at++;
                continue;
            }

            var (start, number) = (at, Math.Abs(audio[at]));
            while (at < audio.Count && audio[at] == number)
                at++;
            var beginsWhole = at > start;
            var mark = at;
            while (at < audio.Count && audio[at] == -number)
                at++;
            words.Add(new HeardWord(number, TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(at), beginsWhole && at > mark));
        }

        return words;
    }
}

/// <summary>A spoken word in the audio.</summary>
/// <param name="Number">That the synthesizer gave it.</param>
/// <param name="IsWhole">It was heard to its end.</param>
sealed record HeardWord(int Number, TimeSpan Start, TimeSpan End, bool IsWhole);
