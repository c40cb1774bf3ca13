using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoiceGrains.Eval.Sessions;

namespace VoiceGrains.Eval.Reports;

/// <summary>A hash over everything that sessions produced: what was committed, called and heard, and when. No rounding: times are whole ticks.</summary>
sealed class RunHash : IDisposable
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Of everything so far.</summary>
    public string Value => Convert.ToHexStringLower(_hash.GetCurrentHash())[..16];

    public void Add(string text) => _hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));

    public void Add(SessionLog log)
    {
        Add(Line("talk", log.Talk.Number, log.To.Tag, log.Commits, log.Hits, log.Unexplained));
        foreach (var word in log.Talk.Words)
            Add(Line("said", word.Text + word.Mark, word.Start.Ticks, word.End.Ticks));
        foreach (var word in log.Committed)
            Add(Line("committed", word.Segment, word.Text, word.At.Ticks, word.Edge.Ticks, word.Token?.Key, word.Token?.Heard, word.Call, word.IsWithdrawn));
        foreach (var call in log.Calls)
            Add(Line("call", call.Number, call.At.Ticks, call.Words, call.AnsweredAt?.Ticks));
        foreach (var word in log.Heard)
            Add(Line("heard", word.Number, word.Start.Ticks, word.End.Ticks, word.IsWhole));
        Add(Line("erased", log.Erasure.Normalized?.ToString("R", CultureInfo.InvariantCulture), log.CommittedErasure.Normalized));
    }

    public void Dispose() => _hash.Dispose();

    static string Line(params object?[] parts) => string.Join('|', parts.Select(static part => Convert.ToString(part, CultureInfo.InvariantCulture)));
}
