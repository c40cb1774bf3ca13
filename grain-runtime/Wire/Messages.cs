using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Wire;

/// <summary>Requests, answers and faults as frames.</summary>
sealed class Messages(MessageCodec codec, TimeProvider time, Func<int> self, Action<RequestBase> learn)
{
    internal OutgoingFrame Request(long number, GrainId target, RequestBase call)
    {
        var frame = new OutgoingFrame(FrameKind.Request);
        try
        {
            frame.Write(number);
            frame.Write((byte)call.Journey.Hops);
            frame.Write((byte)(call.Journey.PlaceHere ? 1 : 0));
            frame.Write((int)Math.Max(1, time.GetElapsedTime(time.GetTimestamp(), call.Deadline).TotalMilliseconds));
            frame.Write(target.Type.Value);
            frame.Write(target.Key.Value);
            codec.WriteRequest(frame, call);
            return frame;
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or System.Text.Json.JsonException or ArgumentException)
        {
            frame.Dispose();
            throw new OrleansException($"The arguments of {call.Name} can't be written: {error.Message}");
        }
    }

    /// <summary>Reads a request; without a call when this process can't take it, and why.</summary>
    internal (long Number, GrainId Target, RequestBase? Call, OrleansException? Refused) ReadRequest(ref IncomingFrame frame)
    {
        var number = frame.Long();
        var hops = frame.Byte();
        var place = frame.Byte();
        var left = frame.Int();
        var target = GrainId.Create(frame.Text(), frame.Text());
        try
        {
            var call = codec.ReadRequest(ref frame);
            (call.Journey.Hops, call.Journey.PlaceHere) = (hops + 1, place == 1);
            call.Deadline = time.GetTimestamp() + (long)left * time.TimestampFrequency / 1_000;
            return (number, target, call, null);
        }
        catch (OrleansException refused)
        {
            return (number, target, null, refused);
        }
    }

    /// <summary>The answer of a call that is done, whether it succeeded or failed.</summary>
    internal OutgoingFrame Answer(long number, RequestBase call)
    {
        if (call.Completion.IsFaulted)
            return Fault(number, call.Completion.Exception.InnerException!, FoundAt(call));
        if (call.Completion.IsCanceled)
            return Fault(number, new OperationCanceledException(), FoundAt(call));
        var frame = new OutgoingFrame(FrameKind.Answer);
        try
        {
            frame.Write(number);
            frame.Write(FoundAt(call));
            codec.WriteAnswer(frame, call);
            return frame.Finished($"The answer of {call.Name}");
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or System.Text.Json.JsonException or ArgumentException or OrleansException)
        {
            frame.Dispose();
            return Fault(number, error as OrleansException ?? new OrleansException($"The answer of {call.Name} can't be written: {error.Message}"), FoundAt(call));
        }
    }

    internal OutgoingFrame Fault(long number, Exception error, int foundAt = 0)
    {
        var frame = new OutgoingFrame(FrameKind.Fault);
        var (type, message) = Faults.Of(error);
        frame.Write(number);
        frame.Write(foundAt);
        frame.Write(type);
        frame.Write(message);
        return frame;
    }

    internal void ReadAnswer(ref IncomingFrame frame, bool isFault, RequestBase call)
    {
        call.Journey.FoundAt = frame.Int();
        learn(call);
        if (isFault)
        {
            call.Fail(Faults.From(frame.Text(), frame.Text()));
            return;
        }

        try
        {
            call.Complete(codec.ReadAnswer(ref frame, call));
        }
        catch (OrleansException error)
        {
            call.Fail(error);
        }
    }

    // A call that was sent on names where it arrived in the end; one that ran here names this silo.
    int FoundAt(RequestBase call) => call.Journey.FoundAt != 0 ? call.Journey.FoundAt : self();
}
