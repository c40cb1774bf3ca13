using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Eval.Models;

/// <summary>
/// Plays speech one piece after the other, each when it is ready, and keeps what comes out: one sample for each millisecond of the talk. When it plays faster it
/// leaves samples out, evenly.
/// </summary>
/// <param name="tempo">How fast to play when so much is not yet played.</param>
sealed class Player(PlayerProfile profile, Func<TimeSpan, double> tempo)
{
    const int LookEvery = 100;

    readonly Queue<(short[] Samples, int ReadyAt)> _pieces = new();
    readonly List<short> _heard = [];
    readonly int _tempoEvery = (int)profile.TempoEvery.TotalMilliseconds;
    int _unplayed;
    double _position;
    double _tempo = 1;
    int _nextTempo;

    /// <summary>What was played, by millisecond of the talk.</summary>
    public IReadOnlyList<short> Heard => _heard;

    /// <summary>How much was waiting, ten times a second while anything was.</summary>
    public List<double> Levels { get; } = [];

    public TimeSpan Unplayed(TimeSpan now)
    {
        PlayUntil(now);
        return TimeSpan.FromMilliseconds(Math.Max(0, _unplayed - _position));
    }

    public void Append(short[] samples, TimeSpan readyAt, TimeSpan now)
    {
        PlayUntil(now);
        _pieces.Enqueue((samples, (int)Math.Ceiling(readyAt.TotalMilliseconds)));
        _unplayed += samples.Length;
    }

    /// <summary>Drops everything that was not played.</summary>
    public void Cut(TimeSpan now)
    {
        PlayUntil(now);
        _pieces.Clear();
        (_unplayed, _position) = (0, 0);
    }

    public void PlayToEnd()
    {
        while (_pieces.Count > 0)
            PlayNext();
    }

    void PlayUntil(TimeSpan now)
    {
        var end = (int)now.TotalMilliseconds;
        while (_heard.Count < end && _pieces.Count > 0)
            PlayNext();
        while (_heard.Count < end)
            _heard.Add(0);
    }

    void PlayNext()
    {
        var (samples, readyAt) = _pieces.Peek();
        if (_heard.Count % LookEvery == 0)
            Levels.Add((_unplayed - _position) / 1000);
        if (_heard.Count >= _nextTempo)
            ChangeTempo();
        if (readyAt > _heard.Count)
        {
            _heard.Add(0);
            return;
        }

        _heard.Add(samples[(int)_position]);
        _position += _tempo;
        if (_position < samples.Length)
            return;
        _position -= samples.Length;
        _unplayed -= samples.Length;
        _pieces.Dequeue();
        if (_pieces.Count == 0)
            _position = 0;
    }

    void ChangeTempo()
    {
        _nextTempo = _heard.Count + _tempoEvery;
        var wanted = Math.Clamp(tempo(TimeSpan.FromMilliseconds(Math.Max(0, _unplayed - _position))), profile.LeastTempo, profile.MostTempo);
        _tempo += Math.Clamp(wanted - _tempo, -profile.TempoStep, profile.TempoStep);
    }
}
