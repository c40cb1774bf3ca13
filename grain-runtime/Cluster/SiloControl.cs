using System.Collections.Immutable;
using System.Globalization;
using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Cluster;

/// <summary>One silo, asked for its figures. Key: its generation. It lives there and nowhere else, without a row in the directory.</summary>
[Alias("Orleans.ISiloControl")]
interface ISiloControl : IGrainWithIntegerKey
{
    /// <summary>Activations by class.</summary>
    [Alias("GetSimpleGrainStatistics")]
    Task<ImmutableDictionary<string, int>> GetSimpleGrainStatistics();
}

[GrainType("silocontrol")]
sealed class SiloControl(GrainProcess process) : Grain, ISiloControl
{
    internal static readonly GrainType Type = new("silocontrol");

    public Task<ImmutableDictionary<string, int>> GetSimpleGrainStatistics() =>
        Task.FromResult(process.Activated.CountBy(static id => id.Type.Value).ToImmutableDictionary());

    /// <summary>The silo that a control belongs to; null for other grains.</summary>
    internal static int? SiloOf(GrainId grain) => grain.Type == Type ? int.Parse(grain.Key.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : null;
}
