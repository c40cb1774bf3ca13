using VoiceGrains.Tests.Emulators.Common;

namespace VoiceGrains.Tests.Engines;

/// <summary>The plan of faults that all doubles follow.</summary>
public sealed class PlannedFaults
{
    readonly FaultPlan _plan = new();

    [Fact]
    public void A_fault_hits_as_many_as_it_says_after_as_many_as_it_says()
    {
        _plan.Add(new PlannedFault(FaultForm.Stall, Skip: 1, Times: 2));

        var forms = Enumerable.Range(0, 5).Select(_ => _plan.Next("listen", "key")?.Form);

        Assert.Equal([null, FaultForm.Stall, FaultForm.Stall, null, null], forms);
    }

    [Fact]
    public void A_fault_for_one_operation_and_key_leaves_others_alone()
    {
        _plan.Add(new PlannedFault(FaultForm.Reset, Where: "listen", Key: "mine"));

        Assert.Null(_plan.Next("speak", "mine"));
        Assert.Null(_plan.Next("listen", "yours"));
        Assert.Equal(FaultForm.Reset, _plan.Next("listen", "mine")?.Form);
    }
}
