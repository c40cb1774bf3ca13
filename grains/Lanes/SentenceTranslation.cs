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
        segment.CommitUntranslated(sentence.Text);
        if (!_isFailing)
            services.Outlets.Send(new NoticeDelivery(to, NoticeKind.TranslatorFailed, ToSpeaker: false));
        _isFailing = true;
    }

    async Task<bool> WithAnyEngine(Sentence sentence, LaneSegment segment)
    {
        if (sentence.Language.IsSpokenLike(to))
        {
            CommitClauses(sentence, segment, new ClauseCutter(), sentence.Text + " ", TranslationQuality.Original, null);
            return true;
        }

        var isFirst = true;
        foreach (var engine in services.Engines.TranslatorsFor(sentence.Language, to))
        {
            // One sentence counts once, even if the phrasebook declines it and another engine takes it.
            if (isFirst)
                services.Use.Translations++;
            isFirst = false;
            if (await With(engine, sentence, segment))
                return true;
        }

        return false;
    }

    async Task<bool> With(ITranslator engine, Sentence sentence, LaneSegment segment)
    {
        var cutter = new ClauseCutter();
        var before = segment.Clauses;
        var quality = TranslationQuality.Good;
        TimeSpan? latency = null;
        var isWhole = false;
        using var limit = new CancellationTokenSource(SentenceLimit, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, closing);
        try
        {
            var request = services.Context.Of(sentence, to, segment.Committed);
            await foreach (var piece in engine.Translate(request, either.Token))
            {
                latency ??= services.Time.GetElapsedTime(sentence.Clock.FinalAt);
                quality = piece.Quality;
                CommitClauses(sentence, segment, cutter, piece.Text, quality, latency);
                isWhole |= piece.IsLast;
            }
        }
        catch (EngineFaultException fault)
        {
            CallMeters.Fault(fault);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !closing.IsCancellationRequested)
        {
            CallMeters.Fault(new EngineFaultException(engine.Name, FaultKind.Stalled, "No translation within the limit."));
        }
        catch (Exception error) when (!closing.IsCancellationRequested)
        {
            // A mistake inside an engine costs this sentence, never the lane.
            CallMeters.Fault(new EngineFaultException(engine.Name, FaultKind.Transport, "The engine broke.", error));
        }

        if (!isWhole && segment.Clauses == before)
            return false; // Declined, or failed before anything was heard: the next engine may try.
        _isFailing = false;
        if (cutter.Finish() is { } rest)
            segment.Commit(sentence, rest, quality, latency);
        // What was committed stands; that something is missing behind it must be said.
        if (!isWhole)
            services.Outlets.Send(new NoticeDelivery(to, NoticeKind.TranslatorFailed, ToSpeaker: false));
        if (latency is { } measured)
            CallMeters.Stage("translate", measured);
        return true;
    }

    static void CommitClauses(
        Sentence sentence, LaneSegment segment, ClauseCutter cutter, string text, TranslationQuality quality, TimeSpan? latency)
    {
        foreach (var clause in cutter.Take(text))
            segment.Commit(sentence, clause, quality, latency);
        if (quality == TranslationQuality.Original && cutter.Finish() is { } rest)
            segment.Commit(sentence, rest, quality, latency);
    }
}
