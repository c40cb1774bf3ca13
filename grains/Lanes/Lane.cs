using System.Threading.Channels;
using VoiceGrains.Checkpoints;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Recognition;
using VoiceGrains.Voices;

namespace VoiceGrains.Lanes;

/// <summary>
/// One target language of one speaker: translates sentences one after the other, already while they are spoken where an engine can, commits clauses as their text
/// comes, and speaks them in order. Runs in the turns of the participant; engines work on their own.
/// </summary>
sealed class Lane : IAsyncDisposable
{
    const int MostWaiting = 32;

    readonly LaneServices _services;
    readonly SentenceTranslation _translation;
    readonly LaneVoice _voice;
    readonly CancellationTokenSource _closing = new();

    // What comes when MostWaiting wait already keeps its place in the order, but is not translated: that takes no time, so the queue stays bounded.
    readonly Queue<(Sentence Sentence, bool IsTranslated)> _sentences = new();
    readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly Unplayed _unplayed;
    readonly PhraseMemory _memory = new();
    readonly Channel<LaneSpeech> _speeches = Channel.CreateBounded<LaneSpeech>(32);
    readonly Task _translating;
    readonly Task _speaking;

    // Typed text may come while a spoken segment is open, so there can be two.
    readonly Dictionary<int, LaneSegment> _segments = [];

    // Sentences of the segment that is being spoken which are not translated wholly yet.
    readonly List<Sentence> _said = [];
    LiveTranslation? _live;
    SpokenWords? _heard;
    bool _isBehind;
    int _untranslated;
    int _busy;
    long _oldest;

    public Lane(LaneServices services, Language language)
    {
        _services = services;
        Language = language;
        _unplayed = new Unplayed(services.Time);
        _translation = new SentenceTranslation(services, language, _closing.Token);
        _voice = new LaneVoice(services, language, _closing.Token);
        _translating = TranslateAll();
        _speaking = SpeakAll();
    }

    public Language Language { get; }

    /// <summary>Whether nothing is on its way.</summary>
    public bool IsIdle => _busy == 0;

    /// <summary>Whether every sentence is translated; speech may still be on its way.</summary>
    public bool IsTranslated => _untranslated == 0;

    /// <summary>Since the words of the oldest sentence were final that is not translated; zero: there is none.</summary>
    public TimeSpan Lag => _untranslated == 0 ? TimeSpan.Zero : _services.Time.GetElapsedTime(_oldest);

    /// <summary>Sentences that wait to be translated, segments that wait to be spoken, and speech that is on its way to be heard.</summary>
    public (int Waiting, int Speaking, TimeSpan Unplayed) Load => (_untranslated, _busy - _untranslated, _unplayed.Length);

    public void Take(Sentence sentence)
    {
        _busy++;
        if (_untranslated++ == 0)
            _oldest = sentence.Clock.FinalAt;
        _sentences.Enqueue((sentence, _sentences.Count < MostWaiting));
        Wake();
    }

    /// <summary>How the words of a segment look now, all sentences of it that are over included. They must have been taken before.</summary>
    public void Hear(SpokenWords heard)
    {
        _heard = heard;
        Wake();
    }

