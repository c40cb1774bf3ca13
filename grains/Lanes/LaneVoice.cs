using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Voices;

namespace VoiceGrains.Lanes;

/// <summary>The speaker's voice in the language of a lane. Tells listeners once when there is none.</summary>
sealed class LaneVoice(LaneServices services, Language language, CancellationToken closing)
{
    static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(1);
    static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(4);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    bool _hasToldNone;
    bool _isUnknown;
    bool _isSilent;

    /// <summary>A stream for the speech of a segment. Null: captions go on without.</summary>
    public async Task<ISpeechStream?> Open()
    {
        try
        {
            if (services.Engines.SynthesizersFor(language).Any() && await Ask() is { } voice
                && VoiceStreams.OpenForeseen(services, voice) is { } stream)
            {
                _isSilent = false;
                return stream;
            }
        }
        catch (EngineFaultException)
        {
            // Told once, until one works again.
            if (!_isSilent)
                services.Outlets.Send(new NoticeDelivery(language, NoticeKind.SynthesizerFailed, ToSpeaker: false));
            _isSilent = true;
            return null;
        }

        if (!_hasToldNone && !_isUnknown)
            services.Outlets.Send(new NoticeDelivery(language, NoticeKind.NoVoice, ToSpeaker: false));
        _hasToldNone |= !_isUnknown;
        return null;
    }

    async Task<Voice?> Ask()
    {
        var started = services.Time.GetTimestamp();
        while (true)
        {
            try
            {
                _isUnknown = false;
                return await services.VoiceFor(language).WaitAsync(CallLimit, services.Time, closing);
            }
            catch (Exception error) when (error is not OperationCanceledException || !closing.IsCancellationRequested)
            {
                // The profile may be on its way to another silo. If it can't be asked for longer, captions go on, and the next segment asks again.
                _isUnknown = true;
                if (services.Time.GetElapsedTime(started) >= AskLimit)
                    return null;
            }

            await Task.Delay(Pause, services.Time, closing);
        }
    }
}
