using System.Collections.Immutable;
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
    readonly CallMemory _memory;
    readonly VirtualTime _time = new();
    readonly RecognizerModel _recognizer;
    readonly Calls _calls;
    readonly SynthesizerModel _synthesizer;
    readonly Player _player;
    readonly Captions _captions;
    readonly SpokenWords _spoken;
    readonly IPolicy _policy;
    TimeSpan _edge;

    Session(EvaluationProfile profile, Talk talk, Language to, Func<IBooth, IPolicy> policy, CallMemory memory)
    {
        (_profile, _talk, To, _memory) = (profile, talk, to, memory);
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

    /// <param name="memory">What policies kept in earlier talks of the call. Null: this is the first.</param>
    public static SessionLog Run(EvaluationProfile profile, Talk talk, Language to, Func<IBooth, IPolicy> policy, CallMemory? memory = null) =>
        new Session(profile, talk, to, policy, memory ?? new CallMemory()).Run();

    public int Translate(TranslateRequest request) => _calls.Begin(request, _edge, Take, _policy.Miss);

    public void FinishSegment() => _recognizer.Finish();

    public void Show(Caption caption) => _captions.Show(caption, _calls.Drafts, _time.Now, _edge, isHit: !_calls.IsAnswering);

    public void Speak(int segment, string text)
    {
        Play(segment, text, _synthesizer.ReadyAt(text, _time.Now));
        _memory.KeepSpeech(text);
    }

    public void Keep(ImmutableArray<Word> words) => _memory.Keep(words);

    public Draft? Recall(ImmutableArray<Word> words) => _memory.Knows(words) ? _calls.Recall(new TranslateRequest(words, words.Length, "", IsWhole: true), _edge) : null;

    public bool Repeat(int segment, string text)
    {
        if (!_memory.HasSpeech(text))
            return false;
        Play(segment, text, _synthesizer.RepeatedAt(_time.Now));
        return true;
    }

    public void Prepare(string text) => _synthesizer.Prepare(text, _time.Now);

    public void CutSpeech() => _player.Cut(_time.Now);

    void Play(int segment, string text, TimeSpan readyAt)
    {
        var words = _spoken.Number(segment, text, _time.Now);
        if (words.Count > 0)
            _player.Append(_synthesizer.Speak(words), readyAt, _time.Now);
    }

    SessionLog Run()
    {
        _recognizer.Begin();
        foreach (var (since, until) in Pauses())
        {
            _time.At(since + _profile.Recognizer.PauseNoticedAfter + _profile.Recognizer.Uplink, () => Pause(since));
            if (until is { } again)
                _time.At(again + _profile.Recognizer.SpeechNoticedAfter + _profile.Recognizer.Uplink, () => _policy.Resume(again));
        }

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

    // Until: null at the end of the talk.
    IEnumerable<(TimeSpan Since, TimeSpan? Until)> Pauses()
    {
        for (var i = 0; i < _talk.Words.Length; i++)
        {
            if (i == _talk.Words.Length - 1)
                yield return (_talk.Words[i].End, null);
            else if (_talk.Words[i + 1].Start - _talk.Words[i].End >= _profile.Recognizer.PauseNoticedAfter)
                yield return (_talk.Words[i].End, _talk.Words[i + 1].Start);
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
