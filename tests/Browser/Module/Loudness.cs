using VoiceGrains.Tests.Browser.Harness;
using VoiceGrains.Tests.EndToEnd.Harness;

namespace VoiceGrains.Tests.Browser.Module;

/// <summary>How loud each is, and what is heard of somebody who is translated, is the listener's choice; measured in the browser's own audio engine.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class Loudness(ScriptedSilo scripted, Chromium chromium)
{
    // Ana is translated: her own voice is a tone of 500 Hz, her translation one of 1,500. Ben is not, at 2,500. Each is measured without the others after a second.
    const string Measure = """
        async ([balance, anas]) => {
          const { Player } = await import('/mixing.js');
          const context = new OfflineAudioContext(1, 32000, 16000);
          const player = new Player(context);
          player.original = 'full';
          player.balance = balance;
          player.setVolume('ana', anas);
          const tone = (hertz) => Int16Array.from({ length: 32000 }, (_, i) => 6000 * Math.sin(2 * Math.PI * hertz * i / 16000));
          player.play('original', 'ana', tone(500), true);
          player.play('speech', 'ana', tone(1500), true);
          player.play('original', 'ben', tone(2500), false);
          const heard = (await context.startRendering()).getChannelData(0).subarray(16000, 24000);
          return [500, 1500, 2500].map((hertz) => {
            let [real, imaginary] = [0, 0];
            heard.forEach((sample, i) => { real += sample * Math.cos(2 * Math.PI * hertz * i / 16000); imaginary += sample * Math.sin(2 * Math.PI * hertz * i / 16000); });
            return Math.round(Math.hypot(real, imaginary) / 4000 / (6000 / 32768) * 100) / 100;
          });
        }
        """;

    [Theory]
    [InlineData(0, 1, new[] { 1, 1, 1.0 })]
    [InlineData(-1, 1, new[] { 0, 1, 1.0 })]
    [InlineData(1, 1, new[] { 1, 0, 1.0 })]
    [InlineData(-0.5, 1, new[] { 0.5, 1, 1.0 })]
    [InlineData(0, 0.5, new[] { 0.5, 0.5, 1.0 })]
    [InlineData(0, 0, new[] { 0, 0, 1.0 })]
    public async Task Volume_is_of_one_speaker_and_balance_of_those_who_are_translated(double balance, double volumeOfAna, double[] expected)
    {
        await using var visitor = await chromium.Open(new Uri(scripted.Silo.Address, "/join"));

        var heard = await visitor.Page.EvaluateAsync<double[]>(Measure, new object[] { balance, volumeOfAna });

        Assert.Equal(expected, heard);
    }
}
