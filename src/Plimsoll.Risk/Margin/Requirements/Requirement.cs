using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// What the rulebook requires of one account when any optional section speaks, or the account is not judged as a
/// portfolio. Plain loops; the definition its fast twin is held to.
/// </summary>
/// <remarks>
/// <para>(1) One walk over the positions, ascending, then one over the counted coins: gains by root, by expiry and by
/// peg, net options by strike, floors by size, doubt and concentration by position.</para>
/// <para>(2) The losses that compete: S = joint + (1 − credit)·(Σ roots alone − joint); B = Σ expiries' worse drift;
/// K = the larger of Σ |tilt| and Σ |curl|; D = the one or two worst pegs.</para>
/// <para>(3) Body = max(factor × worst, floor) at each line; where nothing offsets, Σ instruments of
/// max(factor × own worst, own floor) + factor × the coins' S, and at least factor × D.</para>
/// <para>(4) Added: naked shorts, closing costs; on the initial line alone doubt and concentration.</para>
/// Sums over roots, expiries and strikes run in the order in which the walk first meets them.
/// </remarks>
internal readonly ref struct Requirement
{
    private readonly Holdings holdings;
    private readonly ReadOnlySpan<int> assets;
    private readonly ReadOnlySpan<double> counted;
    private readonly PricedColumns priced;
    private readonly MarginModel model;
    private readonly RequirementTable table;
    private readonly RequirementTally tally;
    private readonly bool apart;
    private readonly bool hasRoots;

    /// <summary>An account whose coins have been counted.</summary>
    /// <param name="holdings">What it holds.</param>
    /// <param name="assets">The assets it touches, ascending.</param>
    /// <param name="counted">Counted coins of each.</param>
    /// <param name="priced">The market.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="explains">Take the sums of every root, even where the requirement can do without.</param>
    public Requirement(
        in Holdings holdings, ReadOnlySpan<int> assets, ReadOnlySpan<double> counted, in PricedColumns priced, MarginModel model, bool explains = false)
    {
        this.holdings = holdings;
        this.assets = assets;
        this.counted = counted;
        this.priced = priced;
        this.model = model;
        table = model.Table;
        tally = RequirementTally.Fresh(model);
        hasRoots = explains || table.HasOffsets || table.HasCloseOut;
        apart = holdings.Mode != MarginMode.Portfolio;
    }

    /// <summary>The sums of the last <see cref="Of"/>, for an explanation to read.</summary>
    public RequirementTally Tally => tally;

    /// <summary>What is required.</summary>
    /// <param name="joint">The account's gain in every joint scenario.</param>
    /// <param name="notional">Size of all positions.</param>
    public RequirementParts Of(ReadOnlySpan<double> joint, double notional)
    {
        LineFigures floor = default, apartBody = default;
        double apartLoss = 0, doubt = 0, excess = 0;
        for (int p = 0; p < holdings.Instruments.Length; p++)
        {
            TallyPosition(p);
            double size = priced.Notional(holdings.Instruments[p], holdings.Quantities[p]);
            ReadOnlySpan<double> side = priced.Sides.Side(holdings.Instruments[p]);
            LineFigures least = LeastOf(p);
            floor += least;
            doubt += size * side[SideColumns.Doubt];
            excess += CloseOut.Excess(size, side[SideColumns.Free], table.ExcessRate);
            if (!apart) continue;
            double own = OwnWorst(p, out _);
            apartLoss += own;
            apartBody += LineFigures.Larger(own * model.Factors, least);
        }

        for (int a = 0; a < assets.Length; a++)
        {
            TallyCoins(a);
            doubt += Math.Abs(counted[a] * priced.AssetPrices[assets[a]]) * priced.Sides.AssetDoubts[assets[a]];
        }

        if (!table.Rates.IsUsed) floor = notional * model.Floors;
        int at = RequirementTally.LeastOf(joint);
        WorstCase worst = Competing(RequirementTally.Loss(joint[at]), apartLoss);
        LineFigures body = apart
            ? LineFigures.Larger(apartBody + (CoinsWorst() * model.Factors), worst.Depeg * model.Factors)
            : LineFigures.Larger(worst.Loss * model.Factors, floor);

        return new RequirementParts(worst, Binding(worst.Term, model.AskedAt(at)), floor, body, NakedWorth(), ClosingCost(ref excess), doubt, excess);
    }

    /// <summary>The least that each line asks of one position, by its size.</summary>
    public LineFigures LeastOf(int p)
    {
        int place = holdings.Instruments[p];
        double size = priced.Notional(place, holdings.Quantities[p]);

        return table.Rates.IsUsed
            ? table.Rates.Required(priced.Sides.Contract(place), size, priced.Sides.Side(place)[SideColumns.Growth])
            : size * model.Floors;
    }

    /// <summary>The loss of one position in the worst question put to it alone: scenario, drift, tilt or curl.</summary>
    /// <param name="p">Its place in the account.</param>
    /// <param name="part">Which question that is.</param>
    public double OwnWorst(int p, out RequirementPart part)
    {
        double quantity = holdings.Quantities[p];
        ReadOnlySpan<double> side = priced.Sides.Side(holdings.Instruments[p]);
        double scenario = RequirementTally.Loss(quantity * (quantity > 0 ? side[SideColumns.Least] : side[SideColumns.Most]));
        double drift = RequirementTally.Loss(double.MinNative(quantity * side[SideColumns.Up], quantity * side[SideColumns.Down]));
        double tilt = double.MaxNative(Math.Abs(quantity * side[SideColumns.Tilt]), Math.Abs(quantity * side[SideColumns.Curl]));

        double worst = double.MaxNative(scenario, double.MaxNative(drift, tilt));
        part = worst == scenario ? RequirementPart.Scenarios : worst == drift ? RequirementPart.Basis : RequirementPart.Skew;

        return worst;
    }

    /// <summary>The loss of the coins alone: in their worst joint scenario, and of the offsets between their roots the part that is not credited.</summary>
    public double CoinsWorst()
    {
        Span<double> gains = stackalloc double[ScenarioGrid.MaxScenarios];
        double joint = RequirementTally.Loss(gains[GainsOfCoins(null, gains)]);
        if (!table.HasOffsets) return joint;

        double alone = 0;
        for (int a = 0; a < assets.Length; a++)
        {
            int root = table.RootOfAsset(assets[a]);
            if (IsFirstOf(root, a)) alone += RequirementTally.Loss(gains[GainsOfCoins(root, gains)]);
        }

        return joint + ((1 - table.Credit) * double.MaxNative(0, alone - joint));
    }

    /// <summary>What one coin of the asset at a place loses in <see cref="CoinsWorst"/>.</summary>
    public double CoinShare(int a)
    {
        Span<double> gains = stackalloc double[ScenarioGrid.MaxScenarios];
        int at = GainsOfCoins(null, gains);
        double joint = gains[at] < 0 ? -priced.Asset(assets[a])[at] : 0;
        if (!table.HasOffsets) return joint;

        at = GainsOfCoins(table.RootOfAsset(assets[a]), gains);
        double alone = gains[at] < 0 ? -priced.Asset(assets[a])[at] : 0;

        return (table.Credit * joint) + ((1 - table.Credit) * alone);
    }

    /// <summary>
    /// The worth of the coins under a position's options sold and not bought back: its share of the strike's, by size
    /// among those sold.
    /// </summary>
    public double NakedWorthOf(int p)
    {
        int strike = table.Strikes[priced.Sides.Contract(holdings.Instruments[p])];
        if (strike < 0 || !(holdings.Quantities[p] < 0)) return 0;

        double sold = 0;
        for (int other = 0; other < holdings.Instruments.Length; other++)
        {
            if (table.Strikes[priced.Sides.Contract(holdings.Instruments[other])] == strike && holdings.Quantities[other] < 0) sold += holdings.Quantities[other];
        }

        return RequirementTally.Loss(tally.Strikes.Of(strike)[0]) * (holdings.Quantities[p] / sold);
    }

    /// <summary>The coins' gains in every scenario, of one root or of all, and the place of the least.</summary>
    private int GainsOfCoins(int? root, Span<double> gains)
    {
        gains.Clear();
        for (int a = 0; a < assets.Length; a++)
            if (root is null || table.RootOfAsset(assets[a]) == root) Judge.Add(counted[a], priced.Asset(assets[a]), gains);

        return RequirementTally.LeastOf(gains);
    }

    private bool IsFirstOf(int root, int place)
    {
        for (int a = 0; a < place; a++)
            if (table.RootOfAsset(assets[a]) == root) return false;

        return true;
    }

    private void TallyPosition(int p)
    {
        int place = holdings.Instruments[p];
        int contract = priced.Sides.Contract(place);
        double quantity = holdings.Quantities[p];
        ReadOnlySpan<double> side = priced.Sides.Side(place);
        if (hasRoots)
        {
            Span<double> root = tally.Roots.Of(table.RootOfContract(contract));
            RequirementTally.Add(quantity, priced.Instrument(place), root);
            root[RequirementTally.RootDelta] += quantity * side[SideColumns.Delta];
            root[RequirementTally.RootVega] += quantity * side[SideColumns.Vega];
        }

        if (table.Groups[contract] is >= 0 and var group) RequirementTally.Add(quantity, side[..4], tally.Groups.Of(group));
        if (table.Strikes[contract] is >= 0 and var strike) tally.Strikes.Of(strike)[0] += quantity * priced.Sides.Side(place)[SideColumns.Spot];
        RequirementTally.Add(quantity, priced.Sides.Pegs.Slice(place * table.PegStride, table.PegStride), tally.Pegs);
    }

    private void TallyCoins(int a)
    {
        if (hasRoots)
            RequirementTally.Add(counted[a], priced.Asset(assets[a]), tally.Roots.Of(table.RootOfAsset(assets[a])));
        RequirementTally.Add(counted[a], priced.Sides.AssetPegs.Slice(assets[a] * table.PegStride, table.PegStride), tally.Pegs);
    }

    /// <summary>What the account owes to offsets between its roots; after <see cref="Of"/>, of an account that explains.</summary>
    /// <param name="parts">What is required.</param>
    /// <param name="worst">Place of the worst joint scenario.</param>
    public OffsetReliance Reliance(in RequirementParts parts, int worst)
    {
        var roots = ImmutableArray.CreateBuilder<RootLoss>(tally.Roots.Count);
        for (int r = 0; r < tally.Roots.Count; r++)
        {
            ReadOnlySpan<double> gains = tally.Roots.At(r)[..ScenarioGrid.MaxScenarios];
            roots.Add(new RootLoss(new AssetIndex(tally.Roots.Ordinal(r)), RequirementTally.Loss(gains[RequirementTally.LeastOf(gains)]), gains[worst]));
        }

        return new OffsetReliance(
            parts.Worst.Alone, parts.Worst.Joint, WithCredit(parts, 1), parts.Total(table), WithCredit(parts, 0), roots.MoveToImmutable());
    }

    /// <summary>What would be required if another part of the offsets were credited.</summary>
    private LineFigures WithCredit(in RequirementParts parts, double credit)
    {
        if (apart) return parts.Total(table);

        WorstCase losses = parts.Worst with { Scenarios = Credited(parts.Worst.Joint, parts.Worst.Alone, credit) };

        return (parts with { Body = LineFigures.Larger(losses.Loss * model.Factors, parts.Floor) }).Total(table);
    }

    private static double Credited(double joint, double alone, double credit) =>
        joint + ((1 - credit) * double.MaxNative(0, alone - joint));

    private WorstCase Competing(double joint, double apartLoss)
    {
        double alone = hasRoots ? Alone() : joint;
        double depeg = Depeg();
        if (apart) return new WorstCase(joint, alone, 0, 0, 0, depeg, apartLoss + CoinsWorst());

        double basis = 0, tilt = 0, curl = 0;
        for (int g = 0; g < tally.Groups.Count; g++)
        {
            ReadOnlySpan<double> gains = tally.Groups.At(g);
            basis += RequirementTally.Loss(double.MinNative(gains[SideColumns.Up], gains[SideColumns.Down]));
            tilt += Math.Abs(gains[SideColumns.Tilt]);
            curl += Math.Abs(gains[SideColumns.Curl]);
        }

        return new WorstCase(joint, alone, Credited(joint, alone, table.Credit), basis, double.MaxNative(tilt, curl), depeg);
    }

    private double Alone()
    {
        double alone = 0;
        for (int r = 0; r < tally.Roots.Count; r++)
        {
            ReadOnlySpan<double> gains = tally.Roots.At(r)[..ScenarioGrid.MaxScenarios];
            alone += RequirementTally.Loss(gains[RequirementTally.LeastOf(gains)]);
        }

        return alone;
    }

    /// <summary>The worst loss of one peg, or of the two worst.</summary>
    private double Depeg()
    {
        (double first, double second) = (0, 0);
        for (int e = 0; e < table.Pegs.Length; e++)
        {
            double loss = RequirementTally.Loss(double.MinNative(tally.Pegs[2 * e], tally.Pegs[(2 * e) + 1]));
            if (loss > first) (first, second) = (loss, first);
            else if (loss > second) second = loss;
        }

        return table.Cover > 1 ? first + second : first;
    }

    private double NakedWorth()
    {
        double worth = 0;
        for (int s = 0; s < tally.Strikes.Count; s++) worth += RequirementTally.Loss(tally.Strikes.At(s)[0]);

        return worth;
    }

    private double ClosingCost(ref double excess)
    {
        if (!table.HasCloseOut) return 0;

        double cost = 0;
        for (int r = 0; r < tally.Roots.Count; r++)
        {
            ReadOnlySpan<double> sums = tally.Roots.At(r);
            ref readonly CloseOut terms = ref table.CloseOuts[tally.Roots.Ordinal(r)];
            cost += terms.Cost(sums[RequirementTally.RootDelta], sums[RequirementTally.RootVega]);
            excess += terms.Excess(sums[RequirementTally.RootDelta]);
        }

        return cost;
    }

    private static short Binding(WorstTerm term, int scenario) => term switch
    {
        WorstTerm.Scenarios => (short)scenario,
        WorstTerm.None => Verdict.NoScenario,
        _ => (short)-(int)term,
    };
}
