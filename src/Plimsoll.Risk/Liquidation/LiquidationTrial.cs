using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Liquidation;

/// <summary>
/// What an account would look like after a liquidation, asked through the judge's own code. Holds one account; each
/// question starts again from the account as it is.
/// </summary>
internal sealed class LiquidationTrial
{
    /// <summary>Far more than sums of some dozen numbers are rounded by, far less than anybody's money.</summary>
    private const double RoundingPart = 1e-9;

    private readonly ResponseSet responses;
    private readonly MarginModel model;
    private readonly MarginMode mode;
    private readonly int[] instruments;
    private readonly double[] quantities;
    private readonly int[] assets;
    private readonly double[] start;
    private readonly double[] coins;
    private readonly int[] places;
    private readonly (long Lots, double Coins)[] proceeds;
    private readonly int[] costsOf;
    private readonly double[] fullCosts;
    private readonly OthersHoldings? others;
    private readonly double[] costs;
    private readonly bool isPlain;
    private readonly bool coinsHelp;

    public LiquidationTrial(
        ReadOnlySpan<OpenLots> lots,
        int account,
        SparseRows money,
        ResponseSet responses,
        MarginModel model,
        AccountTerms? terms = null,
        OthersHoldings? others = null,
        MarginLine goal = MarginLine.Target)
    {
        Goal = goal;
        this.others = others;
        (this.responses, this.model, mode) = (responses, model, terms?.ModeOf(account) ?? MarginMode.Portfolio);
        Positions = new CloseTerms[lots.Length];
        (instruments, quantities, places, proceeds) = (new int[lots.Length], new double[lots.Length], new int[lots.Length], new (long, double)[lots.Length]);
        for (int p = 0; p < lots.Length; p++)
        {
            Positions[p] = new CloseTerms(lots[p], responses, model);
            instruments[p] = lots[p].Instrument.Value;
        }

        assets = AssetsOf(money.Columns(account), Positions);
        (start, coins) = (new double[assets.Length], new double[assets.Length]);
        for (int a = 0; a < start.Length; a++) start[a] = money.Quantity(account, assets[a]);
        for (int p = 0; p < places.Length; p++) places[p] = Array.BinarySearch(assets, Positions[p].Settlement);
        bool isThin = terms is not null && account < terms.Costs.Rows;
        (costsOf, fullCosts) = isThin ? (terms!.Costs.Columns(account).ToArray(), terms.Costs.Values(account).ToArray()) : ([], []);
        costs = [.. fullCosts];
        isPlain = PortfolioKernel.Takes(Left, model);
        coinsHelp = isPlain && CoinsHelp();
        Before = Close([], []);
    }

    /// <summary>The account's positions, ascending by instrument.</summary>
    public CloseTerms[] Positions { get; }

    /// <summary>The line the liquidation restores.</summary>
    public MarginLine Goal { get; }

    /// <summary>The account as it is.</summary>
    public Verdict Before { get; }

    /// <summary>The part of the full penalty charged by the last trial, 0 to 1.</summary>
    public double PenaltyPart { get; private set; }

    /// <summary>Assets the account touches, ascending.</summary>
    public ReadOnlySpan<int> Assets => assets;

    /// <summary>Coins of each after the last trial, the worth of positions still open left out.</summary>
    public ReadOnlySpan<double> Coins => coins;

    /// <summary>Coins of each as the account is, the carried cost of positions taken off.</summary>
    public ReadOnlySpan<double> Owned => start;

    /// <summary>What the last trial left.</summary>
    private Holdings Left => new(instruments, quantities, assets, coins) { Mode = mode, Others = others, CostsOf = costsOf, Costs = costs };

    /// <summary>
    /// The verdict after closing so many lots of each position in the market, penalty included and bounded: it never takes
    /// equity below zero, and never takes back the maintenance health that the closes gained.
    /// </summary>
    /// <param name="closes">Lots closed per position, without side; empty for none.</param>
    /// <param name="takeovers">Lots taken over per position at bankruptcy prices; empty for none.</param>
    /// <param name="prices">The bankruptcy prices, where there are takeovers.</param>
    public Verdict Close(ReadOnlySpan<long> closes, ReadOnlySpan<long> takeovers, ReadOnlySpan<decimal> prices = default)
    {
        Apply(closes, takeovers, prices);

        return Charged(Judged(), closes, takeovers, prices);
    }

    /// <summary>
    /// Whether closing so many lots restores the goal and does not lower maintenance health. Where the goal is missed by more
    /// than rounding before the penalty, and taking coins never raises health, the penalty is not asked about.
    /// </summary>
    public bool Restores(ReadOnlySpan<long> closes)
    {
        Apply(closes, [], []);
        Verdict bare = Judged();
        if (coinsHelp && bare.Health(Goal) < -RoundingPart * (bare.Notional + Gross())) return false;

        Verdict after = Charged(bare, closes, [], []);

        return after.Health(Goal) >= 0 && after.MaintenanceHealth >= Before.MaintenanceHealth;
    }

