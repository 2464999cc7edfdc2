using System.Collections.Immutable;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation;

/// <summary>What of a liquidation is done now.</summary>
/// <param name="Plan">Closes and conversions, with the verdicts before and after them.</param>
/// <param name="Notional">What is sold, in the numeraire, as caps count it.</param>
/// <param name="IsLast">Whether nothing of the whole is left after it.</param>
public sealed record SlicePlan(LiquidationPlan Plan, double Notional, bool IsLast)
{
    /// <summary>What it is expected to cost the account, in the numeraire.</summary>
    public double Cost => Plan.Before.Equity - Plan.After.Equity;
}

/// <summary>
/// Cuts from a whole liquidation what depth, participation and caps allow now.
/// </summary>
/// <remarks>
/// <para>(1) What fits is done whole, and so is what would leave less than dust. (2) Else two slices are tried: every close
/// scaled alike, so that a hedge stays a hedge, and one close after another in the order of the health they buy per unit of
/// cost; the one that buys more is taken. (3) Where closes alone would lower health, because they hedge a debt, closes and
/// the sale of collateral are scaled together; (4) else collateral alone is sold.</para>
/// <para>(5) Where no lot fits into all of a cap or of a market's room, the one that buys most health per unit of cost is sold
/// nevertheless, as long as something of that room is left: a room smaller than a lot must not keep anybody waiting for ever.</para>
/// <para>A slice that lowers maintenance health, or does not raise the goal's, is never taken; nor one beyond a cap but for (5).</para>
/// </remarks>
public static class SlicePlanner
{
    private const int Shrinks = 8;

    /// <summary>The next slice; none where nothing fits, or nothing that fits helps.</summary>
    /// <param name="draft">The whole.</param>
    /// <param name="rooms">What may be sold now.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="dust">Notional below which what would be left is sold at once, within the caps.</param>
    public static SlicePlan? Next(LiquidationDraft draft, SliceRooms rooms, MarginModel model, double dust)
    {
        if (draft.Outcome is DraftOutcome.Met or DraftOutcome.Lowers) return null;

        var cut = new Cut(draft, rooms, model);
        long[] all = cut.Tradable();
        double fits = cut.Fit(all);
        double left = cut.Size(all) * (1 - Math.Min(1, fits));
        bool whole = fits >= 1 || (left < dust && cut.FitsCaps(all));
        if (whole) return cut.Take(cut.WithoutDust(all, dust), draft.SalePart) ?? cut.Take(all, draft.SalePart) ?? cut.Take(all, 0) ?? cut.Sales();

        long[] scaled = [.. all.Select(lots => (long)Math.Floor(fits * lots))];

        return Better(cut.Take(scaled, 0), all.Count(lots => lots > 0) > 1 || scaled.Sum() == 0 ? cut.Take(cut.Greedy(all), 0) : null, draft)
            ?? cut.Take(scaled, draft.SalePart * fits)
            ?? cut.Sales()
            ?? cut.Lot(all);
    }

    private static SlicePlan? Better(SlicePlan? one, SlicePlan? other, LiquidationDraft draft)
    {
        if (one is null || other is null) return one ?? other;

        return Bought(other, draft) > Bought(one, draft) ? other : one;
    }

    private static double Bought(SlicePlan slice, LiquidationDraft draft) =>
        (slice.Plan.After.Health(draft.Trial.Goal) - draft.Before.Health(draft.Trial.Goal)) / Math.Max(slice.Cost, 1e-9);

    /// <summary>One draft against the rooms of the moment.</summary>
    private sealed class Cut(LiquidationDraft draft, SliceRooms rooms, MarginModel model)
    {
        private readonly LiquidationTrial trial = draft.Trial;

        public long[] Tradable() => [.. draft.Closes.Select((lots, p) => rooms.Trades(trial.Positions[p].Instrument) ? lots : 0)];

        public double Size(long[] closes)
        {
            double size = 0;
            for (int p = 0; p < closes.Length; p++) size += trial.Positions[p].Size(closes[p]);

            return size;
        }

        /// <summary>The part of so many closes that fits, 1 or more where all of them do.</summary>
        public double Fit(long[] closes)
        {
            double fits = PartOf(rooms.Notional, Size(closes));
            for (int p = 0; p < closes.Length; p++)
            {
                if (closes[p] > 0) fits = Math.Min(fits, PartOf(rooms.ByAsset[trial.Positions[p].Underlying], SizeIn(trial.Positions[p].Underlying, closes)));
            }

            return fits;
        }

        public bool FitsCaps(long[] closes) => Size(closes) <= rooms.Notional;

        /// <summary>The same closes, with what would be left of a position closed as well where that is less than dust.</summary>
        public long[] WithoutDust(long[] closes, double dust)
        {
            var rounded = (long[])closes.Clone();
            for (int p = 0; p < closes.Length; p++)
            {
                CloseTerms position = trial.Positions[p];
                long all = position.Lots.Size.Count;
                if (closes[p] == 0 || closes[p] == all || !(position.Size(all - closes[p]) < dust)) continue;

                rounded[p] = all;
                if (!FitsCaps(rounded)) rounded[p] = closes[p];
            }

            return rounded;
        }

        /// <summary>One close after another, that which buys most health per unit of cost first, as far as there is room.</summary>
        public long[] Greedy(long[] all)
        {
            var chosen = new long[all.Length];
            if (!FitsAny(all, chosen)) return chosen;

            foreach (int p in ByWorth(all))
            {
                long fits = Fitting(p, all[p], chosen);
                if (fits == 0) continue;

                chosen[p] = fits;
                if (!Helps(trial.Close(chosen, []))) chosen[p] = 0;
            }

            return chosen;
        }

