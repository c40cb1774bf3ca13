using System.Reflection;
using System.Runtime.CompilerServices;

namespace VoiceGrains.Gateway.Hosting;

/// <summary>
/// The product's own code, compiled before a process joins a cluster. Who joins while another drains is handed all its participants, or all its sockets, at once:
/// compiling what they run for the first time would delay every one of them.
/// </summary>
public static class CompiledCode
{
    /// <summary>Compiles everything in the assemblies that can be compiled without running it.</summary>
    public static void Prepare(params IEnumerable<Assembly> assemblies)
    {
        foreach (var method in assemblies.Distinct().SelectMany(static assembly => assembly.GetTypes()).Where(static type => !type.ContainsGenericParameters).SelectMany(MethodsOf))
        {
            if (!method.IsAbstract && !method.ContainsGenericParameters && method.GetMethodBody() is not null)
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
    }

    static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return [.. type.GetMethods(All), .. type.GetConstructors(All)];
    }
}