    /// <summary>The verdict with as much of the penalty as may be charged.</summary>
    private Verdict Charged(in Verdict bare, ReadOnlySpan<long> closes, ReadOnlySpan<long> takeovers, ReadOnlySpan<decimal> prices)
    {
        PenaltyPart = 0;
        double full = FullPenalty(closes);
        if (!(full > 0)) return bare;

        double room = Math.Min(bare.Equity, bare.MaintenanceHealth - Before.MaintenanceHealth);
        double part = Math.Clamp(room / full, 0, 1);
        while (part > 1e-9)
        {
            Charge(closes, part);
            Verdict charged = Judged();
            if (charged.Equity >= 0 && charged.MaintenanceHealth >= Before.MaintenanceHealth)
            {
                PenaltyPart = part;

                return charged;
            }

            Charge(closes, -part);
            part *= 0.5;
        }

        Apply(closes, takeovers, prices);

        return bare;
    }

    /// <summary>Moves coins between two assets after a trial.</summary>
    public void Convert(int sold, double sell, int bought, double buy)
    {
        coins[sold] -= sell;
        coins[bought] += buy;
    }

    /// <summary>The verdict on the account as the last trial left it.</summary>
    public Verdict Judged() => isPlain
        ? PortfolioKernel.Judge(Left, responses, model)
        : Judge.Portfolio(Left, PricedColumns.Of(responses), model);

    /// <summary>The price of the asset at a place of <see cref="Assets"/>.</summary>
    public double PriceAt(int place) => responses.AssetPrices[assets[place]];

    /// <summary>What the account has coins of, and what its positions settle in.</summary>
    private static int[] AssetsOf(ReadOnlySpan<int> owned, CloseTerms[] positions)
    {
        Span<int> settled = positions.Length <= 64 ? stackalloc int[positions.Length] : new int[positions.Length];
        int more = 0;
        foreach (CloseTerms position in positions)
            if (owned.BinarySearch(position.Settlement) < 0 && !settled[..more].Contains(position.Settlement)) settled[more++] = position.Settlement;

        var all = new int[owned.Length + more];
        owned.CopyTo(all);
        settled[..more].CopyTo(all.AsSpan(owned.Length));
        if (more > 0) Array.Sort(all);

        return all;
    }

    private void Apply(ReadOnlySpan<long> closes, ReadOnlySpan<long> takeovers, ReadOnlySpan<decimal> prices)
    {
        start.CopyTo(coins, 0);
        for (int p = 0; p < Positions.Length; p++)
        {
            CloseTerms position = Positions[p];
            long closed = closes.IsEmpty ? 0 : closes[p];
            long taken = takeovers.IsEmpty ? 0 : takeovers[p];
            quantities[p] = position.Quantity(position.Lots.Size.Count - closed - taken);
            if (closed > 0) coins[places[p]] += ClosedFor(p, closed);
            if (taken > 0) coins[places[p]] += position.Proceeds(taken, prices[p]);
            int thin = costsOf.Length == 0 ? -1 : Array.BinarySearch(costsOf, instruments[p]);
            if (thin >= 0) costs[thin] = fullCosts[thin] * ((position.Lots.Size.Count - closed - taken) / (double)position.Lots.Size.Count);
        }
    }

    /// <summary>
    /// Whether more coins of what penalties are paid in never lower health at the goal: a coin adds its counted worth, and at
    /// most the line's factor of what it loses in the worst scenario is asked for it. Where assets count together, one may
    /// displace another that loses less, and nothing is known.
    /// </summary>
    private bool CoinsHelp()
    {
        if (!model.Schedule.IsPlain) return false;

        double factor = (Goal switch { MarginLine.Initial => model.Initial, MarginLine.Target => model.Target, _ => model.Maintenance }).Factor;
        foreach (int place in places)
        {
            double worst = 0;
            foreach (double gain in responses.Assets.Row(assets[place])) worst = Math.Min(worst, gain);
            if (!(factor * -worst <= responses.AssetPrices[assets[place]])) return false;
        }

        return true;
    }

    /// <summary>Coins of all assets at their prices, without their sides.</summary>
    private double Gross()
    {
        double gross = 0;
        for (int a = 0; a < coins.Length; a++) gross += Math.Abs(coins[a]) * responses.AssetPrices[assets[a]];

        return gross;
    }

    /// <summary>What closing so many lots brings; remembered, because the next trial mostly changes one position.</summary>
    private double ClosedFor(int place, long lots)
    {
        if (proceeds[place].Lots != lots) proceeds[place] = (lots, Positions[place].Proceeds(lots, Positions[place].ClosePrice(lots)));

        return proceeds[place].Coins;
    }

    private double FullPenalty(ReadOnlySpan<long> closes)
    {
        double notional = 0;
        for (int p = 0; p < closes.Length; p++) notional += Positions[p].Notional(closes[p]);

        return model.PenaltyRate * notional;
    }

    private void Charge(ReadOnlySpan<long> closes, double part)
    {
        for (int p = 0; p < closes.Length; p++)
            if (closes[p] > 0) coins[places[p]] -= PenaltyCoins(p, closes[p], part);
    }

    /// <summary>The penalty on one close in settlement coins.</summary>
    public double PenaltyCoins(int position, long lots, double part) =>
        part * model.PenaltyRate * Positions[position].Notional(lots) / Positions[position].SettlementPrice;
}
