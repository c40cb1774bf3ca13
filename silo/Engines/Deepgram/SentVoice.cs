using System.Runtime.InteropServices;
using VoiceGrains.Audio;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>How much of the audio that went out is speech: what a vendor must sooner or later say something about.</summary>
sealed class SentVoice
{
    readonly VoiceActivity _activity = new();
    readonly short[] _step = new short[VoiceActivity.Step];
    int _filled;
    long _samples;
    bool _isAwaiting;
    TimeSpan _unanswered;

    /// <summary>End of the last speech.</summary>
    public TimeSpan LastSpeech { get; private set; }

    /// <summary>How long nothing has come back since the first speech that the vendor has not answered; 0: it has answered all.</summary>
    public TimeSpan Unanswered => _unanswered;

    public void Send(ReadOnlySpan<byte> audio)
    {
        var samples = MemoryMarshal.Cast<byte, short>(audio);
        while (samples.Length > 0)
        {
            var taken = Math.Min(samples.Length, VoiceActivity.Step - _filled);
            samples[..taken].CopyTo(_step.AsSpan(_filled));
            samples = samples[taken..];
            _filled += taken;
            if (_filled == VoiceActivity.Step)
                TakeStep();
        }
    }

    /// <summary>The vendor said something.</summary>
    public void Answer() => (_isAwaiting, _unanswered) = (false, TimeSpan.Zero);

    /// <summary>Time passed without audio of the speaker.</summary>
    public void Pass(TimeSpan time)
    {
        if (_isAwaiting)
            _unanswered += time;
    }

    void TakeStep()
    {
        _filled = 0;
        _samples += VoiceActivity.Step;
        if (_activity.Take(_step))
        {
            _isAwaiting = true;
            LastSpeech = AudioFormat.TimeOf(_samples);
        }

        Pass(AudioFormat.TimeOf(VoiceActivity.Step));
    }
}
