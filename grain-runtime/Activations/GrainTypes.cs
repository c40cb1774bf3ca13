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
    }

    internal Type ClassOf(GrainType type) => _classes[type];

    internal GrainType TypeOf(Type grainInterface) => _typeOfInterface.TryGetValue(grainInterface, out var type)
        ? type
        : throw new ArgumentException($"No class of this process implements {grainInterface}. Reference the project that holds the grain.");

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
