using System.Globalization;
using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>
/// What feeds say at a step, as the commands a venue would be told it by: reports of every source where its rulebook joins sources,
/// else the price of the one source it listens to.
/// </summary>
internal static class QuotedPrices
{
    private const string Usual = "market";

    public static IEnumerable<Command> Told(Incident incident, int step, VenueState venue)
    {
        var moved = new List<AssetPrice>();
        var reported = new List<SourcePrice>();
        Instant now = incident.Steps[step].Moment;
        foreach ((string name, JsonElement said) in incident.Steps[step].Prices!)
        {
            string field = $"steps[{step}].prices.{name}";
            var asset = new AssetId(name);
            if (!venue.Catalog.TryFind(asset, out AssetIndex index)) throw new InputException(field, "the venue does not list it");

            List<(string Source, decimal Price)> sources = [.. Sources(field, said)];
            if (venue.Oracles.TermsOf(index) is not null)
            {
                reported.AddRange(sources.Select(one => new SourcePrice(asset, new AccountId(one.Source), one.Price, Confidence, now)));
                continue;
            }

            string listened = incident.Feeds.GetValueOrDefault(name, Usual);
            if (!sources.Exists(one => one.Source == listened)) throw new InputException(field, $"expected a price from {listened}, the source the venue listens to");
            moved.Add(new AssetPrice(asset, sources.Find(one => one.Source == listened).Price, now, 0, new AccountId(listened)));
        }

        if (moved.Count > 0) yield return new MovePrices(moved, []);
        if (reported.Count > 0) yield return new ReportPrices(reported);
    }

    /// <summary>How sure sources say they are: the scenarios are about prices that are wrong, not about prices that doubt themselves.</summary>
    private const double Confidence = 0.001;

    private static IEnumerable<(string Source, decimal Price)> Sources(string field, JsonElement said)
    {
        if (said.ValueKind != JsonValueKind.Object)
        {
            yield return (Usual, Number(field, said));
            yield break;
        }

        foreach (JsonProperty one in said.EnumerateObject()) yield return (one.Name, Number($"{field}.{one.Name}", one.Value));
    }

    private static decimal Number(string field, JsonElement said) =>
        said.ValueKind == JsonValueKind.Number && decimal.TryParse(said.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal price)
            ? price
            : throw new InputException(field, "expected a price");
}
