using System.Runtime.CompilerServices;
using VoiceGrains.Checkpoints;
using VoiceGrains.Engines;
using VoiceGrains.Lanes;
using VoiceGrains.Media;
using VoiceGrains.Recognition;
using VoiceGrains.Silo.Engines.Scripted;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>What is being said is translated before it is over, and whatever becomes of the drafts, all of it is said once.</summary>
public sealed class LaneWhileSpeaking
{
    const string Sentence = "we send the contract to our guests.";
    const string Spanish = "we·es send·es the·es contract·es to·es our·es guests·es.";

    readonly LaneAtWork _work = new();

    [Fact]
    public Task A_clause_is_committed_and_spoken_before_the_sentence_is_over() => _work.Run([new ScriptedTranslator()], async lane =>
    {
        await Hear(lane, "we send the contract to", admitted: 4);
        await UntilRead("we·es send·es the·es contract·es");
        await Until.True("it is being spoken", () => Pass() && _work.Speech().StartsWith("begin1 chunk1", StringComparison.Ordinal));

        await _work.Say(lane, Sentence);

        Assert.Equal(Spanish, _work.Final().Committed);
        Assert.Equal(Spanish, Assert.Single(_work.Translated).Translation.Text);
    });

    [Fact]
    public Task Nothing_is_committed_of_words_that_are_not_admitted()
    {
        var engine = new BrokenDrafter { Good = 99 };
        return _work.Run([engine], async lane =>
        {
            var begun = _work.Time.GetUtcNow();
            await Hear(lane, "we send the contract to", admitted: 0);
            await Until.True("it is drafted", () => Pass() && engine.Drafted > 0);
            await Until.True("what came of it was looked at", () => Pass() && _work.Time.GetUtcNow() > begun + TimeSpan.FromSeconds(3));

            Assert.DoesNotContain(_work.Gateway.Arrived.OfType<CaptionDelivery>(), static caption => caption.Committed.Length > 0);
            await _work.Say(lane, Sentence);
            Assert.Equal(Spanish, _work.Final().Committed);
        });
    }

    [Fact]
    public Task Drafts_that_fail_leave_the_sentence_to_those_who_translate_it_whole() => _work.Run([new BrokenDrafter()], async lane =>
    {
        await Hear(lane, "we send the contract to", admitted: 4);
        await _work.Say(lane, Sentence);

        Assert.Equal(Spanish, _work.Final().Committed);
    });

    [Fact]
    public Task What_was_said_of_a_sentence_is_not_said_again_when_drafts_fail_in_its_middle()
    {
        var engine = new BrokenDrafter { Good = 1 };
        return _work.Run([engine], async lane =>
        {
            await Hear(lane, "we send the contract to", admitted: 4);
            await UntilRead("we·es send·es the·es contract·es");
            await Hear(lane, "we send the contract to our guests", admitted: 7);
            await _work.Say(lane, Sentence);

            Assert.Equal(Spanish, _work.Final().Committed);
            Assert.StartsWith("we·es send·es the·es contract·es", Assert.Single(engine.Asked).Begun, StringComparison.Ordinal);
        });
    }

    [Fact]
    public Task An_engine_of_whole_sentences_that_comes_first_is_not_overtaken() => _work.Run([new ToldTranslator("Enviamos."), new ScriptedTranslator()], async lane =>
    {
        await Hear(lane, "we send the contract to", admitted: 4);
        await _work.Say(lane, Sentence);

        Assert.Equal("Enviamos.", _work.Final().Committed);
    });

    [Fact]
    public Task The_next_activation_goes_on_behind_what_was_committed() => _work.Run([new ScriptedTranslator()], async lane =>
    {
        _work.Sentence("");
        var recent = _work.Recent.Lane(1, Sent.Spanish)!;
        recent.Clauses.Add(new RecentClause("we·es send·es") { HasArrived = true });
        (recent.ClausesOfNext, recent.WordsOfNext, recent.Quality) = (1, 2, TranslationQuality.Good);

        await Hear(lane, "we send the contract to", admitted: 4);
        await UntilRead("we·es send·es the·es contract·es");
        await _work.Say(lane, Sentence);

        Assert.Equal(Spanish, _work.Final().Committed);
    });

