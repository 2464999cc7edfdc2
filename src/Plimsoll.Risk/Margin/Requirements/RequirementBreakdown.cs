using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// Takes a requirement apart: every competing loss is linear in what is held once the binding scenarios, sides and pegs
/// are known, so each position's and coin's part of it is its quantity times what one unit loses there.
/// </summary>
internal readonly ref struct RequirementBreakdown
{
    private readonly Requirement requirement;
    private readonly RequirementParts parts;
    private readonly Holdings holdings;
    private readonly ReadOnlySpan<int> assets;
    private readonly ReadOnlySpan<double> counted;
    private readonly PricedColumns priced;
    private readonly MarginModel model;
    private readonly int worst;
    private readonly ImmutableArray<RequirementLine>.Builder lines;

    public RequirementBreakdown(
        in Requirement requirement,
        in RequirementParts parts,
        in Holdings holdings,
        ReadOnlySpan<int> assets,
        ReadOnlySpan<double> counted,
        in PricedColumns priced,
        MarginModel model,
        int worst)
    {
        this.requirement = requirement;
        this.parts = parts;
        this.holdings = holdings;
        this.assets = assets;
        this.counted = counted;
        this.priced = priced;
        this.model = model;
        this.worst = worst;
        lines = ImmutableArray.CreateBuilder<RequirementLine>();
    }

    /// <summary>The lines: losses and floors first, positions before coins; then what is added.</summary>
    /// <param name="crowding">What of the collateral does not count for opening, because the venue holds too much of it.</param>
    /// <param name="debts">What debts ask beyond haircuts.</param>
    public ImmutableArray<RequirementLine> Lines(double crowding = 0, LineFigures debts = default)
    {
        if (holdings.Mode == MarginMode.Portfolio) TogetherOrFloor();
        else Apart();
        AddedByPosition();
        AddedByRoot();
        for (int a = 0; a < assets.Length; a++)
        {
            double doubt = Math.Abs(counted[a] * priced.AssetPrices[assets[a]]) * priced.Sides.AssetDoubts[assets[a]];
            AddCoins(RequirementPart.Confidence, a, new LineFigures(doubt, 0, 0));
        }

        Add(RequirementPart.Crowding, null, null, new LineFigures(crowding, 0, 0));
        Add(RequirementPart.Debts, null, null, debts);

        return lines.ToImmutable();
    }

    private void TogetherOrFloor()
    {
        // A line where the floor is larger asks nothing of the losses, and the other way round.
        LineFigures losses = parts.Worst.Loss * model.Factors;
        LineFigures binds = Where(losses, parts.Floor);
        LineFigures floors = LineFigures.Same(1) + (-1 * binds);
        AddLosses(parts.Worst.Term, LineFigures.Times(binds, model.Factors));
        for (int p = 0; p < holdings.Instruments.Length; p++) AddPosition(RequirementPart.Floor, p, LineFigures.Times(floors, requirement.LeastOf(p)));
    }

    private void Apart()
    {
        LineFigures apart = default;
        for (int p = 0; p < holdings.Instruments.Length; p++)
            apart += LineFigures.Larger(requirement.OwnWorst(p, out _) * model.Factors, requirement.LeastOf(p));
        apart += requirement.CoinsWorst() * model.Factors;
        LineFigures together = Where(apart, parts.Worst.Depeg * model.Factors);
        AddLosses(WorstTerm.Depeg, LineFigures.Times(LineFigures.Same(1) + (-1 * together), model.Factors));

        for (int p = 0; p < holdings.Instruments.Length; p++)
        {
            LineFigures own = requirement.OwnWorst(p, out RequirementPart part) * model.Factors;
            LineFigures least = requirement.LeastOf(p);
            LineFigures binds = Where(own, least);
            AddPosition(part, p, LineFigures.Times(together, LineFigures.Times(binds, own)));
            AddPosition(RequirementPart.Floor, p, LineFigures.Times(together, LineFigures.Times(LineFigures.Same(1) + (-1 * binds), least)));
        }

        for (int a = 0; a < assets.Length; a++)
            AddCoins(RequirementPart.Scenarios, a, (counted[a] * requirement.CoinShare(a)) * LineFigures.Times(together, model.Factors));
    }

    private void AddLosses(WorstTerm term, LineFigures weight)
    {
        if (weight == default || term == WorstTerm.None) return;

        RequirementPart part = term switch
        {
            WorstTerm.Basis => RequirementPart.Basis,
            WorstTerm.Skew => RequirementPart.Skew,
            WorstTerm.Depeg => RequirementPart.Depeg,
            _ => RequirementPart.Scenarios,
        };
        var shares = new BindingShares(requirement, priced, model, parts.Worst, worst);
        for (int p = 0; p < holdings.Instruments.Length; p++)
            AddPosition(part, p, (holdings.Quantities[p] * shares.OfContract(part, holdings.Instruments[p])) * weight);
        for (int a = 0; a < assets.Length; a++) AddCoins(part, a, (counted[a] * shares.OfAsset(part, assets[a])) * weight);
    }

    private void AddedByPosition()
    {
        RequirementTable table = model.Table;
        for (int p = 0; p < holdings.Instruments.Length; p++)
        {
            int place = holdings.Instruments[p];
            double size = priced.Notional(place, holdings.Quantities[p]);
            ReadOnlySpan<double> side = priced.Sides.Side(place);
            AddPosition(RequirementPart.NakedShort, p, requirement.NakedWorthOf(p) * table.Naked);
            AddPosition(RequirementPart.Confidence, p, new LineFigures(size * side[SideColumns.Doubt], 0, 0));
            AddPosition(RequirementPart.Concentration, p, new LineFigures(CloseOut.Excess(size, side[SideColumns.Free], table.ExcessRate), 0, 0));
        }
    }

    private void AddedByRoot()
    {
        RequirementTable table = model.Table;
        for (int r = 0; table.HasCloseOut && r < requirement.Tally.Roots.Count; r++)
        {
            int root = requirement.Tally.Roots.Ordinal(r);
            ReadOnlySpan<double> sums = requirement.Tally.Roots.At(r);
            double cost = table.CloseOuts[root].Cost(sums[RequirementTally.RootDelta], sums[RequirementTally.RootVega]);
            Add(RequirementPart.CloseOut, null, new AssetIndex(root), cost * table.CloseOutParts);
            Add(RequirementPart.Concentration, null, new AssetIndex(root), new LineFigures(table.CloseOuts[root].Excess(sums[RequirementTally.RootDelta]), 0, 0));
        }
    }

    /// <summary>1 where the first figure is no smaller than the second, 0 elsewhere.</summary>
    private static LineFigures Where(LineFigures a, LineFigures b) => new(
        a.Initial >= b.Initial ? 1 : 0, a.Target >= b.Target ? 1 : 0, a.Maintenance >= b.Maintenance ? 1 : 0);

    private void AddPosition(RequirementPart part, int p, LineFigures required) =>
        Add(part, new InstrumentIndex(priced.Sides.Contract(holdings.Instruments[p])), null, required);

    private void AddCoins(RequirementPart part, int a, LineFigures required) => Add(part, null, new AssetIndex(assets[a]), required);

    private void Add(RequirementPart part, InstrumentIndex? instrument, AssetIndex? asset, LineFigures required)
    {
        // Zeros are left out, whatever their sign.
        if (required.Initial != 0 || required.Target != 0 || required.Maintenance != 0)
            lines.Add(new RequirementLine(part, instrument, asset, required));
    }
}
