using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Activations;

/// <summary>How to make instances of one grain class. Reflection happens here, once per class.</summary>
sealed class GrainClass
{
    readonly ConstructorInvoker _constructor;
    readonly Func<Activation, object?>[] _arguments;

    internal GrainClass(Type type)
    {
        Name = type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? WithoutSuffix(type.Name);
        var constructor = type.GetConstructors().Single();
        _constructor = ConstructorInvoker.Create(constructor);
        _arguments = [.. constructor.GetParameters().Select(Argument)];
    }

    internal string Name { get; }

    internal Grain Construct(Activation activation) =>
        (Grain)_constructor.Invoke(_arguments.Select(argument => argument(activation)).ToArray().AsSpan());

    /// <summary>Reads the stored states that <see cref="Construct"/> handed out.</summary>
    internal async Task ReadStates(Activation activation)
    {
        foreach (var state in activation.ActivationServices.GetRequiredService<StatesOfActivation>().States)
            await state.ReadStateAsync();
    }

    static string WithoutSuffix(string name) =>
        (name.EndsWith("Grain", StringComparison.Ordinal) ? name[..^"Grain".Length] : name).ToLowerInvariant();

    static Func<Activation, object?> Argument(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is not { } stored)
            return activation => activation.ActivationServices.GetRequiredService(parameter.ParameterType);

        var state = ConstructorInvoker.Create(
            typeof(StoredState<>).MakeGenericType(parameter.ParameterType.GetGenericArguments()).GetConstructors().Single());
        return activation =>
        {
            var storage = activation.ActivationServices.GetRequiredKeyedService<IGrainStorage>(stored.StorageName ?? "Default");
            var made = state.Invoke(stored.StateName, activation.GrainId, storage);
            activation.ActivationServices.GetRequiredService<StatesOfActivation>().States.Add((Core.IStorage)made);
            return made;
        };
    }
}

/// <summary>The stored states of one activation, in its service scope.</summary>
sealed class StatesOfActivation
{
    internal List<Core.IStorage> States { get; } = [];
}
