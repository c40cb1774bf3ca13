using System.Collections.Immutable;
using VoiceGrains.Eval.Corpora;

namespace VoiceGrains.Eval.Policies;

/// <summary>
/// Cuts committed text into pieces that are worth a breath: at a comma or full stop, at once when the listener would hear silence, otherwise when enough has come
/// together.
/// </summary>
sealed class Chunks(IBooth booth)
{
    const int Letters = 18;
    static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(350);
    static readonly TimeSpan Starving = TimeSpan.FromMilliseconds(250);

    string _text = "";
    int _segment;
    ITimer? _timer;

    public void Add(int segment, ImmutableArray<Fragment> pieces)
    {
        if (segment != _segment)
            Flush();
        _segment = segment;
        foreach (var piece in pieces)
        {
            _text = Writing.Join(booth.To, _text, piece.Text);
            if (Writing.EndsClause(_text))
                Flush();
        }

        if (_text.Length > 0 && booth.Unplayed < Starving)
            Flush();
        else if (_text.Length > 0)
            _timer ??= booth.Time.CreateTimer(static chunks => ((Chunks)chunks!).Look(), this, Wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Speaks what there is.</summary>
    public void Flush()
    {
        _timer?.Dispose();
        _timer = null;
        if (_text.Length > 0)
            booth.Speak(_segment, _text);
        _text = "";
    }

    void Look()
    {
        if (_text.Length >= Letters || booth.Unplayed < Starving)
            Flush();
        else
            _timer?.Change(Wait, Timeout.InfiniteTimeSpan);
    }
}
