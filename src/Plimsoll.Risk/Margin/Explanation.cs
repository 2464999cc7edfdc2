using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>The gain of the whole account in one scenario; a loss is negative.</summary>
/// <param name="Id">The scenario.</param>
/// <param name="Change">Gain in the numeraire.</param>
public readonly record struct ScenarioChange(string Id, double Change);

/// <summary>What one position adds to the account.</summary>
/// <param name="Instrument">The position.</param>
/// <param name="Quantity">Signed size in the instrument's own unit.</param>
/// <param name="Value">Worth of the position in its settlement asset, before its cost.</param>
/// <param name="Notional">Size in the numeraire.</param>
/// <param name="Change">Gain in the explained scenario, in the numeraire.</param>
public readonly record struct PositionLine(InstrumentIndex Instrument, double Quantity, double Value, double Notional, double Change);

/// <summary>What one asset adds to the account.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Net">Coins owned or owed, positions settling in it included.</param>
/// <param name="Value">Net in the numeraire.</param>
/// <param name="Haircut">The part of the value refused, 0 to 1; 0 where the asset is owed.</param>
/// <param name="Counted">What counts, in the numeraire.</param>
/// <param name="Change">Gain of the counted coins in the explained scenario, in the numeraire.</param>
public readonly record struct CollateralLine(AssetIndex Asset, double Net, double Value, double Haircut, double Counted, double Change);

/// <summary>
/// How a verdict came about. The lines' changes, positions first and each in order, sum exactly to the change of the
/// explained scenario; the collateral lines' counted sum exactly to what the verdict counts.
/// </summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Explained">Place of the scenario the lines speak of: the worst one, also where it loses nothing.</param>
/// <param name="Scenarios">The account's gain in each scenario.</param>
/// <param name="Positions">One line per position, ascending.</param>
/// <param name="Collateral">One line per asset, ascending.</param>
public sealed record Explanation(
    Verdict Verdict,
    int Explained,
    ImmutableArray<ScenarioChange> Scenarios,
    ImmutableArray<PositionLine> Positions,
    ImmutableArray<CollateralLine> Collateral)
{
    internal static Explanation Of(in Holdings holdings, in PricedColumns priced, MarginModel model)
    {
        Verdict verdict = Judge.Portfolio(holdings, priced, model);
        Span<int> assets = new int[AccountSums.Room(holdings)];
        Span<double> net = new double[assets.Length];
        Span<double> counted = new double[assets.Length];
        var before = new AccountSums(assets, net);
        before.TakeNet(holdings, priced);
        var after = new AccountSums(assets, counted);
        after.Take(holdings, priced, model);

        ImmutableArray<ScenarioChange> scenarios = Changes(holdings, priced, model, assets[..after.Count], counted);
        int worst = 0;
        for (int k = 1; k < scenarios.Length; k++)
            if (scenarios[k].Change < scenarios[worst].Change) worst = k;

        var positions = ImmutableArray.CreateBuilder<PositionLine>(holdings.Instruments.Length);
        for (int p = 0; p < holdings.Instruments.Length; p++)
        {
            (int i, double quantity) = (holdings.Instruments[p], holdings.Quantities[p]);
            positions.Add(new PositionLine(
                new InstrumentIndex(i),
                quantity,
                quantity * priced.UnitValues[i],
                priced.Notional(i, quantity),
                quantity * priced.Instrument(i)[worst]));
        }

        var collateral = ImmutableArray.CreateBuilder<CollateralLine>(after.Count);
        for (int a = 0; a < after.Count; a++)
        {
            double value = net[a] * priced.AssetPrices[assets[a]];
            double counts = value > 0 ? model.CountedValue(assets[a], value) : value;
            collateral.Add(new CollateralLine(
                new AssetIndex(assets[a]),
                net[a],
                value,
                value > 0 ? 1 - (counts / value) : 0,
                counts,
                counted[a] * priced.Asset(assets[a])[worst]));
        }

        return new Explanation(verdict, worst, scenarios, positions.MoveToImmutable(), collateral.MoveToImmutable());
    }

    private static ImmutableArray<ScenarioChange> Changes(
        in Holdings holdings, in PricedColumns priced, MarginModel model, ReadOnlySpan<int> assets, ReadOnlySpan<double> counted)
    {
        Span<double> gains = stackalloc double[ScenarioGrid.MaxScenarios];
        gains.Clear();
        for (int p = 0; p < holdings.Instruments.Length; p++)
            Judge.Add(holdings.Quantities[p], priced.Instrument(holdings.Instruments[p]), gains);
        for (int a = 0; a < assets.Length; a++) Judge.Add(counted[a], priced.Asset(assets[a]), gains);

        ImmutableArray<Scenario> grid = model.Parameters.Grids[0].Scenarios;
        var changes = ImmutableArray.CreateBuilder<ScenarioChange>(grid.Length);
        for (int k = 0; k < grid.Length; k++) changes.Add(new ScenarioChange(grid[k].Id, gains[k]));

        return changes.MoveToImmutable();
    }
}
