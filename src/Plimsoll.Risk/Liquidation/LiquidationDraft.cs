using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Liquidation;

/// <summary>What the whole of a liquidation would come to.</summary>
public enum DraftOutcome : byte
{
    /// <summary>The goal is met; nothing is done.</summary>
    Met = 0,

    /// <summary>Closing a part, or selling collateral, restores the goal.</summary>
    Restores = 1,

    /// <summary>Nothing restores the goal: everything would be sold.</summary>
    WindsUp = 2,

    /// <summary>Selling everything would leave less maintenance health than doing nothing.</summary>
    Lowers = 3,
}

/// <summary>
/// The whole of one account's liquidation at the prices now, before anything is cut into slices: a pure function, and the same
/// plan that is carried out at once where there are no phases.
/// </summary>
public sealed class LiquidationDraft
{
    private LiquidationDraft(LiquidationTrial trial, DraftOutcome outcome, SpiralReading spiral, long[] closes, double salePart, Verdict after)
    {
        (Trial, Outcome, Spiral, Closes, SalePart, After) = (trial, outcome, spiral, closes, salePart, after);
        for (int p = 0; p < closes.Length; p++) Notional += trial.Positions[p].Size(closes[p]);
    }

    /// <summary>What it comes to.</summary>
    public DraftOutcome Outcome { get; }

    /// <summary>Whether selling makes it worse.</summary>
    public SpiralReading Spiral { get; }

    /// <summary>Notional of the positions it closes, in the numeraire.</summary>
    public double Notional { get; }

    /// <summary>What it is expected to cost the account, in the numeraire: slippage and penalty.</summary>
    public double Cost => Before.Equity - After.Equity;

    /// <summary>The account as it is.</summary>
    public Verdict Before => Trial.Before;

    /// <summary>The account as it would be.</summary>
    public Verdict After { get; }

    /// <summary>The line it restores.</summary>
    public MarginLine Goal => Trial.Goal;

    /// <summary>Whether coins are sold as well, and not positions alone.</summary>
    public bool SellsCoins => SalePart > 0;

    internal LiquidationTrial Trial { get; }

    internal long[] Closes { get; }

    internal double SalePart { get; }

    /// <summary>Drafts for one account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="lots">Its positions, ascending by instrument, none zero.</param>
    /// <param name="money">Accounts × assets, as the judge reads it.</param>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="depth">What the markets take.</param>
    /// <param name="goal">The line to restore.</param>
    /// <param name="terms">What must be known of accounts beside what they hold.</param>
    /// <param name="others">What the owner has in his other accounts.</param>
    public static LiquidationDraft Of(
        int account,
        ReadOnlySpan<OpenLots> lots,
        SparseRows money,
        ResponseSet responses,
        MarginModel model,
        MarketDepth depth,
        MarginLine goal = MarginLine.Target,
        AccountTerms? terms = null,
        OthersHoldings? others = null)
    {
        var trial = new LiquidationTrial(lots, account, money, responses, model, terms, others, goal);
        var none = new long[lots.Length];
        if (trial.Before.Health(goal) >= 0) return new LiquidationDraft(trial, DraftOutcome.Met, default, none, 0, trial.Before);

        SpiralReading spiral = SpiralReading.Of(trial, model, depth);
        if (PartialClose.Solve(trial) is { } closes) return new LiquidationDraft(trial, DraftOutcome.Restores, spiral, closes, 0, trial.Close(closes, []));

        long[] all = [.. trial.Positions.Select(p => p.IsPriced ? p.Lots.Size.Count : 0)];
        double part = LiquidationPlanner.LeastSale(trial, model, all);
        trial.Close(all, []);
        bool sells = !CollateralSale.Sell(trial, model, part).IsEmpty;
        Verdict sold = trial.Judged();
        bool idle = !sells && !Array.Exists(all, l => l > 0);
        if (idle || (sold.Equity >= 0 && sold.MaintenanceHealth < trial.Before.MaintenanceHealth)) return new LiquidationDraft(trial, DraftOutcome.Lowers, spiral, none, 0, trial.Before);

        bool restores = sold.Health(goal) >= 0 && sold.Equity >= 0;

        return new LiquidationDraft(trial, restores ? DraftOutcome.Restores : DraftOutcome.WindsUp, spiral, all, sells ? part : 0, sold);
    }
}
