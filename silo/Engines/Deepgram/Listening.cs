using System.Net.WebSockets;
using System.Text.Json;
using VoiceGrains.Audio;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Deepgram;

/// <summary>What was sent on a connection, and what the vendor has said about it. Thread-safe: one sends while another hears.</summary>
sealed class Listening
{
    // How much of the last speech the vendor may not have looked at when its newest words are taken for final.
    static readonly TimeSpan Untold = TimeSpan.FromMilliseconds(100);

    readonly Lock _gate = new();
    readonly string _engine;
    readonly DeepgramOptions _options;
    readonly StreamClock _clock = new();
    readonly SentVoice _voice = new();
    readonly SessionEvents _events;
    (TimeSpan Position, TimeSpan Speech) _finish;
    bool _isEndSent;

    public Listening(string engine, DeepgramOptions options, SessionEvents events, Func<StreamClock, Turn, ListenDialect> dialect)
    {
        (_engine, _options, _events) = (engine, options, events);
        Dialect = dialect(_clock, new Turn(events));
    }

    /// <summary>Its constants are free to read.</summary>
    public ListenDialect Dialect { get; }

    /// <summary>The vendor's name for the connection. Null: not known yet.</summary>
    public string? RequestId { get; set; }

    /// <summary>Whether the vendor needs more audio to say the rest about what it heard.</summary>
    public bool NeedsAudio
    {
        get
        {
            lock (_gate)
                return Dialect.KeepAlive is null && (Dialect.NeedsAudio || Dialect.Heard < _voice.LastSpeech);
        }
    }

    /// <summary>Whether the vendor is to be asked for what it has not said about the end of what was written; once for each end.</summary>
    public bool IsToBeAsked
    {
        get
        {
            lock (_gate)
                return Dialect.MustBeAsked && _finish.Position < _clock.Written;
        }
    }

    public bool HasSentAudio
    {
        get
        {
            lock (_gate)
                return _clock.Sent > TimeSpan.Zero;
        }
    }

    /// <summary>Audio is about to go out. Throws <see cref="EngineFaultException"/> when speech went out too long ago without an answer.</summary>
    public void Send(ReadOnlySpan<byte> audio)
    {
        lock (_gate)
        {
            _clock.SendWritten(audio.Length / 2);
            _voice.Send(audio);
            ThrowIfStalled_NeedsLock();
        }
    }

    /// <summary>Silence is about to go out that nobody wrote.</summary>
    public void SendSilence(int bytes)
    {
        lock (_gate)
        {
            _clock.SendSilence(bytes / 2);
            _voice.Pass(AudioFormat.TimeOf(bytes / 2));
            ThrowIfStalled_NeedsLock();
        }
    }

    /// <summary>So long no audio went out. Throws <see cref="EngineFaultException"/> like <see cref="Send"/>.</summary>
    public void Idle(TimeSpan time)
    {
        lock (_gate)
        {
            _voice.Pass(time);
            ThrowIfStalled_NeedsLock();
        }
    }

    /// <summary>The final words are about to be asked for.</summary>
    public void SendFinish()
    {
        lock (_gate)
        {
            _finish = (_clock.Written, _voice.LastSpeech);
            (Dialect.WordsWanted, Dialect.IsEndWanted) = (0, true);
        }
    }

    /// <summary>The final words are about to be asked for, though the segment goes on. There may be no answer. False: they come with its end anyway.</summary>
    public bool SendWords()
    {
        lock (_gate)
        {
            Dialect.WordsWanted += Dialect.IsEndWanted ? 0 : 1;
            return !Dialect.IsEndWanted;
        }
    }

    public void SendEnd()
    {
        lock (_gate)
            _isEndSent = true;
    }

    /// <summary>Takes a message. Throws <see cref="EngineFaultException"/>.</summary>
    /// <returns>Whether the vendor has said everything, and whether the turn is to be finished.</returns>
    public (bool IsOver, bool IsTooLong) Hear(ReadOnlySpan<byte> json)
    {
        try
        {
            var message = ListenMessage.Read(json);
            lock (_gate)
            {
                RequestId = message.RequestId ?? RequestId;
                if (message.Type == "Error")
                    throw DeepgramFaults.OfMessage(_engine, message.Code ?? message.Variant, RequestId);
                _voice.Answer();
                var isTooLong = Dialect.Hear(message);
                return (Dialect.IsOver && _isEndSent, isTooLong);
            }
        }
        catch (JsonException)
        {
            // Without the exception: it may quote the message.
            throw Fault(FaultKind.Transport, "A message can't be read.");
        }
        catch (WrongTimesException)
        {
            throw Fault(FaultKind.Transport, "The vendor's times do not fit the audio.");
        }
    }

    /// <summary>The vendor closed. Throws <see cref="EngineFaultException"/> unless everything was said.</summary>
    public void HearClose(WebSocketCloseStatus? status, string? reason)
    {
        lock (_gate)
        {
            var isEmpty = status is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty or null;
            if (!isEmpty || !_isEndSent || !Dialect.End())
                throw DeepgramFaults.OfClose(_engine, status, reason, RequestId);
        }
    }

    /// <summary>No answer came to the last finish. That is right when little was left to say; but what the vendor has not even looked at must not be lost.</summary>
    /// <returns>Null: the newest words count.</returns>
    public EngineFaultException? GiveUpFinish()
    {
        lock (_gate)
        {
            Dialect.IsEndWanted = false;
            var isUnfinished = Dialect.IsUnfinished(_finish.Position);
            if (Dialect.Heard + Untold < _finish.Speech)
                return isUnfinished ? Fault(FaultKind.Stalled, "The last words of a segment did not come.") : null;
            if (isUnfinished)
                Dialect.Settle();
            else
                Dialect.HearSilence(_finish.Position);
            return null;
        }
    }

    /// <summary>There are no more events.</summary>
    public void End(EngineFaultException? failure)
    {
        lock (_gate)
            _events.Complete(failure);
    }

    void ThrowIfStalled_NeedsLock()
    {
        if (_voice.Unanswered >= _options.StallAfter)
            throw Fault(FaultKind.Stalled, $"Nothing came back for {_options.StallAfter} since speech went out.");
    }

    public EngineFaultException Fault(FaultKind kind, string message, Exception? inner = null) => new(_engine, kind, message, inner) { RequestId = RequestId };
}
