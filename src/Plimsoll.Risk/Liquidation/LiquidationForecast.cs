using System.Collections.Immutable;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>Where a liquidation would end at the prices now.</summary>
public enum ForecastEnding : byte
{
    /// <summary>Nothing is lacking.</summary>
    NotNeeded = 0,

    /// <summary>The slices restore the goal.</summary>
    Restored = 1,

    /// <summary>The account goes to auction: selling makes it worse, or nothing restores it.</summary>
    Auction = 2,

    /// <summary>There is no auction to go to: backstop, insurance, the other side.</summary>
    LastResort = 3,

    /// <summary>More slices than are shown.</summary>
    GoesOn = 4,
}

/// <summary>What is expected of the last resort, in the numeraire.</summary>
/// <param name="Plan">Closes, sales and takeovers of all that is left.</param>
public sealed record EstateForecast(LiquidationPlan Plan)
{
    /// <summary>What is missing in all.</summary>
    public double Deficit => Plan.Deficit;

    /// <summary>What the insurance is expected to bear of it.</summary>
    public double Insurance => Plan.FundDraw;

    /// <summary>What is left for the venue's own funds, or to be shared.</summary>
    public double Unborne => Math.Max(0, Plan.Deficit - Plan.FundDraw);
}

/// <summary>
/// The liquidation of an account as it would go from now on if no price moved: slice by slice with the depth recovering
/// between, to where it ends, and who would bear what. Nothing is changed by asking.
/// </summary>
/// <param name="Goal">The line to be restored.</param>
/// <param name="Draft">The whole of it at the prices now.</param>
/// <param name="Slices">The slices, one for each period.</param>
/// <param name="Ending">Where it ends.</param>
/// <param name="After">The account behind the last slice.</param>
/// <param name="Estate">The last resort's plan, where it comes to that or nobody bids; none where the goal is restored.</param>
public sealed record LiquidationForecast(
    MarginLine Goal, LiquidationDraft Draft, ImmutableArray<SlicePlan> Slices, ForecastEnding Ending, Verdict After, EstateForecast? Estate)
{
    /// <summary>What the slices cost the account, in the numeraire.</summary>
    public double Cost => Slices.Sum(slice => slice.Cost);

    /// <summary>Asks for one account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="lots">Its positions, ascending by instrument, none zero.</param>
    /// <param name="money">Accounts × assets, as the judge reads it.</param>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="fund">What the insurance may give, in the numeraire.</param>
    /// <param name="most">The most slices to look ahead.</param>
    /// <param name="terms">What must be known of accounts beside what they hold.</param>
    /// <param name="others">What the owner has in his other accounts.</param>
    public static LiquidationForecast Of(
        int account,
        IReadOnlyList<OpenLots> lots,
        SparseRows money,
        ResponseSet responses,
        MarginModel model,
        double fund,
        int most = 100,
        AccountTerms? terms = null,
        OthersHoldings? others = null)
    {
        var walk = new Walk(account, lots, money, responses, model, terms, others);
        LiquidationDraft first = walk.Draft();
        var slices = ImmutableArray.CreateBuilder<SlicePlan>();
        ForecastEnding ending = walk.Go(first, slices, most);
        EstateForecast? estate = ending is ForecastEnding.Auction or ForecastEnding.LastResort ? new EstateForecast(walk.Estate(fund)) : null;

        return new LiquidationForecast(walk.Goal, first, slices.DrainToImmutable(), ending, walk.Judged(), estate);
    }

    /// <summary>One account on its way, in rows of its own.</summary>
    private sealed class Walk
    {
        private readonly int account;
        private readonly ResponseSet responses;
        private readonly MarginModel model;
        private readonly MarketDepth depth;
        private readonly AccountTerms? terms;
        private readonly OthersHoldings? others;
        private readonly SparseRows money = new();
        private readonly PhaseTerms phases;
        private readonly double[] taken;
        private OpenLots[] lots;
        private readonly double[] coins;

        public Walk(int account, IReadOnlyList<OpenLots> lots, SparseRows money, ResponseSet responses, MarginModel model, AccountTerms? terms, OthersHoldings? others)
        {
            (this.account, this.responses, this.model, this.terms, this.others) = (account, responses, model, terms, others);
            this.lots = [.. lots];
            depth = new MarketDepth(model);
            phases = model.Parameters.Phases;
            taken = new double[model.AssetCount];
            coins = [.. Enumerable.Range(0, model.AssetCount).Select(a => money.Quantity(account, a))];
            this.money.EnsureRows(account + 1);
            Write();
            Goal = Judged().IsLiquidatable ? MarginLine.Target : MarginLine.Initial;
        }

        public MarginLine Goal { get; }

        public LiquidationDraft Draft() => LiquidationDraft.Of(account, lots, money, responses, model, depth, Goal, terms, others);

        public Verdict Judged() => new LiquidationTrial(lots, account, money, responses, model, terms, others, Goal).Before;

        public LiquidationPlan Estate(double fund) => LiquidationPlanner.Plan(account, lots, money, responses, model, fund, terms, others);

        public ForecastEnding Go(LiquidationDraft first, ImmutableArray<SlicePlan>.Builder slices, int most)
        {
            LiquidationDraft draft = first;
            for (int period = 0; period < most; period++)
            {
                if (draft.Outcome == DraftOutcome.Met) return period == 0 ? ForecastEnding.NotNeeded : ForecastEnding.Restored;
                if (draft.Outcome != DraftOutcome.Restores || (phases.Halt && draft.Spiral.IsBeyond)) return phases.Auction is null ? ForecastEnding.LastResort : ForecastEnding.Auction;
                if (SlicePlanner.Next(draft, Rooms(), model, (double)phases.Dust) is not { } slice) return ForecastEnding.GoesOn;

                slices.Add(slice);
                Take(slice.Plan);
                draft = Draft();
            }

            return draft.Outcome == DraftOutcome.Met ? ForecastEnding.Restored : ForecastEnding.GoesOn;
        }

        private SliceRooms Rooms()
        {
            double notional = Math.Min((double)(phases.Caps.Account ?? decimal.MaxValue), (double)(phases.Caps.Venue ?? decimal.MaxValue));

            return new SliceRooms(notional, [.. taken.Select((used, asset) => Math.Max(0, depth.Room(asset) - used))])
            {
                Caps = [new Room(notional, notional)],
                WholeByAsset = [.. Enumerable.Range(0, taken.Length).Select(depth.Room)],
            };
        }

        private void Take(LiquidationPlan plan)
        {
            double kept = phases.Slices is { RecoverySeconds: > 0 } slices ? Exact.Exp(-Exact.Log(2) * phases.PeriodSeconds / slices.RecoverySeconds) : 0;
            foreach (PlannedClose close in plan.Closes)
            {
                int place = Array.FindIndex(lots, open => open.Instrument == close.Instrument);
                var position = new CloseTerms(lots[place], responses, model);
                long closed = close.Change.Size.Count;
                coins[position.Settlement] += position.Proceeds(closed, close.Price) - model.Catalog[new AssetIndex(position.Settlement)].Scale.ToModel(close.Penalty);
                taken[position.Underlying] += position.Size(closed);
                lots[place] = lots[place] with { Lots = lots[place].Lots + close.Change };
            }

            foreach (PlannedConversion sale in plan.Conversions)
            {
                double sold = model.Catalog[sale.Sold].Scale.ToModel(sale.Sell);
                coins[sale.Sold.Value] -= sold;
                coins[sale.Bought.Value] += model.Catalog[sale.Bought].Scale.ToModel(sale.Buy);
                taken[sale.Sold.Value] += sold * responses.AssetPrices[sale.Sold.Value];
                taken[sale.Bought.Value] += sold * responses.AssetPrices[sale.Sold.Value];
            }

            lots = [.. lots.Where(open => !open.Lots.IsZero)];
            for (int a = 0; a < taken.Length; a++) taken[a] *= kept;
            Write();
        }

        private void Write()
        {
            int[] columns = [.. Enumerable.Range(0, coins.Length).Where(a => coins[a] != 0)];
            money.ReplaceRow(account, columns, [.. columns.Select(a => coins[a])]);
        }
    }
}
