namespace Orleans.Wire;

/// <summary>How far a call has come between the processes of a cluster.</summary>
sealed class Journey
{
    internal const int MostHops = 6;

    /// <summary>Silos it was sent to so far.</summary>
    internal int Hops { get; set; }

    /// <summary>Whether the sender chose the receiver to activate the grain, because it lives nowhere.</summary>
    internal bool PlaceHere { get; set; }

    /// <summary>Generation of the silo where the grain was found; 0: unknown, or here.</summary>
    internal int FoundAt { get; set; }

    /// <summary>The grain it is for.</summary>
    internal Runtime.GrainId Target { get; set; }

    /// <summary>The connection that its answer comes back on.</summary>
    internal Connection? Via { get; set; }

    /// <summary>Its number on that connection.</summary>
    internal long Number { get; set; }
}
