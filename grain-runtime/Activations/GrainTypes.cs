using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Configuration;

namespace Orleans.Activations;

/// <summary>Which interface belongs to which grain class and proxy, from the lists that the generator made. Read once at start.</summary>
sealed class GrainTypes
{
    readonly TypeManifestOptions _manifest = new();
    readonly Dictionary<GrainType, Type> _classes = [];
    readonly Dictionary<Type, GrainType> _typeOfInterface = [];
    readonly Dictionary<Type, string> _names = [];
    volatile IReadOnlyDictionary<string, string> _learned = new Dictionary<string, string>();

    internal GrainTypes(IEnumerable<Assembly> assemblies)
    {
        foreach (var provider in assemblies.SelectMany(static assembly => assembly.GetCustomAttributes<TypeManifestProviderAttribute>()))
            ((TypeManifestProviderBase)Activator.CreateInstance(provider.ProviderType, nonPublic: true)!).Configure(_manifest);
        foreach (var (grainInterface, grainClass) in _manifest.InterfaceImplementations)
        {
            var type = new GrainType(new GrainClass(grainClass).Name);
            _classes[type] = grainClass;
            _typeOfInterface[grainInterface] = type;
        }

        foreach (var (name, type) in _manifest.WellKnownTypeAliases)
            _names[type] = name;
    }

    /// <summary>Interface to grain type, by their names on the wire.</summary>
    internal IReadOnlyDictionary<string, string> Grains =>
        _typeOfInterface.ToDictionary(entry => _names[entry.Key], static entry => entry.Value.Value);

    /// <summary>Whether references can be made: from the classes of this process, or from what a silo told.</summary>
    internal bool KnowsGrains => _learned.Count > 0;

    /// <summary>What a silo knows, for a process without grain classes.</summary>
    internal void Learn(IReadOnlyDictionary<string, string> grains) => _learned = grains;

    internal string NameOf(Type type) => _names[type];

    internal Type? NamedOnWire(string name) => _manifest.WellKnownTypeAliases.GetValueOrDefault(name);

    internal Type ClassOf(GrainType type) => _classes[type];

    internal GrainType TypeOf(Type grainInterface) =>
        _typeOfInterface.TryGetValue(grainInterface, out var type) ? type
        : _learned.TryGetValue(_names[grainInterface], out var learned) ? new GrainType(learned)
        : throw new ArgumentException(
            $"No class of this process implements {grainInterface}, and no silo has told of one. Reference the project that holds the grain, or start a silo.");

    internal Func<GrainReferenceShared, IdSpan, GrainReference> Proxy(Type grainInterface) => _manifest.InterfaceProxies[grainInterface];

    /// <summary>The assemblies of this program that hold grains or their interfaces.</summary>
    internal static IEnumerable<Assembly> AssembliesOfProgram()
    {
        var found = AppDomain.CurrentDomain.GetAssemblies().ToDictionary(static assembly => assembly.FullName!);
        var toRead = new Queue<Assembly>(found.Values);
        while (toRead.TryDequeue(out var assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies().Where(name => MayHoldGrains(name) && !found.ContainsKey(name.FullName)))
            {
                found[name.FullName] = Assembly.Load(name);
                toRead.Enqueue(found[name.FullName]);
            }
        }

        return found.Values;
    }

    static bool MayHoldGrains(AssemblyName name) =>
        name.Name is { } text && !text.StartsWith("System", StringComparison.Ordinal) && !text.StartsWith("Microsoft", StringComparison.Ordinal);
}
