using VoiceGrains.Engines;
using VoiceGrains.Media;

namespace VoiceGrains.Lanes;

/// <summary>Translates the sentences of a lane, with the first engine that can, and commits clauses as the text comes.</summary>
sealed class SentenceTranslation(LaneServices services, Language to, CancellationToken closing)
{
    static readonly TimeSpan SentenceLimit = TimeSpan.FromSeconds(10);

    bool _isFailing;

    /// <summary>Commits the sentence in the target language, or in the original when nobody can translate it.</summary>
    public async Task Translate(Sentence sentence, LaneSegment segment, bool isTranslated)
    {
        if (isTranslated && await WithAnyEngine(sentence, segment))
            return;
        if (segment.Begun.Length == 0)
            segment.CommitUntranslated(sentence.Text);
        if (!_isFailing)
            services.Outlets.Send(new NoticeDelivery(to, NoticeKind.TranslatorFailed, ToSpeaker: false));
        _isFailing = true;
    }

    async Task<bool> WithAnyEngine(Sentence sentence, LaneSegment segment)
    {
        if (sentence.Language.IsSpokenLike(to))
        {
            CommitOriginal(sentence, segment);
            return true;
        }

        // Some of it may be committed already: while it was being spoken, or by another activation.
        var attempt = new Attempt(segment.CommittedBefore, segment.Begun);
        foreach (var engine in services.Engines.TranslatorsFor(sentence.Language, to))
        {
            // Half a sentence is finished only by an engine that can be told how it begins.
            if ((attempt.Begun.Length > 0 && !engine.CanContinue && !attempt.CanBeginAnew(segment)) || !services.Engines.MayTry(engine))
                continue;
            // One sentence counts once, even if the phrasebook declines it and another engine takes it.
            if (!attempt.IsCounted)
                services.Use.Translations++;
            attempt.IsCounted = true;
            if (await With(engine, sentence, segment, attempt))
                break;
        }

        if (!attempt.IsWhole && !attempt.HasCommitted)
            return false;
        if (!attempt.IsWhole && attempt.Rest is { } cut)
            attempt.Commit(sentence, segment, cut);
        _isFailing = false;
        // What was committed stands; that something is missing behind it must be said.
        if (!attempt.IsWhole)
            services.Outlets.Send(new NoticeDelivery(to, NoticeKind.TranslatorFailed, ToSpeaker: false));
        if (attempt.Latency is { } measured)
            CallMeters.Stage("translate", measured);
        return true;
    }

    // True: the sentence is translated wholly. False: the engine declined it or failed, and another may begin or go on with it.
    async Task<bool> With(ITranslator engine, Sentence sentence, LaneSegment segment, Attempt attempt)
    {
        var cutter = new ClauseCutter();
        var hasAnswered = false;
        using var limit = new CancellationTokenSource(SentenceLimit, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, closing);
        try
        {
            var request = services.Context.Of(sentence, to, attempt.CommittedBefore, segment.IsBrief) with { Begun = engine.CanContinue ? attempt.Begun : "" };
            if (!engine.CanContinue && attempt.Begun.Length > 0)
                attempt.BeginAnew(segment);
            await foreach (var piece in engine.Translate(request, either.Token))
            {
                hasAnswered = true;
                attempt.Latency ??= services.Time.GetElapsedTime(sentence.Clock.FinalAt);
                attempt.Quality = piece.Quality;
                foreach (var clause in cutter.Take(piece.Text))
                    attempt.Commit(sentence, segment, clause);
                attempt.IsWhole |= piece.IsLast;
            }

            // Nothing is left to be said of it.
            attempt.IsWhole |= !hasAnswered && request.Begun.Length > 0;
            if (attempt.IsWhole && cutter.Finish() is { } rest)
                attempt.Commit(sentence, segment, rest);
            if (attempt.IsWhole)
            {
                services.Engines.Succeeded(engine);
                services.Use.Translators[to] = engine.Name;
            }
            else if (hasAnswered)
                services.Engines.Failed(engine, new EngineFaultException(engine.Name, FaultKind.Truncated, "The translation ended early."));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !closing.IsCancellationRequested)
        {
            services.Engines.Failed(engine, new EngineFaultException(engine.Name, FaultKind.Stalled, "No translation within the limit."));
        }
        catch (Exception error) when (!closing.IsCancellationRequested)
        {
            // A mistake inside an engine costs an attempt, never the lane.
            services.Engines.Failed(engine, error);
        }

        if (!attempt.IsWhole)
            attempt.Rest = cutter.Finish() ?? attempt.Rest;
        return attempt.IsWhole;
    }

    static void CommitOriginal(Sentence sentence, LaneSegment segment)
    {
        segment.BeginAnew();
        var cutter = new ClauseCutter();
        foreach (var clause in cutter.Take(sentence.Text + " "))
            segment.Commit(sentence.Clock, clause, TranslationQuality.Original, null);
        if (cutter.Finish() is { } rest)
            segment.Commit(sentence.Clock, rest, TranslationQuality.Original, null);
    }

    /// <summary>How far a sentence has come, over all engines that tried.</summary>
    sealed class Attempt(string committedBefore, string begun)
    {
        public bool IsCounted { get; set; }

        public bool IsWhole { get; set; }

        public TranslationQuality Quality { get; set; } = TranslationQuality.Good;

        public TimeSpan? Latency { get; set; }

        /// <summary>What the segment held before this sentence.</summary>
        public string CommittedBefore { get; } = committedBefore;

        /// <summary>What is committed of this sentence.</summary>
        public string Begun { get; private set; } = begun;

        /// <summary>Whether this attempt committed any of it.</summary>
        public bool HasCommitted { get; private set; }

        /// <summary>What came behind it, and is no clause: counts when nobody goes on.</summary>
        public string? Rest { get; set; }

        /// <summary>An engine that can't go on may still say all of it again, when what stands is passed over.</summary>
        public bool CanBeginAnew(LaneSegment segment) => !HasCommitted && segment.CanBeginAnew;

        public void BeginAnew(LaneSegment segment)
        {
            segment.BeginAnew();
            Begun = "";
        }

        public void Commit(Sentence sentence, LaneSegment segment, string clause)
        {
            segment.Commit(sentence.Clock, clause, Quality, Latency);
            (Rest, HasCommitted) = (null, true);
            Begun = Begun.Length == 0 ? clause : $"{Begun} {clause}";
        }
    }
}
