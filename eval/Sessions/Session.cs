using VoiceGrains.Engines;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Models;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Eval.Sessions;

/// <summary>One talk, interpreted into one language by one policy, in virtual time.</summary>
sealed class Session : IBooth
{
    // Whatever a policy still plans after this is not waited for.
    static readonly TimeSpan AfterTheEnd = TimeSpan.FromSeconds(60);

    readonly EvaluationProfile _profile;
    readonly Talk _talk;
    readonly VirtualTime _time = new();
    readonly RecognizerModel _recognizer;
    readonly Calls _calls;
    readonly SynthesizerModel _synthesizer;
    readonly Player _player;
    readonly Captions _captions;
    readonly SpokenWords _spoken;
    readonly IPolicy _policy;
    TimeSpan _edge;

    Session(EvaluationProfile profile, Talk talk, Language to, Func<IBooth, IPolicy> policy)
    {
        (_profile, _talk, To) = (profile, talk, to);
        _recognizer = new RecognizerModel(profile.Recognizer, profile.Seed, talk, _time, Hear);
        _captions = new Captions(to);
        _calls = new Calls(profile, talk, to, _time, _captions);
        _synthesizer = new SynthesizerModel(profile.Synthesizer, profile.Seed, talk.Number, to);
        _spoken = new SpokenWords(_captions);
        _policy = policy(this);
        _player = new Player(profile.Player, _policy.Tempo);
    }

    public Language To { get; }

    public TimeProvider Time => _time;

    public TimeSpan Unplayed => _player.Unplayed(_time.Now);

    public static SessionLog Run(EvaluationProfile profile, Talk talk, Language to, Func<IBooth, IPolicy> policy) => new Session(profile, talk, to, policy).Run();

    public int Translate(DraftRequest request) => _calls.Begin(request, _edge, Take, _policy.Miss);

    public void FinishSegment() => _recognizer.Finish();

    public void Show(Caption caption) => _captions.Show(caption, _calls.Drafts, _time.Now, _edge, isHit: !_calls.IsAnswering);

    public void Speak(int segment, string text)
    {
        var words = _spoken.Number(segment, text, _time.Now);
        if (words.Count > 0)
            _player.Append(_synthesizer.Speak(words), _synthesizer.ReadyAt(text, _time.Now), _time.Now);
    }

    public void Prepare(string text) => _synthesizer.Prepare(text, _time.Now);

    public void CutSpeech() => _player.Cut(_time.Now);

    SessionLog Run()
    {
        _recognizer.Begin();
        foreach (var since in Pauses())
            _time.At(since + _profile.Recognizer.PauseNoticedAfter + _profile.Recognizer.Uplink, () => Pause(since));
        _time.RunUntil(_talk.End + AfterTheEnd);
        _player.PlayToEnd();
        return new SessionLog
        {
            Talk = _talk,
            To = To,
            Committed = _captions.Committed,
            Spoken = _spoken.All,
            Heard = Listener.Words(_player.Heard),
            Calls = _calls.All,
            Commits = _captions.Commits,
            Hits = _captions.Hits,
            Erasure = _captions.Finish(),
            CommittedErasure = _captions.CommittedErasure,
            Unexplained = _captions.Unexplained,
            QueueLevels = _player.Levels,
            Downlink = _profile.Player.Downlink,
        };
    }

    IEnumerable<TimeSpan> Pauses()
    {
        for (var i = 0; i < _talk.Words.Length; i++)
        {
            if (i == _talk.Words.Length - 1 || _talk.Words[i + 1].Start - _talk.Words[i].End >= _profile.Recognizer.PauseNoticedAfter)
                yield return _talk.Words[i].End;
        }
    }

    void Hear(RecognizerEvent heard)
    {
        _edge = heard.Until > _edge ? heard.Until : _edge;
        _policy.Hear(heard);
    }

    void Pause(TimeSpan since)
    {
        // Whoever knows of a pause has taken in the audio up to its notice.
        var known = since + _profile.Recognizer.PauseNoticedAfter;
        _edge = known > _edge ? known : _edge;
        _policy.Pause(since);
    }

    void Take(Draft draft) => _calls.During(() => _policy.Take(draft));
}
