using VoiceGrains.Eval.Models;

namespace VoiceGrains.Eval.Sessions;

/// <summary>
/// Proves from the played audio that nothing spoken was retracted: every word that was begun was heard to its end, once, in its order, after it was committed, and
/// still stands in the committed text at the end.
/// </summary>
static class AudioProof
{
    /// <summary>
    /// Words whose speech was retracted: broken off, out of order, spoken before they were committed, not in the text in the end, or replayed. Replayed is also a
    /// word that was committed a second time for the same place of the source.
    /// </summary>
    public static int Retractions(SessionLog log)
    {
        var count = 0;
        var (newest, said) = (0, new HashSet<TokenKey>());
        foreach (var heard in log.Heard)
        {
            var word = log.Spoken[heard.Number - 1].Word;
            var isInOrder = heard.Number > newest;
            var isGood = heard.IsWhole && isInOrder && word is { IsWithdrawn: false } && heard.Start >= word.At
                && (word.Token is null || said.Add(word.Token.Key));
            newest = Math.Max(newest, heard.Number);
            if (!isGood)
                count++;
        }

        return count;
    }

    /// <summary>Committed words that were never heard to their end.</summary>
    public static int Unspoken(SessionLog log)
    {
        var heard = log.Heard.Where(static heard => heard.IsWhole).Select(heard => log.Spoken[heard.Number - 1].Word).OfType<CommittedWord>()
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return log.Committed.Count(word => !word.IsWithdrawn && !heard.Contains(word));
    }
}
