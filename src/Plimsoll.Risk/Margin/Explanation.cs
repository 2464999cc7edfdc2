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
    /// <summary>What is required at each line.</summary>
    public LineFigures Required { get; init; }

    /// <summary>The losses that competed for the worst case.</summary>
    public WorstCase Worst { get; init; }

    /// <summary>What is required, part by part: the lines sum to <see cref="Required"/> at each line, but for the rounding of the sum.</summary>
    public ImmutableArray<RequirementLine> Requirement { get; init; } = [];

    /// <summary>How much of it rests on offsets between roots.</summary>
    public OffsetReliance Offsets { get; init; } = new(0, 0, default, default, default, []);

    internal static Explanation Of(in Holdings holdings, in PricedColumns priced, MarginModel model)
    {
        Verdict verdict = Judge.Portfolio(holdings, priced, model);
        Span<int> assets = new int[AccountSums.Room(holdings)];
        Span<double> net = new double[assets.Length];
        Span<double> counted = new double[assets.Length];
        var before = new AccountSums(assets, net);
        before.TakeNet(holdings, priced);
        var after = new AccountSums(assets, counted);
        after.TakeNet(holdings, priced);
        Span<double> counts = new double[after.Count];
        after.TakeCounted(holdings, priced, model, counts);

        Span<double> gains = stackalloc double[ScenarioGrid.MaxScenarios];
        Judge.Gains(holdings, assets[..after.Count], counted, priced, gains);
        int worst = RequirementTally.LeastOf(gains[..model.ScenarioCount]);
        var requirement = new Requirement(holdings, assets[..after.Count], counted, priced, model, explains: true);
        RequirementParts parts = requirement.Of(gains, after.Notional);
        var breakdown = new RequirementBreakdown(requirement, parts, holdings, assets[..after.Count], counted, priced, model, worst);

        LineFigures debts = Judge.DebtsOf(holdings, assets[..after.Count], counted, priced, model);

        return new Explanation(verdict, worst, Changes(gains, model), LinesOf(holdings, priced, worst), LinesOf(assets[..after.Count], net, counted, counts, priced, worst))
        {
            Required = parts.Total(model.Table) + new LineFigures(after.Crowding, 0, 0) + debts,
            Worst = parts.Worst,
            Requirement = breakdown.Lines(after.Crowding, debts),
            Offsets = requirement.Reliance(parts, worst),
        };
    }

    private static ImmutableArray<PositionLine> LinesOf(in Holdings holdings, in PricedColumns priced, int worst)
    {
        var positions = ImmutableArray.CreateBuilder<PositionLine>(holdings.Instruments.Length);
        for (int p = 0; p < holdings.Instruments.Length; p++)
        {
            (int i, double quantity) = (holdings.Instruments[p], holdings.Quantities[p]);
            positions.Add(new PositionLine(
                new InstrumentIndex(priced.Sides.Contract(i)),
                quantity,
                quantity * priced.UnitValues[i],
                priced.Notional(i, quantity),
                quantity * priced.Instrument(i)[worst]));
        }

        return positions.MoveToImmutable();
    }

    private static ImmutableArray<CollateralLine> LinesOf(
        ReadOnlySpan<int> assets, ReadOnlySpan<double> net, ReadOnlySpan<double> counted, ReadOnlySpan<double> counts, in PricedColumns priced, int worst)
    {
        var collateral = ImmutableArray.CreateBuilder<CollateralLine>(assets.Length);
        for (int a = 0; a < assets.Length; a++)
        {
            double value = net[a] * priced.AssetPrices[assets[a]];
            collateral.Add(new CollateralLine(
                new AssetIndex(assets[a]),
                net[a],
                value,
                value > 0 ? 1 - (counts[a] / value) : 0,
                counts[a],
                counted[a] * priced.Asset(assets[a])[worst]));
        }

        return collateral.MoveToImmutable();
    }

    private static ImmutableArray<ScenarioChange> Changes(ReadOnlySpan<double> gains, MarginModel model)
    {
        ImmutableArray<Scenario> grid = model.Parameters.Grids[0].Scenarios;
        var changes = ImmutableArray.CreateBuilder<ScenarioChange>(grid.Length);
        for (int k = 0; k < grid.Length; k++) changes.Add(new ScenarioChange(grid[k].Id, gains[k]));

        return changes.MoveToImmutable();
    }
}