    [Fact]
    public Task What_another_activation_committed_beyond_a_sentence_is_not_said_again_with_the_next() => _work.Run([new ScriptedTranslator()], async lane =>
    {
        _work.Sentence("");
        var recent = _work.Recent.Lane(1, Sent.Spanish)!;
        recent.Clauses.Add(new RecentClause("yes·es. we·es send·es") { HasArrived = true });
        (recent.ClausesOfNext, recent.WordsOfNext, recent.Quality) = (1, 3, TranslationQuality.Good);

        lane.Take(_work.Sentence("yes.", isLast: false));
        await _work.Say(lane, Sentence);

        Assert.Equal("yes·es. " + Spanish, _work.Final().Committed);
    });

    [Fact]
    public Task What_was_said_before_needs_no_translator()
    {
        var engine = new BrokenDrafter { Good = 1 };
        return _work.Run([engine], async lane =>
        {
            await Hear(lane, "of course", admitted: 2, isPaused: true);
            await UntilRead("of·es course·es");
            await _work.Say(lane, "of course.");

            await Hear(lane, "of course", admitted: 2, segment: 2, isPaused: true);
            await _work.Say(lane, "of course.", segment: 2);

            Assert.Equal((1, 0), (engine.Drafted, engine.Asked.Count));
            Assert.Equal(["of·es course·es", "of·es course·es"], _work.Translated.Select(static each => each.Translation.Text));
            await Hear(lane, "of course", admitted: 2, segment: 3, isPaused: true);
            await _work.Say(lane, "of course?", segment: 3);
            Assert.Single(engine.Asked);
        });
    }

    [Fact]
    public Task A_recognizer_that_is_lost_takes_no_sentence_along_that_was_over() => _work.Run([new ScriptedTranslator()], async lane =>
    {
        // Nothing of it may be committed yet.
        await Hear(lane, Sentence + " they read it", admitted: 0);
        lane.Take(_work.Sentence(Sentence, isLast: false));
        await Until.True("it is taken", () => lane.IsTranslated);

        lane.Lose(1);
        await _work.Say(lane, "");

        Assert.Equal(Spanish, _work.Final().Committed);
    });

    async Task Hear(Lane lane, string text, int admitted, int segment = 1, bool isPaused = false)
    {
        _work.Sentence("", segment: segment);
        var words = text.Split(' ').Select((word, at) => new SourceWord(
            new Word(word, TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at + 0.9), 1), WordLists.Plain(word), WordClass.Usual, WordLists.EndsWithMark(word)));
        var source = new SourceText([.. words], 0, admitted, admitted, text.Split(' ').Length, IsSilent: isPaused, isPaused, IsOver: false);
        lane.Hear(new SpokenWords(segment, Sent.English, source, new SentenceClock(null, _work.Time.GetTimestamp(), _work.Time)));
        await Task.Yield();
    }

    Task UntilRead(string committed) => Until.True(committed, () => Pass() && Read()?.Committed == committed);

    CaptionDelivery? Read() => _work.Gateway.Arrived.OfType<CaptionDelivery>().LastOrDefault();

    bool Pass()
    {
        _work.Time.Advance(TimeSpan.FromMilliseconds(20));
        return true;
    }

    /// <summary>The scripted one, whose drafts fail after so many good ones.</summary>
    sealed class BrokenDrafter : IDraftingTranslator
    {
        readonly ScriptedTranslator _whole = new();

        public int Good { get; set; }

        public int Drafted { get; private set; }

        public List<TranslationRequest> Asked { get; } = [];

        public string Name => "broken";

        public bool CanContinue => true;

        public bool Knows(Language from, Language to) => true;

        public IAsyncEnumerable<TranslatedText> Translate(TranslationRequest request, CancellationToken cancellationToken)
        {
            Asked.Add(request);
            return _whole.Translate(request, cancellationToken);
        }

        public async IAsyncEnumerable<DraftFragment> Draft(DraftRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (Good-- <= 0)
                throw new EngineFaultException(Name, FaultKind.Overloaded, "Told to fail.");
            await foreach (var fragment in _whole.Draft(request, cancellationToken))
                yield return fragment;
            Drafted++;
        }
    }
}