    /// <summary>What is not committed of a segment is heard again: it goes on behind what is.</summary>
    public void Lose(int segment)
    {
        if (_live?.Segment == segment)
            EndDrafts();
        if (_heard?.Segment == segment)
            _heard = null;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_translating, _speaking);
        EndDrafts();
        foreach (var segment in _segments.Values)
        {
            if (segment.Speech is not null)
                await segment.Speech.DisposeAsync();
        }
    }

    async Task TranslateAll()
    {
        try
        {
            await foreach (var _ in _news.Reader.ReadAllAsync(_closing.Token))
            {
                while (_sentences.TryDequeue(out var next))
                {
                    _oldest = next.Sentence.Clock.FinalAt;
                    await TranslateOnce(next.Sentence, next.IsTranslated);
                    _busy--;
                    _untranslated--;
                }

                await TranslateLive();
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Nobody listens to this language any more.
        }
    }

    async Task SpeakAll()
    {
        try
        {
            await foreach (var speech in _speeches.Reader.ReadAllAsync(_closing.Token))
            {
                await using (speech)
                {
                    if (!await speech.SpeakAll(_closing.Token))
                        _services.Outlets.Send(new NoticeDelivery(Language, NoticeKind.SynthesizerFailed, ToSpeaker: false));
                }

                _busy--;
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Nobody listens to this language any more.
        }
    }

    async Task TranslateOnce(Sentence sentence, bool isTranslated)
    {
        if (!_segments.TryGetValue(sentence.Segment, out var segment) && (segment = await Open(sentence.Segment)) is null)
            return;
        LookHowFarBehind(segment);
        if (IsLive(segment))
        {
            _said.Add(sentence);
            if (!sentence.IsLast)
                return;
            await EndLive(segment);
        }
        else if (sentence.Text.Length > 0)
        {
            if (segment.Begun.Length == 0 && _memory.Find(sentence.Language, SourceText.Whole(sentence.Language, sentence.Text)) is { } known)
                segment.Commit(sentence.Clock, known, TranslationQuality.Good, _services.Time.GetElapsedTime(sentence.Clock.FinalAt));
            else
                await _translation.Translate(sentence, segment, isTranslated);
            segment.EndSentences(1);
        }

        if (!sentence.IsLast)
            return;
        _segments.Remove(sentence.Segment);
        segment.Finish(sentence.Clock);
    }

    // Whether the segment is translated while it is spoken, or was by another activation, whose clauses then know nothing of sentences.
    bool IsLive(LaneSegment segment) =>
        _live?.Segment == segment.Number || segment.WordsBegun > 0 || _said.Exists(sentence => sentence.Segment == segment.Number);

    async Task TranslateLive()
    {
        if (_heard is not { } heard || _services.Recent.Lane(heard.Segment, Language) is not { IsFinal: false })
            return;
        if (!_segments.TryGetValue(heard.Segment, out var segment) && (segment = await Open(heard.Segment)) is null)
            return;
        // Newer words may have come meanwhile: then there is more news.
        if (_heard != heard)
            return;
        if (_live?.Segment != heard.Segment)
        {
            EndDrafts();
            _said.RemoveAll(sentence => sentence.Segment != heard.Segment);
            var wordsBefore = _services.Recent.Find(heard.Segment)!.WordsIn(segment.SentencesDone);
            _live = new LiveTranslation(_services, Language, segment, wordsBefore, _unplayed, _memory, Wake, _closing.Token);
        }

        LookHowFarBehind(segment);
        _live.Hear(heard);
        // Nobody drafts: what is over is translated as it was before anybody could.
        if (_live.IsFailing && _said.Count > 0 && _said.Sum(static sentence => SourceText.CountOf(sentence.Text)) >= _live.Covered)
            await EndLive(segment);
    }

    // All that was said is translated wholly, by drafts or without them.
    async Task EndLive(LaneSegment segment)
    {
        var whole = _said[^1] with { Text = string.Join(' ', _said.Select(static sentence => sentence.Text).Where(static text => text.Length > 0)) };
        var source = SourceText.Whole(whole.Language, whole.Text);
        var live = _live?.Segment == segment.Number ? _live : null;
        var isDone = live is not null && await live.Finish(source, whole.Clock);
        if (isDone && live!.IsFaithful && segment.SentencesDone == 0)
            _memory.Keep(whole.Language, source, segment.Begun);
        // Nobody waited longer for it, however early it was begun.
        if (isDone)
            CallMeters.Stage("translate", _services.Time.GetElapsedTime(whole.Clock.FinalAt));
        EndDrafts();
        if (!isDone && whole.Text.Length > 0)
            await _translation.Translate(whole, segment, isTranslated: true);
        segment.EndSentences(_said.Count(static sentence => sentence.Text.Length > 0));
        _said.Clear();
    }

    // A typed text has all the time in the world: nobody goes on speaking over it.
    bool CatchesUp(SegmentOrigin origin) => origin == SegmentOrigin.Spoken && _services.Engines.Speech.CatchesUp;

    // To be called before anything is committed of what was just said; what one sentence holds does not count against itself.
    void LookHowFarBehind(LaneSegment segment)
    {
        if (!CatchesUp(segment.Origin))
            return;
        var unplayed = _unplayed.Length;
        segment.IsBrief = CatchUp.IsBrief(unplayed);
        // Once touch is lost, not every second clause is left out, but all until the listener is there again.
        segment.IsOnlyRead = CatchUp.IsOnlyRead(unplayed) || (_isBehind && segment.IsBrief);
        if (segment.IsOnlyRead && !_isBehind)
            _services.Outlets.Send(new NoticeDelivery(Language, NoticeKind.FarBehind, ToSpeaker: false));
        _isBehind = segment.IsOnlyRead;
    }

    void EndDrafts()
    {
        _live?.Dispose();
        _live = null;
    }

    void Wake() => _news.Writer.TryWrite(true);

    async Task<LaneSpeech?> OpenSpeech(RecentSegment segment)
    {
        if (await _voice.Open() is not { } stream)
            return null;
        var speech = new LaneSpeech(_services, Language, segment.Number, stream, _unplayed, CatchesUp(segment.Origin));
        if (_speeches.Writer.TryWrite(speech))
        {
            _busy++;
            return speech;
        }

        // More than 32 segments wait to be spoken: captions go on without speech.
        await speech.DisposeAsync();
        return null;
    }

    async Task<LaneSegment?> Open(int number)
    {
        if (_services.Recent.Find(number) is not { } recent || _services.Recent.Lane(number, Language) is not { } lane)
            return null;
        var speech = lane is { IsHeard: true, IsSettled: false } ? await OpenSpeech(recent) : null;
        lane.IsHeard = speech is not null || lane.IsSettled;
        // An activation before this one may have committed clauses that were not heard to their end: gateways let through what is new of them.
        for (var clause = lane.SpokenThrough; speech is not null && clause < lane.Clauses.Count; clause++)
        {
            if (lane.Clauses[clause].HasArrived)
                continue;
            speech.Write(clause + 1, 0, lane.Clauses[clause], StageLatency.None);
            _services.Use.Repeats++;
        }

        return _segments[number] = new LaneSegment(_services, recent, lane, speech);
    }
}
