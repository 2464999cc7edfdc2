using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>
/// How much a customer may open, told from above: a bound that initial margin certainly allows, so that nothing in an
/// invented venue's opening is refused. The venue's own judgement is finer and lets more through.
/// </summary>
/// <remarks>
/// With f(c) the farthest dampened spot move of class c in the grid, or its peg's break where that is farther: collateral that
/// counts C of class c leaves room <c>C × (1 − initial factor × f(c))</c>, and a notional N takes
/// <c>N × (max(initial rate, initial factor × f(class)) + naked shorts + closing)</c> of it, options a quarter more for their volatility; the rate
/// is that of the highest tier, and closing is priced as if a tenth of the day's volume were closed. Losses of all
/// positions are added up, as if no two of them ever offset. Open interest and crowding ask for nothing yet: an opening is
/// one moment, and the venue is sampled before it.
/// </remarks>
internal sealed class MarginRoom
{
    private const double OptionSurcharge = 1.25;
    private const double PartOfVolume = 0.1;
    private readonly RiskParameters parameters;
    private readonly VenueFile file;

    public MarginRoom(RiskParameters parameters, VenueFile file)
    {
        this.parameters = parameters;
        this.file = file;
    }

    /// <summary>The room that a deposit of an asset gives, in the numeraire.</summary>
    public double Of(string asset, double value) => Counted(asset, value) * (1 - ((double)parameters.Initial.Factor * Fall(asset)));

    /// <summary>The part of a notional that it takes of the room.</summary>
    public double Taken(Contract contract)
    {
        bool isOption = contract.Name.Kind == InstrumentKind.Option;
        string underlying = contract.Name.Base.Value;
        double loss = (double)parameters.Initial.Factor * Fall(underlying) * (isOption ? OptionSurcharge : 1);
        double naked = isOption ? (double)(parameters.Contingencies.NakedShort?.Initial ?? 0m) : 0;

        return Math.Max(Rate(underlying), loss) + naked + Closing(underlying);
    }

    /// <summary>The highest rate that size alone asks of any contract of an underlying's class.</summary>
    private double Rate(string underlying) => (double)parameters.Leverage
        .Where(line => line.Class == ClassOf(underlying) || line.Instrument?.Value.StartsWith(underlying, StringComparison.Ordinal) == true)
        .SelectMany(line => line.Tiers)
        .Select(tier => tier.Rates.Initial)
        .Append(parameters.Initial.Floor)
        .Max();

    /// <summary>What closing asks of a notional when a tenth of the day's volume is closed.</summary>
    private double Closing(string underlying)
    {
        if (parameters.Contingencies.CloseOut is not { } terms) return 0;

        return (double)terms.Parts.Initial * terms.Lines
            .Where(line => Speaks(line.Scope, underlying))
            .Select(line => (0.5 * (double)line.Spread) + (2.0 / 3 * (double)line.Impact * (double)line.DailyVolatility * Math.Sqrt(PartOfVolume)))
            .DefaultIfEmpty(0)
            .Max();
    }

    private double Fall(string asset)
    {
        decimal move = parameters.GridOf(ClassOf(asset)).Scenarios.Max(scenario => Math.Abs(scenario.Spot) * scenario.Dampening);
        decimal peg = (parameters.Contingencies.Depeg?.Lines ?? [])
            .Where(line => Speaks(line.Scope, asset))
            .Select(line => Math.Max(line.Down, line.Up))
            .DefaultIfEmpty(0m)
            .Max();

        return (double)Math.Max(move, peg * (parameters.Contingencies.Depeg?.Cover ?? 0));
    }

    private AssetClass ClassOf(string asset) => Words.Of<AssetClass>(file.Assets.First(entry => entry.Asset == asset).Class);

    private bool Speaks(AssetScope scope, string asset) => scope.Asset?.Value == asset || scope.Class == ClassOf(asset);

    private double Counted(string asset, double value)
    {
        CollateralTerms? terms = parameters.Collateral.FirstOrDefault(entry => entry.Asset == new AssetId(asset));
        if (terms is null) return 0;

        double counted = 0;
        double end = terms.Cap is { } cap ? Math.Min(value, (double)cap) : value;
        for (int i = 0; i < terms.Tiers.Length; i++)
        {
            double from = (double)terms.Tiers[i].FromValue;
            double to = i + 1 < terms.Tiers.Length ? Math.Min(end, (double)terms.Tiers[i + 1].FromValue) : end;
            if (to > from) counted += (to - from) * (1 - (double)terms.Tiers[i].Haircut);
        }

        return counted;
    }
}
