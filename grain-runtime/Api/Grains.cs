using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Anything that can be called through a reference.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>A grain interface.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>A grain whose key is a number.</summary>
    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>An object outside the grains that grains may call. Calls to one reference run one at a time.</summary>
    public interface IGrainObserver : IAddressable;

    /// <summary>What extension methods on grains need to know of them.</summary>
    public interface IGrainBase
    {
        IGrainContext GrainContext { get; }
    }

    /// <summary>Base of a grain: one activation per key, one turn at a time.</summary>
    public abstract class Grain : IGrainBase, IAddressable
    {
        protected Grain() =>
            GrainContext = Activations.Activation.UnderConstruction
                ?? throw new InvalidOperationException("A grain is made by the runtime only: use IGrainFactory.GetGrain.");

        public IGrainContext GrainContext { get; }

        protected IGrainFactory GrainFactory => GrainContext.Runtime.Factory;

        protected IServiceProvider ServiceProvider => GrainContext.ActivationServices;

        /// <summary>Runs before the first call of this activation.</summary>
        public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Runs after the last call of this activation.</summary>
        public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Ends this activation after the calls that have started.</summary>
        protected void DeactivateOnIdle() =>
            GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

        /// <summary>Ends this activation after the calls that have started; the next call activates the grain on another silo, if there is one.</summary>
        protected void MigrateOnIdle() =>
            GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.Migrating, "MigrateOnIdle was called."));
    }

    /// <summary>Makes references to grains and observers.</summary>
    public interface IGrainFactory
    {
        /// <summary>The reference to a grain. Makes no call.</summary>
        TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithStringKey;

        /// <inheritdoc cref="GetGrain{TGrainInterface}(string, string?)"/>
        TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithIntegerKey;

        /// <summary>A reference that grains can hold. The object itself is held weakly: its owner must keep it.</summary>
        TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
            where TGrainObserverInterface : IGrainObserver;

        /// <summary>Calls to this reference, made by <see cref="CreateObjectReference"/>, get no answer from now on.</summary>
        void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
            where TGrainObserverInterface : IGrainObserver;
    }

    /// <summary>The grain factory of a process that need not be a silo.</summary>
    public interface IClusterClient : IGrainFactory;

    /// <summary>Keys of grains.</summary>
    public static class GrainExtensions
    {
        /// <summary>The string key of this grain.</summary>
        public static string GetPrimaryKeyString(this IAddressable grain) => grain switch
        {
            Grain activated => activated.GrainContext.GrainId.Key.ToString(),
            GrainReference reference => reference.GrainId.Key.ToString(),
            _ => throw new ArgumentException("Neither a grain nor a grain reference.", nameof(grain)),
        };
    }

    /// <summary>Timers of grains.</summary>
    public static class GrainBaseExtensions
    {
        /// <summary>Calls back in turns of the grain. The period counts from the end of a callback; the timer ends with the activation.</summary>
        public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) =>
            grain.GrainContext.AddTimer(callback, options);
    }

    /// <summary>Why an activation ended.</summary>
    public enum DeactivationReasonCode : byte
    {
        None,
        ShuttingDown,
        ActivationFailed,
        DirectoryFailure,
        ActivationIdle,
        ActivationUnresponsive,
        DuplicateActivation,
        IncompatibleRequest,
        ApplicationError,
        ApplicationRequested,
        Migrating,
        RuntimeRequested,
    }

    /// <summary>Why an activation ended, in words.</summary>
    public readonly record struct DeactivationReason(DeactivationReasonCode ReasonCode, string Description);
}
