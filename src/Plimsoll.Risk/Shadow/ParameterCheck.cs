using System.Collections.Immutable;
using System.Globalization;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Shadow;

/// <summary>
/// What a set of parameters must hold against what is listed, beyond being readable: a name nobody lists is a slip that would
/// silently count nothing, and a liquidation must bring an account nearer to its target than it costs.
/// </summary>
/// <remarks>
/// Asked of proposals only: a set that was in force before must always be readable again. Bonus × collateral factor below the
/// target health is the condition of Aave v4 (its comment in the liquidation logic); here the bonus is what a sale loses
/// against the mark, and the target is what the sale must restore.
/// </remarks>
public static class ParameterCheck
{
    /// <summary>Every fault as <c>field: what is wrong</c>, in the order of the set; none where it is sound.</summary>
    public static ImmutableArray<string> Faults(Catalog catalog, RiskParameters parameters) =>
        [.. Unlisted(catalog, parameters), .. Futile(catalog, parameters), .. Unsellable(catalog, parameters)];

    private static IEnumerable<string> Unlisted(Catalog catalog, RiskParameters parameters)
    {
        IEnumerable<(string Field, AssetId Asset)> assets =
        [
            .. parameters.Collateral.Select(terms => ("collateral", terms.Asset)),
            .. parameters.Lending.Lent.Select(terms => ("lending lent", terms.Asset)),
            .. parameters.Lending.Pledged.Select(terms => ("lending pledged", terms.Asset)),
            .. parameters.Oracles.Lines.Select(line => ("oracles assets", line.Asset!.Value)),
            .. parameters.Oracles.Lines.Where(line => line.RedeemedFor is not null).Select(line => ("oracles anchor", line.RedeemedFor!.Value)),
            .. (parameters.Contingencies.Depeg?.Lines ?? []).Where(line => line.Scope.Asset is not null).Select(line => ("contingencies depeg", line.Scope.Asset!.Value)),
            .. (parameters.Contingencies.CloseOut?.Lines ?? []).Where(line => line.Scope.Asset is not null).Select(line => ("contingencies closeOut", line.Scope.Asset!.Value)),
            .. (parameters.CollateralPolicy.Dynamic?.Markets ?? []).Where(market => market.Scope.Asset is not null).Select(market => ("collateralPolicy dynamic", market.Scope.Asset!.Value)),
            .. (parameters.Phases.Slices?.Depths ?? []).Where(line => line.Scope.Asset is not null).Select(line => ("phases slices", line.Scope.Asset!.Value)),
            .. parameters.Phases.Auction is { } auction ? [("phases auction.paidIn", auction.PaidIn)] : Array.Empty<(string, AssetId)>(),
            .. (parameters.Insurance.Pool?.Assets ?? []).Select(asset => ("insurance pool", asset)),
        ];
        foreach ((string field, AssetId asset) in assets)
        {
            if (!catalog.TryFind(asset, out _)) yield return $"parameters {field} {asset}: is not listed";
        }

        IEnumerable<(string Field, InstrumentId Instrument)> instruments =
        [
            .. parameters.Leverage.Where(terms => terms.Instrument is not null).Select(terms => ("leverage", terms.Instrument!.Value)),
            .. parameters.CollateralPolicy.Profits.Where(terms => terms.Instrument is not null).Select(terms => ("collateralPolicy profits", terms.Instrument!.Value)),
            .. parameters.Breakers.Lines.Where(line => line.Instrument is not null).Select(line => ("breakers lines", line.Instrument!.Value)),
            .. parameters.OpenInterest.Where(terms => terms.Instrument is not null).Select(terms => ("openInterest", terms.Instrument!.Value)),
        ];
        foreach ((string field, InstrumentId instrument) in instruments)
        {
            if (!catalog.TryFind(instrument, out _)) yield return $"parameters {field} {instrument}: is not listed";
        }
    }

    /// <summary>Contracts whose closing costs as much as it frees: a liquidation could never reach its target.</summary>
    private static IEnumerable<string> Futile(Catalog catalog, RiskParameters parameters)
    {
        foreach (Instrument instrument in catalog.Instruments.Where(instrument => instrument.HasPositions))
        {
            AssetClass assetClass = catalog[instrument.Underlying].Class;
            decimal cost = parameters.Liquidation.PenaltyRate + SlippageOf(parameters, assetClass);
            decimal freed = TargetRate(parameters, instrument.Id, assetClass);
            if (cost < freed) continue;

            yield return Text($"parameters liquidation.penaltyRate: closing {instrument.Id} costs {cost} of its notional with slippage, and frees {freed} of it at the target");

            // One contract of a set is enough to say it.
            yield break;
        }
    }

    /// <summary>Collateral whose sale costs more than it frees.</summary>
    private static IEnumerable<string> Unsellable(Catalog catalog, RiskParameters parameters)
    {
        decimal room = parameters.Target.Floor - parameters.Maintenance.Floor;
        foreach (CollateralTerms terms in parameters.Collateral)
        {
            if (!catalog.TryFind(terms.Asset, out AssetIndex index)) continue;

            decimal slippage = SlippageOf(parameters, catalog[index].Class);
            if (slippage > terms.Tiers[0].Haircut + room)
                yield return Text($"parameters collateral {terms.Asset}.tiers[0].haircut: a sale loses {slippage}, the haircut covers {terms.Tiers[0].Haircut} and the way from maintenance to target {room}");
        }

        foreach (PledgeTerms terms in parameters.Lending.Pledged)
        {
            if (!catalog.TryFind(terms.Asset, out AssetIndex index)) continue;

            decimal bonus = 1m / (1m - SlippageOf(parameters, catalog[index].Class));
            if (bonus * terms.LiquidationThreshold >= 1m)
                yield return Text($"parameters lending pledged {terms.Asset}.liquidationThreshold: {terms.LiquidationThreshold} × the bonus {decimal.Round(bonus, 6)} reaches the target of 1, so that a liquidation could not restore it");
        }
    }

    /// <summary>The least a position's notional frees at the target: its first leverage tier, or the line's floor.</summary>
    private static decimal TargetRate(RiskParameters parameters, InstrumentId instrument, AssetClass assetClass)
    {
        LeverageTerms? line = parameters.Leverage.FirstOrDefault(terms => terms.Instrument == instrument)
            ?? parameters.Leverage.FirstOrDefault(terms => terms.Instrument is null && terms.Class == assetClass);

        return line?.Tiers[0].Rates.Target ?? parameters.Target.Floor;
    }

    private static decimal SlippageOf(RiskParameters parameters, AssetClass assetClass)
    {
        SlippageTerms terms = parameters.Liquidation.Slippage.First(line => line.Class == assetClass);

        return terms.Base;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
