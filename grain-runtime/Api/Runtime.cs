namespace Orleans.Runtime
{
    /// <summary>Name of a grain class.</summary>
    public readonly record struct GrainType(string Value)
    {
        public override string ToString() => Value;
    }

    /// <summary>Key of a grain within its class.</summary>
    public readonly record struct IdSpan(string Value)
    {
        public override string ToString() => Value;
    }

    /// <summary>Class and key: the identity of a grain, written <c>type/key</c>.</summary>
    public readonly record struct GrainId(GrainType Type, IdSpan Key)
    {
        public static GrainId Create(string grainType, string key) => new(new GrainType(grainType), new IdSpan(key));

        public override string ToString() => $"{Type}/{Key}";
    }

    /// <summary>The runtime's side of one activation.</summary>
    public interface IGrainContext
    {
        GrainId GrainId { get; }

        IServiceProvider ActivationServices { get; }

        /// <summary>Completes when the activation has ended.</summary>
        Task Deactivated { get; }

        void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);

        internal Activations.GrainProcess Runtime { get; }

        internal IGrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options);
    }

    /// <summary>A timer of a grain.</summary>
    public interface IGrainTimer : IDisposable;

    /// <summary>When a grain timer calls back.</summary>
    public readonly struct GrainTimerCreationOptions()
    {
        /// <summary>Wait before the first callback.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>Wait between the end of a callback and the next. <see cref="Timeout.InfiniteTimeSpan"/>: only one callback.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Whether callbacks may run while a call of the grain waits. Default: no.</summary>
        public bool Interleave { get; init; }

        /// <summary>Whether callbacks keep the activation from becoming idle. Default: no.</summary>
        public bool KeepAlive { get; init; }
    }

    /// <summary>A failure that the runtime itself reports.</summary>
    public class OrleansException : Exception
    {
        public OrleansException(string message) : base(message)
        {
        }

        public OrleansException(string message, Exception? innerException) : base(message, innerException)
        {
        }
    }

    /// <summary>The call was refused before it reached a grain or observer.</summary>
    public class OrleansMessageRejectionException(string message) : OrleansException(message);

    /// <summary>The process that was to take the call can't be reached. A call that was on its way may or may not have run.</summary>
    public sealed class SiloUnavailableException(string message) : OrleansMessageRejectionException(message);

    /// <summary>State of a grain that is read when it activates and written when it says so.</summary>
    public interface IPersistentState<TState> : Core.IStorage<TState>;

    /// <summary>Marks the constructor parameter that receives stored state.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        public string StateName { get; } = stateName;

        public string? StorageName { get; } = storageName;
    }

    /// <summary>The address of a silo.</summary>
    public sealed record SiloAddress(System.Net.IPEndPoint Endpoint, int Generation)
    {
        public override string ToString() => $"{Endpoint}@{Generation}";
    }

    /// <summary>What a silo knows of itself.</summary>
    public interface ILocalSiloDetails
    {
        /// <summary>From <see cref="Configuration.SiloOptions"/>.</summary>
        string Name { get; }

        string ClusterId { get; }

        /// <summary>Where other processes reach it. The generation is 0 until it has joined, and in a cluster of one process.</summary>
        SiloAddress SiloAddress { get; }
    }

    /// <summary>How far a silo has come.</summary>
    public enum SiloStatus
    {
        None,
        Created,
        Joining,
        Active,
        ShuttingDown,
        Stopping,
        Dead,
    }

    /// <summary>How many activations of a class a silo holds.</summary>
    public sealed class SimpleGrainStatistic
    {
        public required string GrainType { get; init; }

        public required SiloAddress SiloAddress { get; init; }

        public required int ActivationCount { get; init; }
    }

    /// <summary>Figures of the cluster. Key: 0.</summary>
    [Alias("Orleans.IManagementGrain")]
    public interface IManagementGrain : IGrainWithIntegerKey
    {
        /// <summary>Activations in the whole cluster.</summary>
        Task<int> GetTotalActivationCount();

        // Orleans returns an array and a dictionary here; both are made anew for each caller, so nothing is shared.
#pragma warning disable VG001
        /// <summary>Activations by class and silo.</summary>
        Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

        /// <summary>Silos and their status.</summary>
        Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);
#pragma warning restore VG001
    }
}

namespace Orleans.Core
{
    /// <summary>A stored record and its version.</summary>
    public interface IStorage
    {
        /// <summary>Version of the record that was read or written last.</summary>
        string? Etag { get; }

        bool RecordExists { get; }

        /// <summary>Throws <see cref="Storage.InconsistentStateException"/> when another writer came first.</summary>
        Task ClearStateAsync();

        Task ReadStateAsync();

        /// <inheritdoc cref="ClearStateAsync"/>
        Task WriteStateAsync();

        /// <inheritdoc cref="ClearStateAsync"/>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();
    }

    /// <summary>A stored record of a type.</summary>
    public interface IStorage<TState> : IStorage
    {
        TState State { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>Another writer changed the record since it was read. The activation that wrote is out of date.</summary>
    public sealed class InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag) : Runtime.OrleansException(errorMsg)
    {
        public string? StoredEtag { get; } = storedEtag;

        public string? CurrentEtag { get; } = currentEtag;
    }

    /// <summary>A store of grain state.</summary>
    public interface IGrainStorage
    {
        Task ReadStateAsync<T>(string stateName, Runtime.GrainId grainId, IGrainState<T> grainState);

        Task WriteStateAsync<T>(string stateName, Runtime.GrainId grainId, IGrainState<T> grainState);

        Task ClearStateAsync<T>(string stateName, Runtime.GrainId grainId, IGrainState<T> grainState);
    }
}

namespace Orleans
{
    /// <summary>A state record on its way to or from a store.</summary>
    public interface IGrainState<T>
    {
        T State { get; set; }

        string? ETag { get; set; }

        bool RecordExists { get; set; }
    }
}
