using System.Collections.Immutable;
using VoiceGrains.Engines;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Eval.Models;

/// <summary>
/// A recognizer that hears a talk in virtual time: an interim after each cadence, final words when a turn ends, when a span grows too long or when it is asked, and
/// the end of the turn after a pause. Final words are right.
/// </summary>
sealed class RecognizerModel
{
    static readonly TimeSpan SilenceEvery = TimeSpan.FromSeconds(1);

    readonly RecognizerProfile _profile;
    readonly Talk _talk;
    readonly VirtualTime _time;
    readonly HeardWords _words;
    readonly Dice _delays;
    readonly Dice _finishes;
    readonly Action<RecognizerEvent> _says;
    TimeSpan _lastSaid;
    TimeSpan _silenceTold;
    int _final;

    public RecognizerModel(RecognizerProfile profile, long seed, Talk talk, VirtualTime time, Action<RecognizerEvent> says)
    {
        (_profile, _talk, _time, _says) = (profile, talk, time, says);
        _words = new HeardWords(profile, talk, Dice.For(seed, "hearing", talk.Number));
        _delays = Dice.For(seed, "recognizer", talk.Number);
        _finishes = Dice.For(seed, "finish", talk.Number);
    }

    /// <summary>Plans everything that does not depend on who listens.</summary>
    public void Begin()
    {
        _time.At(_profile.Cadence, Look);
        for (var word = 0; word < _talk.Words.Length; word++)
        {
            var (at, isFirst) = (word, word == 0 || EndsTurn(word - 1));
            if (isFirst)
                _time.At(_talk.Words[word].Start, () => StartTurn(at));
            if (EndsTurn(word))
                _time.At(_talk.Words[word].End + _profile.Endpoint, () => EndTurn(at));
        }
    }

    /// <summary>Asks for the final words of what was heard so far.</summary>
    public void Finish()
    {
        var throwing = _finishes.Unit();
        if (throwing < _profile.UnansweredFinish)
            return;
        var heard = _time.Now - _profile.Uplink;
        var isEmpty = throwing < _profile.UnansweredFinish + _profile.EmptyFinish;
        Say(new FinalWords(heard, isEmpty ? [] : TakeFinal(Visible(heard))), heard);
    }

    /// <summary>Whether the pause after a word is long enough to end the turn.</summary>
    bool EndsTurn(int word) => word == _talk.Words.Length - 1 || _talk.Words[word + 1].Start - _talk.Words[word].End >= _profile.Endpoint;

    void StartTurn(int word)
    {
        Say(new SpeechStarted(_time.Now), _time.Now);
        LimitSpan(word);
    }

    void EndTurn(int word)
    {
        SayFinal(word + 1);
        Say(new TurnEnded(_time.Now, _talk.Words[word].End), _time.Now);
    }

    // From the first word that is not final.
    void LimitSpan(int word)
    {
        if (word < _talk.Words.Length)
            _time.At(_talk.Words[word].Start + _profile.LongestSpan, () => CutSpan(word));
    }

    void CutSpan(int word)
    {
        if (_final == word)
            SayFinal(Visible(_time.Now));
        // A pause or a request came in between and a new span began; it has its own limit.
        if (_final > word && _talk.Words[_final - 1].Start > _talk.Words[word].Start && _final < _talk.Words.Length && !EndsTurn(_final - 1))
            LimitSpan(_final);
    }

    void SayFinal(int until)
    {
        if (until > _final)
            Say(new FinalWords(_time.Now, TakeFinal(until)), _time.Now);
    }

    ImmutableArray<Word> TakeFinal(int until)
    {
        var words = _words.Final(_final, until);
        _final = Math.Max(_final, until);
        return words;
    }

    void Look()
    {
        var until = Visible(_time.Now);
        if (until > _final)
        {
            Say(new InterimWords(_time.Now, _words.Interim(_final, until, _time.Now)), _time.Now);
        }
        else if (_final < _talk.Words.Length && _talk.Words[_final].Start > _time.Now && _time.Now - _silenceTold >= SilenceEvery)
        {
            _silenceTold = _time.Now;
            Say(new SilenceHeard(_time.Now), _time.Now);
        }

        if (_final < _talk.Words.Length)
            _time.At(_time.Now + _profile.Cadence, Look);
    }

    int Visible(TimeSpan edge)
    {
        var until = _final;
        while (until < _talk.Words.Length && _talk.Words[until].End <= edge - _profile.HiddenEdge)
            until++;
        return until;
    }

    // Events never overtake each other.
    void Say(RecognizerEvent what, TimeSpan heard)
    {
        var at = _delays.Around(heard + _profile.Latency, _profile.Jitter);
        _lastSaid = at > _lastSaid ? at : _lastSaid;
        _time.At(_lastSaid, () => _says(what));
    }
}