        /// <summary>The slice, if it helps and lies within the caps.</summary>
        public SlicePlan? Take(long[] closes, double part)
        {
            bool closesAny = Array.Exists(closes, lots => lots > 0);
            ImmutableArray<PlannedConversion> sales = part > 0 ? Fitted(closes, part) : [];
            if (!closesAny && sales.IsEmpty) return null;

            LiquidationPlan plan = LiquidationPlanner.Build(trial, model, closes, LiquidationOutcome.Partial, sales);
            if (!Helps(plan.After)) return null;

            bool isLast = closes.AsSpan().SequenceEqual(draft.Closes) || plan.After.Health(trial.Goal) >= 0;

            return new SlicePlan(plan, Size(closes) + SizeOf(sales), isLast);
        }

        /// <summary>Collateral alone, for what is owed.</summary>
        public SlicePlan? Sales() => draft.SalePart > 0 ? Take(new long[draft.Closes.Length], draft.SalePart) : null;

        /// <summary>One lot that is larger than a whole room.</summary>
        public SlicePlan? Lot(long[] all)
        {
            foreach (int p in ByWorth(all))
            {
                CloseTerms position = trial.Positions[p];
                double lot = position.Size(1);
                bool fits = lot <= rooms.Notional && lot <= rooms.ByAsset[position.Underlying];
                if (fits || !rooms.LetsLot(position.Underlying, lot)) continue;

                var one = new long[all.Length];
                one[p] = 1;
                if (Take(one, 0) is { } slice) return slice;
            }

            return null;
        }

        private bool Helps(in Verdict after) =>
            after.MaintenanceHealth >= draft.Before.MaintenanceHealth && after.Health(trial.Goal) > draft.Before.Health(trial.Goal);

        private IEnumerable<int> ByWorth(long[] all)
        {
            var worth = new double[all.Length];
            var alone = new long[all.Length];
            for (int p = 0; p < all.Length; p++)
            {
                if (all[p] == 0) continue;

                alone[p] = Math.Max(1, Fitting(p, all[p], new long[all.Length]));
                Verdict after = trial.Close(alone, []);
                worth[p] = (after.Health(trial.Goal) - draft.Before.Health(trial.Goal)) / Math.Max(draft.Before.Equity - after.Equity, 1e-9);
                alone[p] = 0;
            }

            return Enumerable.Range(0, all.Length).Where(p => all[p] > 0).OrderByDescending(p => worth[p]).ThenBy(p => p);
        }

        private bool FitsAny(long[] all, long[] none)
        {
            for (int p = 0; p < all.Length; p++)
                if (all[p] > 0 && Fitting(p, all[p], none) > 0) return true;

            return false;
        }

        /// <summary>How many lots of one position fit beside what is chosen.</summary>
        private long Fitting(int p, long most, long[] chosen)
        {
            CloseTerms position = trial.Positions[p];
            double lot = position.Size(1);
            double room = Math.Min(rooms.Notional - Size(chosen), rooms.ByAsset[position.Underlying] - SizeIn(position.Underlying, chosen));
            if (!(lot > 0) || !(room >= lot)) return 0;

            double lots = Math.Floor(room / lot);

            return lots >= most ? most : (long)lots;
        }

        /// <summary>Sales for a part of the debts, fewer where there is not room for all.</summary>
        private ImmutableArray<PlannedConversion> Fitted(long[] closes, double part)
        {
            for (int i = 0; i < Shrinks; i++)
            {
                trial.Close(closes, []);
                ImmutableArray<PlannedConversion> sales = CollateralSale.Sell(trial, model, part);
                double fits = PartOf(rooms.Notional - Size(closes), SizeOf(sales));
                foreach (PlannedConversion sale in sales)
                {
                    // A swap takes from both markets: what is sold must find a buyer, and what is owed a seller.
                    fits = Math.Min(fits, FitIn(sale.Sold, closes, sales));
                    fits = Math.Min(fits, FitIn(sale.Bought, closes, sales));
                }

                if (fits >= 1 || sales.IsEmpty) return sales;

                part *= fits * (1 - 1e-6);
                if (!(part > 0)) return [];
            }

            return [];
        }

        /// <summary>The part of what sales trade in one market that fits beside what closes take of it.</summary>
        private double FitIn(AssetIndex asset, long[] closes, ImmutableArray<PlannedConversion> sales) =>
            PartOf(rooms.ByAsset[asset.Value] - SizeIn(asset.Value, closes), SizeOf([.. sales.Where(sale => sale.Sold == asset || sale.Bought == asset)]));

        private double SizeIn(int asset, long[] closes)
        {
            double size = 0;
            for (int p = 0; p < closes.Length; p++)
                if (trial.Positions[p].Underlying == asset) size += trial.Positions[p].Size(closes[p]);

            return size;
        }

        private double SizeOf(ImmutableArray<PlannedConversion> sales)
        {
            double size = 0;
            foreach (PlannedConversion sale in sales)
                size += model.Catalog[sale.Sold].Scale.ToModel(sale.Sell) * trial.PriceAt(trial.Assets.IndexOf(sale.Sold.Value));

            return size;
        }

        private static double PartOf(double room, double wanted) => wanted > 0 ? Math.Max(0, room) / wanted : double.PositiveInfinity;
    }
}
