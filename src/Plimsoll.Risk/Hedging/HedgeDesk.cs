using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Risk.Hedging;

/// <summary>
/// Hedges a book by a plan, one underlying after another in the order of listing: an instrument follows one underlying only,
/// so the parts do not depend on each other.
/// </summary>
public static class HedgeDesk
{
    /// <summary>The proposals for every underlying that the book is exposed to or the plan names.</summary>
    /// <exception cref="InputException">The plan names what is not listed, or what has no price.</exception>
    public static HedgeReport Propose(HedgeBook book, HedgePlan plan)
    {
        CheckNames(book, plan);
        UnderlyingReport[] hedges = [.. Underlyings(book, plan).Select(asset => Hedge(book, plan, asset))];

        return new HedgeReport(
            book.At.ToString(),
            new CostReport(hedges.Sum(h => h.Cost.Spread), hedges.Sum(h => h.Cost.Fees), hedges.Sum(h => h.Cost.Impact), hedges.Sum(h => h.Cost.Total)),
            hedges);
    }

    private static void CheckNames(HedgeBook book, HedgePlan plan)
    {
        foreach (PlannedBand band in plan.Bands)
        {
            if (!book.Catalog.TryFind(band.Underlying, out AssetIndex asset)) throw new InputException("plan.bands", $"there is no asset {band.Underlying}");
            if (!(book.PriceOf(asset) > 0)) throw new InputException("plan.bands", $"{band.Underlying} has no price");
        }

        foreach (PlannedInstrument planned in plan.Instruments)
            if (!book.Catalog.TryFind(planned.Instrument, out _)) throw new InputException("plan.instruments", $"there is no instrument {planned.Instrument}");
    }

    private static IEnumerable<AssetIndex> Underlyings(HedgeBook book, HedgePlan plan)
    {
        for (int a = 0; a < book.Catalog.Assets.Count; a++)
        {
            var asset = new AssetIndex(a);
            Asset listed = book.Catalog[asset];
            bool named = plan.Bands.Any(band => band.Underlying == listed.Id);
            // Cash is what is hedged into, and a claim on another asset is hedged with that: each alone only when asked.
            bool isOwn = listed.Class is not (AssetClass.Stable or AssetClass.Fiat) && listed.Follows is null;
            if (named || (isOwn && book.PriceOf(asset) > 0 && book.IsExposedTo(asset))) yield return asset;
        }
    }

    private static UnderlyingReport Hedge(HedgeBook book, HedgePlan plan, AssetIndex asset)
    {
        var skipped = new List<SkippedReport>();
        List<(InstrumentIndex Index, HedgeInstrument Traded)> tradable = Tradable(book, plan, asset, skipped);
        HedgedGreeks current = book.GreeksOf(asset);
        if (!current.AreNumbers) throw new InputException($"book {book.Catalog[asset].Id}", "the sensitivities are not numbers");

        (ImmutableArray<GreekBand> bands, bool ownDelta) = Bands(book, plan, asset, current, tradable);
        HedgeProposal proposal = HedgePlanner.Propose(new HedgeProblem(current, bands, [.. tradable.Select(t => t.Traded)]));
        HedgeBook after = book;
        foreach (HedgeTrade trade in proposal.Trades)
            after = after.With(tradable.First(t => ReferenceEquals(t.Traded, trade.Instrument)).Index, (double)trade.Size);

        double price = book.PriceOf(asset);

        return new UnderlyingReport(
            book.Catalog[asset].Id.Value,
            price,
            proposal.IsComplete,
            Told(proposal.Before, price),
            Told(proposal.After, price),
            [.. proposal.Bands.Select(band => Told(band, ownDelta))],
            [.. proposal.Trades.Select(Told)],
            Told(proposal.Cost),
            skipped,
            HedgeLadder.Of(book, after, asset, plan, proposal.Cost.Total));
    }

    private static List<(InstrumentIndex Index, HedgeInstrument Traded)> Tradable(HedgeBook book, HedgePlan plan, AssetIndex asset, List<SkippedReport> skipped)
    {
        var found = new List<(InstrumentIndex, HedgeInstrument)>();
        foreach ((InstrumentIndex index, PlannedInstrument? planned) in Allowed(book, plan))
        {
            Instrument listed = book.Catalog[index];
            if (listed.Underlying != asset) continue;
            if (Unusable(book, index, listed) is { } why)
            {
                if (planned is not null || listed.Kind != InstrumentKind.Pool) skipped.Add(new SkippedReport(listed.Id.Value, why));
                continue;
            }

            UnitGreeks unit = book.UnitOf(index);
            (double halfSpread, double fee) = UsualCosts.Of(listed.Kind, book.NotionalOf(index), unit);
            var traded = new HedgeInstrument(
                listed.Id,
                book.GreeksOf(index),
                listed.LotSize,
                planned?.HalfSpread ?? halfSpread,
                planned?.Fee ?? fee,
                planned?.Impact ?? 0,
                planned?.BuyDepth ?? double.PositiveInfinity,
                planned?.SellDepth ?? double.PositiveInfinity);
            if (!traded.IsStated) skipped.Add(new SkippedReport(listed.Id.Value, "its sensitivities or costs are not numbers"));
            else if (found.Count == HedgePlanner.MaxInstruments) skipped.Add(new SkippedReport(listed.Id.Value, $"beyond the first {HedgePlanner.MaxInstruments} instruments"));
            else found.Add((index, traded));
        }

        return found;
    }

