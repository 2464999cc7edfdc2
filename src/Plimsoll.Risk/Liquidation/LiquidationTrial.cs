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
        for (int p = 0; p < lots.Length; p++) Positions[p] = new CloseTerms(lots[p], responses, model);
        instruments = [.. Positions.Select(p => p.Instrument.Value)];
        quantities = new double[lots.Length];
        assets = [.. money.Columns(account).ToArray().Concat(Positions.Select(p => p.Settlement)).Distinct().Order()];
        start = [.. assets.Select(a => money.Quantity(account, a))];
        coins = new double[assets.Length];
        places = [.. Positions.Select(p => Array.BinarySearch(assets, p.Settlement))];
        proceeds = new (long, double)[lots.Length];
        bool isThin = terms is not null && account < terms.Costs.Rows;
        (costsOf, fullCosts) = isThin ? (terms!.Costs.Columns(account).ToArray(), terms.Costs.Values(account).ToArray()) : ([], []);
        costs = [.. fullCosts];
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

    /// <summary>
    /// The verdict after closing so many lots of each position in the market, penalty included and bounded: it never takes
    /// equity below zero, and never takes back the maintenance health that the closes gained.
    /// </summary>
    /// <param name="closes">Lots closed per position, without side; empty for none.</param>
    /// <param name="takeovers">Lots taken over per position at bankruptcy prices; empty for none.</param>
    /// <param name="prices">The bankruptcy prices, where there are takeovers.</param>
    public Verdict Close(ReadOnlySpan<long> closes, ReadOnlySpan<long> takeovers, ReadOnlySpan<decimal> prices = default)
    {
        PenaltyPart = 0;
        Apply(closes, takeovers, prices);
        Verdict bare = Judged();
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
    public Verdict Judged() =>
        Judge.Portfolio(new Holdings(instruments, quantities, assets, coins) { Mode = mode, Others = others, CostsOf = costsOf, Costs = costs }, PricedColumns.Of(responses), model);

    /// <summary>The price of the asset at a place of <see cref="Assets"/>.</summary>
    public double PriceAt(int place) => responses.AssetPrices[assets[place]];

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
