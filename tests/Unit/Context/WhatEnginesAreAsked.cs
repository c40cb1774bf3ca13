using VoiceGrains.Calls;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Unit.Grains;
using static VoiceGrains.Tests.Unit.Grains.SpeakerAtWork;

namespace VoiceGrains.Tests.Unit.Context;

/// <summary>Glossary, formality and dialogue are in what a speaker asks engines for.</summary>
public sealed class WhatEnginesAreAsked
{
    static readonly CallTerms Terms = new(
        [new GlossaryRow([new Term(Sent.English, "cluster"), new Term(Sent.Spanish, "clúster")]), new GlossaryRow([new Term(Sent.English, "silo")])], Formality.Informal);

    readonly ToldRecognizer _recognizer = new();
    readonly ToldTranslator _translator = new("Hola.");
    readonly SpeakerAtWork _work;

    public WhatEnginesAreAsked() => _work = new SpeakerAtWork { Translator = _translator };

    [Fact]
    public Task A_session_is_opened_with_keyterms_and_one_that_is_open_stays_as_it_is() => _work.Run(_recognizer, speaker =>
    {
        Say(speaker, 1, new byte[640]);
        _work.Terms.Learn(Terms);
        Say(speaker, 2, new byte[640]);
        Assert.Empty(Assert.Single(_recognizer.Asked).Keyterms);

        speaker.Speak(Sent.Spanish);
        Say(speaker, 3, new byte[640]);

        Assert.Equal(["clúster"], _recognizer.Asked[1].Keyterms);
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_sentence_is_translated_with_terms_once_they_are_known() => _work.Run(_recognizer, async speaker =>
    {
        Take(speaker, new SpokenText(1, "Hello."));
        await _work.Until("it is translated", () => _translator.Asked.Count == 1);
        _work.Terms.Learn(Terms);
        Take(speaker, new SpokenText(2, "Hello."));
        await _work.Until("it is translated", () => _translator.Asked.Count == 2);

        Assert.Equal((0, Formality.Unspecified), (_translator.Asked[0].Glossary.Length, _translator.Asked[0].Formality));
        Assert.Equal((new GlossaryTerm("cluster", "clúster"), Formality.Informal), (Assert.Single(_translator.Asked[1].Glossary), _translator.Asked[1].Formality));
    });

    [Fact]
    public Task A_sentence_is_translated_with_what_was_said_before_its_segment() => _work.Run(_recognizer, async speaker =>
    {
        await _work.Store.Append(
            Call, new RecordedSegment(new ParticipantId("bob"), "Bob", 1, Sent.Spanish, "¿Cómo?", SegmentOrigin.Spoken, DateTimeOffset.UnixEpoch, TimeSpan.Zero, 1, []), default);
        Take(speaker, new SpokenText(1, "First. Second."));
        Say(speaker, 2, new byte[640 * 20]);
        var session = _recognizer.Sessions[0];
        session.Tell(new SpeechStarted(TimeSpan.Zero));
        session.Tell("Third. Fourth.", until: 0.2);
        session.Tell("Fifth.", until: 0.3);
        await _work.Until("all is translated", () => _translator.Asked.Count == 4);

        Assert.Equal(["First.", "Second.", "Third. Fourth.", "Fifth."], _translator.Asked.Select(static asked => asked.Text));
        Assert.All(_translator.Asked.Take(2), static asked => Assert.Equal([new DialogueLine("S1", "¿Cómo?")], asked.Dialogue));
        Assert.All(_translator.Asked.Skip(2), static asked => Assert.Equal([new DialogueLine("S1", "¿Cómo?"), new DialogueLine("S2", "First. Second.")], asked.Dialogue));
        Assert.Equal("Hola.", _translator.Asked[3].Committed);
    });
}
