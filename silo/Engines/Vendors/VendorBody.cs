using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Vendors;

/// <summary>The body of a vendor's answer. What breaks it is a fault with the name of the request; a token can cut it, whichever client reads it.</summary>
sealed class VendorBody(Stream body, string engine, string? requestId, CancellationToken aborted) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The fault that a broken connection is: an answer that ended before its HTTP framing did is truncated.</summary>
    public static EngineFaultException Broken(string engine, Exception error, string? requestId)
    {
        var reason = (error as HttpIOException)?.HttpRequestError ?? (error as HttpRequestException)?.HttpRequestError;
        return reason == HttpRequestError.ResponseEnded && requestId is not null
            ? new EngineFaultException(engine, FaultKind.Truncated, "The connection ended before the answer did.", error) { RequestId = requestId }
            : new EngineFaultException(engine, FaultKind.Transport, "The connection broke.", error) { RequestId = requestId };
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, aborted);
        try
        {
            return await body.ReadAsync(buffer, either.Token);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw Broken(engine, error, requestId);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Vendors' answers are read without blocking.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
