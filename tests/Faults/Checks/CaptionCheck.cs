using VoiceGrains.Tests.Faults.Scripts;

namespace VoiceGrains.Tests.Faults.Checks;

/// <summary>
/// What one listener read of one speaker: every sentence exactly once and in order, and committed text that only grew. A sentence may have come in several
/// segments, when a silo had to finish one early, but never two sentences in one.
/// </summary>
static class CaptionCheck
{
    public static IEnumerable<Finding> Check(CallHistory call, string listener, string speaker)
    {
        var captions = call.Of(listener).All<SeenCaption>().Where(seen => seen.Caption.Speaker == speaker).ToList();
        var finals = captions.Where(static seen => seen.Caption.Final).ToList();
        Finding Found(FindingKind kind, string what) => new(kind, call.Call, listener, $"captions of {speaker}: {what}");

        foreach (var segment in captions.GroupBy(static seen => (seen.Caption.Segment, seen.Caption.Language)))
        {
            if (segment.Count(static seen => seen.Caption.Final) > 1)
                yield return Found(FindingKind.Duplicated, $"segment {segment.Key.Segment} was final twice");
            foreach (var change in Changes([.. segment]))
                yield return Found(FindingKind.Changed, change);
        }

        if (!finals.Select(static seen => seen.Caption.Segment).SequenceEqual(finals.Select(static seen => seen.Caption.Segment).Order()))
            yield return Found(FindingKind.WrongOrder, $"finals came as {string.Join(", ", finals.Select(static seen => seen.Caption.Segment))}");
        foreach (var finding in Words(call.Script, listener, speaker, finals))
            yield return Found(finding.Kind, finding.What);
    }

    static IEnumerable<string> Changes(List<SeenCaption> segment)
    {
        foreach (var (before, after) in segment.Zip(segment.Skip(1)))
        {
            if (!after.Caption.Text.StartsWith(before.Caption.Text, StringComparison.Ordinal))
                yield return $"segment {after.Caption.Segment}: '{before.Caption.Text}' became '{after.Caption.Text}'";
        }
    }

    static IEnumerable<(FindingKind Kind, string What)> Words(CallScript script, string listener, string speaker, List<SeenCaption> finals)
    {
        var sentences = script.LinesOf(speaker).Select(line => ExpectedWords.Read(script, line, listener)).ToList();
        var read = finals.Select(static seen => seen.Caption.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var sentenceOf = sentences.SelectMany(static (words, index) => words.Select(word => (word, index))).ToDictionary();
        foreach (var final in read.Where(final => final.Where(sentenceOf.ContainsKey).Select(word => sentenceOf[word]).Distinct().Count() > 1))
            yield return (FindingKind.WrongText, $"one segment holds several sentences: '{string.Join(' ', final)}'");
        foreach (var finding in WordCheck.Compare([.. sentences.SelectMany(static words => words)], [.. read.SelectMany(static words => words)]))
            yield return finding;
    }
}