    private static IEnumerable<(InstrumentIndex Index, PlannedInstrument? Planned)> Allowed(HedgeBook book, HedgePlan plan)
    {
        if (plan.Instruments.IsEmpty)
        {
            for (int i = 0; i < book.Catalog.Instruments.Count; i++) yield return (new InstrumentIndex(i), null);
            yield break;
        }

        foreach (PlannedInstrument planned in plan.Instruments)
        {
            if (book.Catalog.TryFind(planned.Instrument, out InstrumentIndex index)) yield return (index, planned);
        }
    }

    private static string? Unusable(HedgeBook book, InstrumentIndex index, Instrument listed)
    {
        if (listed.Kind == InstrumentKind.Pool) return "liquidity in a pool is not traded as a hedge";
        if (listed.Expiry <= book.At) return "it has expired";
        if (!book.IsPriced(index)) return listed.Kind == InstrumentKind.Option ? "it has no price or no quoted volatility" : "it has no price";

        return null;
    }

    private static (ImmutableArray<GreekBand> Bands, bool OwnDelta) Bands(
        HedgeBook book, HedgePlan plan, AssetIndex asset, in HedgedGreeks current, List<(InstrumentIndex Index, HedgeInstrument Traded)> tradable)
    {
        AssetId name = book.Catalog[asset].Id;
        ImmutableArray<GreekBand> planned = [.. plan.Bands.Where(band => band.Underlying == name).Select(band => band.Band)];
        if (planned.Any(band => band.Greek == HedgedGreek.Delta)) return (planned, false);

        double half = NoTradeHalfWidth(current, book.PriceOf(asset), plan.RiskAversion, [.. tradable.Select(t => t.Traded)]);

        return ([new GreekBand(HedgedGreek.Delta, -half, half), .. planned], true);
    }

    /// <summary>The no-trade band at the cheapest way to trade delta alone, but never narrower than half its lot.</summary>
    private static double NoTradeHalfWidth(in HedgedGreeks current, double price, double riskAversion, HedgeInstrument[] tradable)
    {
        HedgeInstrument? cheapest = tradable
            .Where(i => i.Unit.Delta != 0 && i.Unit.Vega == 0)
            .MinBy(i => (i.HalfSpread + i.Fee) / Math.Abs(i.Unit.Delta));
        if (cheapest is null) return 0;

        double rate = (cheapest.HalfSpread + cheapest.Fee) / Math.Abs(cheapest.Unit.Delta);
        double coins = NoTradeBand.HalfWidth(rate, price, current.Gamma / (price * price * 0.01), riskAversion);

        return Math.Max(coins * price, Math.Abs((double)cheapest.LotSize * cheapest.Unit.Delta) * 0.5 * (1 + 1e-9));
    }

    private static SensitivityReport Told(in HedgedGreeks greeks, double price) =>
        new(greeks.Delta, greeks.Gamma, greeks.Vega, price > 0 ? greeks.Delta / price : 0);

    private static BandReport Told(HedgedBand band, bool ownDelta) => new(
        Kebab(band.Band.Greek.ToString()),
        double.IsInfinity(band.Band.Lower) ? null : band.Band.Lower,
        double.IsInfinity(band.Band.Upper) ? null : band.Band.Upper,
        ownDelta && band.Band.Greek == HedgedGreek.Delta ? "no-trade" : "plan",
        band.Before,
        band.After,
        band.BreachBefore,
        band.BreachAfter,
        band.Obstacle == HedgeObstacle.None ? null : Kebab(band.Obstacle.ToString()));

    private static TradeReport Told(HedgeTrade trade)
    {
        HedgedGreeks added = default(HedgedGreeks).Plus((double)trade.Size, trade.Instrument.Unit);

        return new TradeReport(
            trade.Instrument.Name.Value,
            trade.Lots > 0 ? "buy" : "sell",
            Price.Canonical(Math.Abs(trade.Size)).ToString(CultureInfo.InvariantCulture),
            added.Delta,
            added.Gamma,
            added.Vega,
            Told(trade.Cost));
    }

    private static CostReport Told(in HedgeCost cost) => new(cost.Spread, cost.Fees, cost.Impact, cost.Total);

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
