using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Wire;

/// <summary>Exceptions between processes: type name and message. Types that callers may handle come back as themselves, others as <see cref="OrleansException"/>.</summary>
static class Faults
{
    static readonly Dictionary<string, Func<string, Exception>> Known = new Func<string, Exception>[]
    {
        static message => new InvalidOperationException(message),
        static message => new ArgumentException(message),
        static message => new ArgumentNullException(null, message),
        static message => new ArgumentOutOfRangeException(null, message),
        static message => new FormatException(message),
        static message => new KeyNotFoundException(message),
        static message => new NotSupportedException(message),
        static message => new NotImplementedException(message),
        static message => new UnauthorizedAccessException(message),
        static message => new ObjectDisposedException(null, message),
        static message => new OperationCanceledException(message),
        static message => new TaskCanceledException(message),
        static message => new TimeoutException(message),
        static message => new IOException(message),
        static message => new OrleansException(message),
        static message => new OrleansMessageRejectionException(message),
        static message => new SiloUnavailableException(message),
        static message => new InconsistentStateException(message, null, null),
    }.ToDictionary(static make => make("").GetType().FullName!);

    internal static (string Type, string Message) Of(Exception error) => (error.GetType().FullName ?? "", error.Message);

    internal static Exception From(string type, string message) =>
        Known.TryGetValue(type, out var make) ? make(message) : new OrleansException($"{type}: {message}");
}
