using Plimsoll.Ledger.Accounts;
using Plimsoll.Simulation.Agents;
using Plimsoll.Treasury.Matching;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Stories;

/// <summary>How soon what a venue file's venue holds can be paid out.</summary>
public static class VenueAvailability
{
    /// <summary>The file's rules; the house's own assumptions where it states none.</summary>
    /// <exception cref="InputException">The rules leave a place out, name one twice, or an opening time is none.</exception>
    public static AvailabilityRules For(VenueFile file) => file.Availability.IsEmpty
        ? AvailabilityRules.Default
        : new AvailabilityRules(file.Availability.Select(entry => new AvailabilityRule(
            Words.Of<Fund>(entry.Place),
            entry.Hours,
            entry.Zone is { } zone ? new OpeningHours(zone, entry.Opens!.Value, entry.Closes!.Value, OpeningHours.WorkingDays) : null,
            entry.Asset is { } asset ? new AssetId(asset) : null)));
}
