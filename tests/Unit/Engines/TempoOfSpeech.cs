using VoiceGrains.Silo.Engines.PocketSphinx;

namespace VoiceGrains.Tests.Unit.Engines;

/// <summary>Words that could not have been said in their time are no speech.</summary>
public sealed class TempoOfSpeech
{
    [Theory]
    [InlineData("your message is too short", new[] { 3, 6, 2, 2, 4 }, new[] { 17, 46, 17, 21, 56 }, 157)]
    [InlineData("hello world, slowly", new[] { 4, 4 }, new[] { 60, 66 }, 124)]
    [InlineData("a sentence with a pause in it", new[] { 6, 5, 7 }, new[] { 40, 35, 50 }, 160)]
    public void Words_that_last_as_long_as_words_do_are_taken(string what, int[] phones, int[] frames, double speech) =>
        Assert.True(new Tempo([.. phones.Zip(frames)]).IsHuman(speech), what);

    [Theory]
    [InlineData("a beep, taken for 'bye bye' as short as the model allows", new[] { 2, 2 }, new[] { 6, 6 }, 22)]
    [InlineData("a second of noise, taken for 'hello'", new[] { 4 }, new[] { 97 }, 97)]
    [InlineData("a sweep, taken for 'how are you' with most of it left over", new[] { 2, 2, 2 }, new[] { 16, 35, 13 }, 148)]
    [InlineData("fifteen seconds, with one word that lasts five of them", new[] { 3, 2, 3, 7, 8, 9, 9 }, new[] { 520, 9, 35, 60, 70, 80, 90 }, 860)]
    [InlineData("no words", new int[0], new int[0], 50)]
    public void Words_that_nobody_could_say_like_that_are_refused(string what, int[] phones, int[] frames, double speech) =>
        Assert.False(new Tempo([.. phones.Zip(frames)]).IsHuman(speech), what);

    [Theory]
    [InlineData("said, with a middling score", new[] { 2, 7, 5 }, new[] { 18, 60, 45 }, -50.0, true)]
    [InlineData("another sentence, with a word that is stretched over half of it", new[] { 2, 3, 8 }, new[] { 60, 10, 40 }, -50.0, false)]
    [InlineData("spelled slowly, with a score beyond doubt", new[] { 1, 1, 1 }, new[] { 60, 50, 70 }, -25.0, true)]
    [InlineData("evenly, but with a score that is too bad", new[] { 2, 7, 5 }, new[] { 18, 60, 45 }, -57.0, false)]
    public void An_uneven_tempo_is_deducted_from_the_score(string what, int[] phones, int[] frames, double score, bool isTaken) =>
        Assert.True(new Tempo([.. phones.Zip(frames)]).Accepts(score, frames.Sum(), worst: -56) == isTaken, what);
}
