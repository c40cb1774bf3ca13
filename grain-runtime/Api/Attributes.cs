namespace Orleans
{
    /// <summary>The type crosses a grain call. Its members are listed with <see cref="IdAttribute"/>.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
    public sealed class GenerateSerializerAttribute : Attribute;

    /// <summary>Stable number of a serialized member within its type.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
    public sealed class IdAttribute(uint id) : Attribute
    {
        public uint Id { get; } = id;
    }

    /// <summary>Stable name of a type or grain method on the wire: renaming the type then breaks nothing.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface | AttributeTargets.Method)]
    public sealed class AliasAttribute(string alias) : Attribute
    {
        public string Alias { get; } = alias;
    }

    /// <summary>Instances never change, so a call inside one process may pass them by reference.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property)]
    public sealed class ImmutableAttribute : Attribute;

    /// <summary>Stable name of a grain class. Without it the name is the class name in lower case without "Grain".</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        public string GrainType { get; } = grainType;
    }
}

namespace Orleans.Concurrency
{
    /// <summary>The call may start while another call of the same grain waits, and others may start while it waits.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class AlwaysInterleaveAttribute : Attribute;

    /// <summary>The caller gets no answer: only for what may be lost.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class OneWayAttribute : Attribute;
}

namespace Orleans.Serialization.Configuration
{
    /// <summary>Points from an assembly to the generated class that lists its proxies and grain classes.</summary>
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    public sealed class TypeManifestProviderAttribute(Type providerType) : Attribute
    {
        public Type ProviderType { get; } = providerType;
    }

    /// <summary>Base of the generated list of one assembly.</summary>
    public abstract class TypeManifestProviderBase
    {
        /// <summary>Adds the proxies and grain classes of the assembly.</summary>
        public abstract void Configure(TypeManifestOptions options);
    }

    /// <summary>What the generated lists add up to.</summary>
    public sealed class TypeManifestOptions
    {
        /// <summary>Grain or observer interface to the function that makes its proxy.</summary>
        public Dictionary<Type, Func<Runtime.GrainReferenceShared, Runtime.IdSpan, Runtime.GrainReference>> InterfaceProxies { get; } = [];

        /// <summary>Name on the wire to the interface, or to the generated class of a request.</summary>
        public Dictionary<string, Type> WellKnownTypeAliases { get; } = [];

        /// <summary>Grain interface to the class behind it.</summary>
        public Dictionary<Type, Type> InterfaceImplementations { get; } = [];
    }
}
