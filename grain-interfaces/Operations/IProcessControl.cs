using System.Collections.Immutable;

namespace VoiceGrains.Operations;

/// <summary>The way from the grain that takes reports to one silo or gateway: an observer, told with each report. Calls to one process run one at a time.</summary>
[Alias("voicegrains.IProcessControl")]
public interface IProcessControl : IGrainObserver
{
    /// <summary>The process begins to stop, as by SIGTERM: a silo hands its people over, a gateway sends its clients elsewhere. Returns at once.</summary>
    [Alias("Drain")]
    Task Drain();

    /// <summary>Changes what the process writes to its log of the product's own doings.</summary>
    [Alias("SetLogLevel")]
    Task SetLogLevel(LogLevelOrder order);

    /// <summary>The connection of a participant at this gateway; null: there is none.</summary>
    [Alias("Look")]
    Task<ConnectionFigures?> Look(CallId call, ParticipantId participant);

    /// <summary>Takes a participant out of the call: they leave, and their client does not come back by itself. False: they are not connected here.</summary>
    [Alias("Disconnect")]
    Task<bool> Disconnect(CallId call, ParticipantId participant);
}

/// <summary>Asks for another log level.</summary>
/// <param name="Level">Null: as the settings say, again.</param>
/// <param name="For">After that it is as the settings say again, should nobody say so before.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.LogLevelOrder")]
public sealed record LogLevelOrder(LogDetail? Level, TimeSpan For);

/// <summary>How much is logged. More than <see cref="Debug"/> can't be asked for: what people say may be in it.</summary>
[GenerateSerializer, Alias("voicegrains.LogDetail")]
public enum LogDetail
{
    Debug,
    Information,
    Warning,
    Error,
}

/// <summary>One connection, as its gateway sees it.</summary>
/// <param name="Kept">Frames and texts that no checkpoint covers yet: the ring.</param>
/// <param name="KeptAudio">Length of the audio among them, at most 60 s.</param>
/// <param name="ToSend">Those of them that the silo has not taken yet.</param>
/// <param name="NextNumber">Of the client's next frame.</param>
/// <param name="WaitingMessages">Captions and control messages that the client has not read.</param>
/// <param name="WaitingAudio">Bytes of audio that it has not read.</param>
/// <param name="DroppedAudio">Audio messages that were dropped because it reads too slowly.</param>
[GenerateSerializer, Immutable, Alias("voicegrains.ConnectionFigures")]
public sealed record ConnectionFigures(
    string Gateway, int Epoch, int Kept, TimeSpan KeptAudio, int ToSend, long NextNumber, int WaitingMessages, int WaitingAudio, long DroppedAudio);
