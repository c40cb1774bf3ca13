using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Links;

/// <summary>What came from one speaker through one link: gives them a stream number, and drops what is delivered a second time or by an activation that was replaced.</summary>
sealed class SpeakerStream(int number)
{
    readonly DeliveryFilter _filter = new();
    Fence _fence;

    public int Number { get; } = number;

    /// <summary>Whether a batch comes from the newest activation that was heard of.</summary>
    public bool Accepts(Fence fence)
    {
        if (fence.CompareTo(_fence) < 0)
            return false;
        _fence = fence;
        return true;
    }

    /// <summary>What is new here of a delivery. Null: nothing is.</summary>
    public NewDelivery? Take(Delivery delivery) => _filter.Take(delivery);
}
