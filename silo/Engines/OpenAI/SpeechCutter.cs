using VoiceGrains.Audio;

namespace VoiceGrains.Silo.Engines.OpenAI;

/// <summary>A stretch of speech with a little before and after it.</summary>
/// <param name="Speech">How much of it the detector took for speech.</param>
sealed record SpeechSegment(TimeSpan Start, TimeSpan SpeechEnd, TimeSpan End, TimeSpan Speech, byte[] Audio);

/// <summary>Cuts a stream of 16 kHz samples into segments: by energy, at pauses, and at a longest length. A pure rule; it knows no clock but the samples.</summary>
sealed class SpeechCutter(TimeSpan endPause, TimeSpan longest)
{
    // Consonants before the first loud vowel: without them "stop" becomes "top".
    static readonly TimeSpan Before = TimeSpan.FromMilliseconds(300);

    readonly VoiceActivity _activity = new();
    readonly Queue<short[]> _before = new();
    // As steps: one long array would have to be copied as it grows, and kept for the longest sentence that ever was.
    readonly List<short[]> _segment = [];
    long _samples;
    long _start;
    long _lastSpeech;
    int _speechSteps;

    public bool IsInSpeech { get; private set; }

    /// <summary>Where the open segment begins.</summary>
    public TimeSpan Start => AudioFormat.TimeOf(_start);

    /// <summary>End of the audio taken.</summary>
    public TimeSpan Now => AudioFormat.TimeOf(_samples);

    /// <summary>Up to here nobody spoke: behind it the beginning of a word may lie.</summary>
    public TimeSpan SilentUntil => AudioFormat.TimeOf(_samples - (_before.Count * VoiceActivity.Step));

    /// <summary>Takes one step of 10 ms. Returns the segment that ends with it, else null.</summary>
    public SpeechSegment? Take(short[] step)
    {
        _samples += step.Length;
        var isSpeech = _activity.Take(step);
        if (!IsInSpeech)
        {
            Wait(step, isSpeech);
            return null;
        }

        _segment.Add(step);
        Note(isSpeech);
        var isOver = AudioFormat.TimeOf(_samples - _lastSpeech) >= endPause || AudioFormat.TimeOf((long)_segment.Count * VoiceActivity.Step) >= longest;
        return isOver ? Finish() : null;
    }

    /// <summary>Ends the open segment here. Null: there is none.</summary>
    public SpeechSegment? Finish()
    {
        if (!IsInSpeech)
            return null;
        var segment = new SpeechSegment(Start, AudioFormat.TimeOf(_lastSpeech), Now, AudioFormat.TimeOf((long)_speechSteps * VoiceActivity.Step), Whole());
        _segment.Clear();
        _segment.TrimExcess();
        IsInSpeech = false;
        return segment;
    }

    /// <summary>Nothing more comes for now: what was kept for a beginning begins nothing.</summary>
    public void Forget() => _before.Clear();

    byte[] Whole()
    {
        var audio = new byte[_segment.Count * VoiceActivity.Step * sizeof(short)];
        for (var i = 0; i < _segment.Count; i++)
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(_segment[i].AsSpan()).CopyTo(audio.AsSpan(i * VoiceActivity.Step * sizeof(short)));
        return audio;
    }

    void Wait(short[] step, bool isSpeech)
    {
        _before.Enqueue(step);
        if (AudioFormat.TimeOf(_before.Count * VoiceActivity.Step) > Before)
            _before.Dequeue();
        if (!isSpeech)
            return;
        _start = _samples - (_before.Count * VoiceActivity.Step);
        _segment.AddRange(_before);
        _before.Clear();
        (IsInSpeech, _speechSteps) = (true, 0);
        Note(isSpeech: true);
    }

    void Note(bool isSpeech)
    {
        if (!isSpeech)
            return;
        _speechSteps++;
        _lastSpeech = _samples;
    }
}
