using System.Collections.Immutable;

namespace Plimsoll.Simulation.Cascades;

/// <summary>
/// An incident lived with every guard off, with each alone, and with all on. The commands are the same in all of them; what a guard
/// does shows in what is refused and in what things come to.
/// </summary>
/// <param name="Incident">What was lived.</param>
/// <param name="Off">No guard.</param>
/// <param name="Alone">Each guard alone, in the order of the file; empty where there is one.</param>
/// <param name="On">All of them.</param>
public sealed record IncidentReport(Incident Incident, IncidentOutcome Off, ImmutableArray<IncidentOutcome> Alone, IncidentOutcome On)
{
    /// <summary>The least part of the scaled loss an unguarded run must come to.</summary>
    public const double LeastOff = 0.5;

    /// <summary>The greatest part of it a guarded run may come to.</summary>
    public const double MostOn = 0.1;

    /// <summary>The unguarded harm as a part of the scaled reported loss.</summary>
    public double PartOff => Off.Harm / Incident.ScaledLoss;

    /// <summary>The guarded harm as a part of the scaled reported loss.</summary>
    public double PartOn => On.Harm / Incident.ScaledLoss;

    /// <summary>Whether the scenario comes to the incident's size without its guards and to next to nothing with them.</summary>
    public bool Holds => PartOff >= LeastOff && PartOn <= MostOn;

    /// <summary>Lives an incident.</summary>
    /// <param name="incident">What happens.</param>
    /// <param name="alone">Whether each guard is tried alone as well.</param>
    /// <exception cref="Units.InputException">The scenario cannot be told.</exception>
    public static IncidentReport Of(Incident incident, bool alone = true) => new(
        incident,
        IncidentRun.Of(incident, []),
        alone && incident.Guards.Length > 1 ? [.. incident.Guards.Select(guard => IncidentRun.Of(incident, [guard]))] : [],
        IncidentRun.Of(incident, incident.Guards));
}
