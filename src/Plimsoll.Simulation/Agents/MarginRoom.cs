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
/// With f(c) the farthest dampened spot move of class c in the grid: collateral that counts C of class c leaves room
/// <c>C × (1 − initial factor × f(c))</c>, and a notional N takes <c>N × max(initial floor, initial factor × f(class))</c> of it, options
/// a quarter more for their volatility. Losses of all positions are added up, as if no two of them ever offset.
/// </remarks>
internal sealed class MarginRoom
{
    private const double OptionSurcharge = 1.25;
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
        double rate = (double)parameters.Initial.Factor * Fall(contract.Name.Base.Value) * (contract.Name.Kind == InstrumentKind.Option ? OptionSurcharge : 1);

        return Math.Max((double)parameters.Initial.Floor, rate);
    }

    private double Fall(string asset)
    {
        AssetClass assetClass = Words.Of<AssetClass>(file.Assets.First(entry => entry.Asset == asset).Class);

        return (double)parameters.GridOf(assetClass).Scenarios.Max(scenario => Math.Abs(scenario.Spot) * scenario.Dampening);
    }

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
