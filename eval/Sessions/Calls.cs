using System.Collections.Immutable;
using VoiceGrains.Eval.Clock;
using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Models;
using VoiceGrains.Eval.Policies;
using VoiceGrains.Eval.Profiles;

namespace VoiceGrains.Eval.Sessions;

/// <summary>The calls of the translator: when they are answered, and with what.</summary>
sealed class Calls(EvaluationProfile profile, Talk talk, Language to, VirtualTime time, Captions captions)
{
    const int DraftsKept = 8;

    readonly TranslatorModel _model = new(profile.Translator, profile.Seed, talk, to);
    readonly List<AnsweredDraft> _drafts = [];
    readonly List<Call> _all = [];

    public IReadOnlyList<Call> All => _all;

    /// <summary>The newest answers, the newest first.</summary>
    public IReadOnlyList<AnsweredDraft> Drafts => _drafts;

    /// <summary>Whether the policy is being given an answer just now.</summary>
    public bool IsAnswering { get; private set; }

    /// <param name="edge">How far the audio was known when the call was made.</param>
    public int Begin(TranslateRequest request, TimeSpan edge, Action<Draft> take, Action<int> miss)
    {
        var call = new Call(_all.Count + 1, time.Now, request.Words.Length);
        _all.Add(call);
        var dice = Dice.For(profile.Seed, "call", talk.Number, Targets.All.IndexOf(to), call.Number);
        if (dice.Falls(profile.Translator.Timeouts))
            time.At(time.Now + profile.Translator.Limit, () => miss(call.Number));
        else
            time.At(dice.Around(time.Now + profile.Translator.Latency, profile.Translator.Jitter), () => take(Answer(call, request, edge, dice)));
        return call.Number;
    }

    /// <summary>The answer to words that were translated before: no call, and no latency.</summary>
    public Draft Recall(TranslateRequest request, TimeSpan edge)
    {
        var tokens = _model.Translate(request, captions.SaidIn("", new HashSet<int>()).Keys);
        Add(new AnsweredDraft(0, edge, tokens));
        return new Draft(0, _model.InFragments(tokens, request.Words.Length));
    }

    /// <summary>Runs the policy's handling of an answer, so that what it commits in it is known to come from it.</summary>
    public void During(Action handling)
    {
        IsAnswering = true;
        handling();
        IsAnswering = false;
    }

    // The answer continues what was committed when the question was asked: what is committed since then is in it again.
    Draft Answer(Call call, TranslateRequest request, TimeSpan edge, Dice dice)
    {
        var said = captions.SaidIn(request.Committed, request.Words.Select(word => talk.WordAt(word.Start)).OfType<int>().ToHashSet());
        var tokens = _model.Translate(request, said.Keys);
        if (said.Last is { } last && tokens.Length > 0 && dice.Falls(profile.Translator.Repeats))
            tokens = tokens.Insert(0, last with { Needs = 1 });
        Add(new AnsweredDraft(call.Number, edge, tokens));
        call.AnsweredAt = time.Now;
        return new Draft(call.Number, _model.InFragments(tokens, request.Words.Length));
    }

    void Add(AnsweredDraft draft)
    {
        _drafts.Insert(0, draft);
        if (_drafts.Count > DraftsKept)
            _drafts.RemoveAt(DraftsKept);
    }
}

/// <summary>A call of the translator.</summary>
sealed record Call(int Number, TimeSpan At, int Words)
{
    /// <summary>Null: never.</summary>
    public TimeSpan? AnsweredAt { get; set; }
}

/// <summary>An answer, word by word.</summary>
/// <param name="Edge">How far the audio was known when it was asked for.</param>
sealed record AnsweredDraft(int Call, TimeSpan Edge, ImmutableArray<DraftToken> Tokens);
