using VoiceGrains.Eval.Corpora;
using VoiceGrains.Eval.Models;

namespace VoiceGrains.Tests.Unit.Eval;

/// <summary>Speech whose audio says which words it is, and the player that keeps what was heard.</summary>
public sealed class PlayedSpeech
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly SynthesizerModel _synthesizer = new(World.Perfect.Synthesizer, 1, 1, Targets.Spanish);

    [Fact]
    public void What_was_spoken_can_be_read_from_what_was_played()
    {
        var player = new Player(World.Shipped.Player, static _ => 1);

        player.Append(_synthesizer.Speak([(1, "nosotros"), (2, "vamos")]), Second, TimeSpan.Zero);
        player.PlayToEnd();

        // 47 ms for each letter.
        Assert.Equal(
            [new HeardWord(1, Second, Second + Milliseconds(376), true), new HeardWord(2, Second + Milliseconds(376), Second + Milliseconds(611), true)],
            Listener.Words(player.Heard));
    }

    [Fact]
    public void A_piece_waits_for_the_one_before_it()
    {
        var player = new Player(World.Shipped.Player, static _ => 1);

        player.Append(_synthesizer.Speak([(1, "nosotros,")]), Second, TimeSpan.Zero);
        player.Append(_synthesizer.Speak([(2, "vamos")]), Second, TimeSpan.Zero);
        player.PlayToEnd();

        // After the comma there is a pause of 100 ms.
        Assert.Equal(Second + Milliseconds(476), Listener.Words(player.Heard)[1].Start);
    }

    [Fact]
    public void Unplayed_is_what_waits_and_what_is_left_of_what_plays()
    {
        var player = new Player(World.Shipped.Player, static _ => 1);

        player.Append(_synthesizer.Speak([(1, "nosotros")]), Second, TimeSpan.Zero);

        Assert.Equal([376, 176, 0], new[] { 0.5, 1.2, 2 }.Select(at => (int)player.Unplayed(TimeSpan.FromSeconds(at)).TotalMilliseconds));
    }

    [Fact]
    public void A_faster_tempo_is_reached_step_by_step_and_loses_no_word()
    {
        var (slow, fast) = (new Player(World.Shipped.Player, static _ => 1), new Player(World.Shipped.Player, static _ => 2));
        var words = Enumerable.Range(1, 40).Select(static number => ((short)number, "palabra")).ToList();

        foreach (var player in new[] { slow, fast })
        {
            player.Append(_synthesizer.Speak(words), TimeSpan.Zero, TimeSpan.Zero);
            player.PlayToEnd();
        }

        // At most 1.25 times as fast, and not at once.
        Assert.InRange((double)slow.Heard.Count / fast.Heard.Count, 1.2, 1.25);
        Assert.Equal(Listener.Words(slow.Heard).Select(Of), Listener.Words(fast.Heard).Select(Of));

        static (int, bool) Of(HeardWord word) => (word.Number, word.IsWhole);
    }

    [Fact]
    public void A_word_that_is_cut_off_is_not_whole()
    {
        var player = new Player(World.Shipped.Player, static _ => 1);
        player.Append(_synthesizer.Speak([(1, "nosotros"), (2, "vamos")]), TimeSpan.Zero, TimeSpan.Zero);

        player.Cut(Milliseconds(400));
        player.PlayToEnd();

        Assert.Equal([true, false], Listener.Words(player.Heard).Select(static word => word.IsWhole));
    }

    [Fact]
    public void Speech_that_was_prepared_is_there_at_once_and_other_speech_is_not()
    {
        _synthesizer.Prepare("vamos", TimeSpan.Zero);
        var prepared = _synthesizer.ReadyAt("vamos", Second);
        _synthesizer.Prepare("vamos", Second);
        var other = _synthesizer.ReadyAt("van", 2 * Second);

        Assert.Equal((Second + Milliseconds(20), 2 * Second + Milliseconds(190)), (prepared, other));
    }

    static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
