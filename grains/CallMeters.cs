using System.Diagnostics.Metrics;

namespace VoiceGrains;

/// <summary>What the grains measure, meter <c>VoiceGrains</c>. Labels never name calls or people.</summary>
static class CallMeters
{
    static readonly Meter Meter = new("VoiceGrains");

    static readonly Histogram<double> StageDuration = Meter.CreateHistogram<double>(
        "voicegrains_stage_duration_seconds", "s", "Time that a stage took: recognize, translate, synthesize.");

    static readonly Counter<long> Frames = Meter.CreateCounter<long>("voicegrains_frames_total", null, "Frames taken from speakers: heard by a recognizer, or in a language that none knows.");

    static readonly Counter<long> Segments = Meter.CreateCounter<long>("voicegrains_segments_total", null, "Segments that ended, by outcome.");

    static readonly Counter<long> Faults = Meter.CreateCounter<long>("voicegrains_engine_faults_total", null, "Failures of engines, by engine and kind.");

    static readonly Counter<long> Shed = Meter.CreateCounter<long>("voicegrains_audio_shed_total", null, "Audio deliveries dropped because a gateway was slow.");

    static readonly UpDownCounter<long> Calls = Meter.CreateUpDownCounter<long>("voicegrains_calls", null, "Calls that are open on this silo.");

    static readonly UpDownCounter<long> Participants = Meter.CreateUpDownCounter<long>("voicegrains_participants", null, "Participants that are active on this silo.");

    public static void Call(int change) => Calls.Add(change);

    public static void Participant(int change) => Participants.Add(change);

    public static void Stage(string stage, TimeSpan duration) =>
        StageDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    public static void Frame(string outcome) => Frames.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void Segment(string outcome) => Segments.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void Fault(Engines.EngineFaultException fault) => Faults.Add(
        1, new KeyValuePair<string, object?>("engine", fault.Engine), new KeyValuePair<string, object?>("kind", fault.Kind.ToString()));

    public static void AudioShed(int count) => Shed.Add(count);
}
