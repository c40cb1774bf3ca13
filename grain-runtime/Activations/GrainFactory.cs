using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>Makes references through the generated proxies.</summary>
sealed class GrainFactory(GrainProcess process, GrainTypes types) : IClusterClient
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        return Reference<TGrainInterface>(types.TypeOf(typeof(TGrainInterface)), primaryKey);
    }

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        Reference<TGrainInterface>(types.TypeOf(typeof(TGrainInterface)), primaryKey.ToString("X", CultureInfo.InvariantCulture));

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver =>
        Reference<TGrainObserverInterface>(ObservedObjects.Type, process.Observers.Add(obj));

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver =>
        process.Observers.Remove(obj);

    internal TInterface Reference<TInterface>(GrainType type, string key) =>
        (TInterface)(object)types.Proxy(typeof(TInterface))(new GrainReferenceShared(process, type), new IdSpan(key));
}
