using Plimsoll.Engine;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// Somebody who watches the venue and acts on what he sees. He asks with commands like any customer, so what he does is journaled
/// and replays without him.
/// </summary>
public interface IVenuePolicy
{
    /// <summary>What he asks for once a command has been carried out or refused, in order. Reads the venue; changes nothing.</summary>
    /// <param name="done">The command.</param>
    /// <param name="venue">The venue after it.</param>
    IEnumerable<Envelope> After(Envelope done, VenueState venue);
}
