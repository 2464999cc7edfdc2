using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Liquidation;

/// <summary>
/// What each asset's market takes: as measured where the rulebook has a line, else as its slippage implies, which is linear up
/// to its most.
/// </summary>
public sealed class MarketDepth
{
    private readonly double[] notionals;
    private readonly double[] impacts;

    /// <summary>Resolves the depths of a rulebook.</summary>
    public MarketDepth(MarginModel model)
    {
        notionals = new double[model.AssetCount];
        impacts = new double[model.AssetCount];
        SliceTerms? slices = model.Parameters.Phases.Slices;
        for (int a = 0; a < notionals.Length; a++)
        {
            Asset asset = model.Catalog.Assets[a];
            DepthTerms? line = slices is null ? null : AssetScope.Find(slices.Depths, one => one.Scope, asset);
            (notionals[a], impacts[a]) = line is null
                ? Implied(model.Parameters.Liquidation.Slippage.First(one => one.Class == asset.Class))
                : ((double)line.Notional, (double)line.Distance / (double)line.Notional);
        }

        Participation = (double)(slices?.Participation ?? 1m);
        IsSliced = slices is not null;
    }

    /// <summary>Whether slices are limited by depth at all.</summary>
    public bool IsSliced { get; }

    /// <summary>The part of the depth that liquidations may take in a period.</summary>
    public double Participation { get; }

    /// <summary>What waits on one side, in the numeraire; +∞ where selling costs the same however much is sold.</summary>
    public double Notional(int asset) => notionals[asset];

    /// <summary>κ: the part of the price that the last unit of notional sold moves it by.</summary>
    public double Impact(int asset) => impacts[asset];

    /// <summary>What liquidations may take in a period, in the numeraire, when nothing has been taken.</summary>
    public double Room(int asset) => IsSliced ? Participation * notionals[asset] : double.PositiveInfinity;

    // Slippage is the mean over a sale, so that the price has moved twice as far at its end.
    private static (double Notional, double Impact) Implied(SlippageTerms terms)
    {
        double perUnit = (double)terms.PerMillion / 1_000_000;

        return perUnit > 0 ? ((double)(terms.Max - terms.Base) / perUnit, 2 * perUnit) : (double.PositiveInfinity, 0);
    }
}
