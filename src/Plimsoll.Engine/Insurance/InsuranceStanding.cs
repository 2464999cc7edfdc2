using Plimsoll.Ledger.Accounts;
using Plimsoll.Risk.Liquidation.Insurance;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Engine.Insurance;

/// <summary>A balance of a layer, as the ledger has it.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Amount">How much.</param>
/// <param name="Worth">What that is at the last price, in the numeraire.</param>
public sealed record LayerBalance(AssetIndex Asset, Amount Amount, double Worth);

/// <summary>How one layer stands. Money is in the numeraire.</summary>
/// <param name="Terms">Its terms; those of the fund alone where the rulebook has no layers.</param>
/// <param name="Balances">What it holds; of external cover nothing.</param>
/// <param name="Worth">All of that; of external cover what may still be claimed.</param>
/// <param name="InPeriod">What it gave in this period.</param>
/// <param name="Drawn">What it gave so far.</param>
/// <param name="Fed">What it was fed from fees and penalties.</param>
public sealed record LayerStanding(LayerTerms Terms, IReadOnlyList<LayerBalance> Balances, double Worth, double InPeriod, double Drawn, double Fed);

/// <summary>How the mutual pool stands.</summary>
/// <param name="Premium">Capital, what is required, and what cover costs.</param>
/// <param name="Stakers">Accounts that staked.</param>
/// <param name="AskedBack">The part of the capital that was asked back, in the numeraire.</param>
/// <param name="NextPremium">When the next premium is due.</param>
public sealed record PoolStanding(PoolPremium Premium, int Stakers, double AskedBack, Instant? NextPremium)
{
    /// <summary>Capital ÷ what is required; none where nothing is.</summary>
    public double? CapitalRatio => Premium.Required > 0 ? Premium.Capital / Premium.Required : null;
}

/// <summary>The whole waterfall of a venue as it stands: every balance is the ledger's.</summary>
/// <param name="Layers">In the order they are drawn on.</param>
/// <param name="Pool">The mutual pool; none where there is none.</param>
/// <param name="Insurer">Who gives external cover; none where nobody does.</param>
/// <param name="Outstanding">What he owes for losses he bore, in the numeraire.</param>
/// <param name="OwnFundsLimit">The most the venue's own funds bear in a period; none for no limit.</param>
/// <param name="OwnFundsInPeriod">What they bore in this one.</param>
/// <param name="Totals">Who bore how much so far.</param>
public sealed record InsuranceStanding(
    IReadOnlyList<LayerStanding> Layers,
    PoolStanding? Pool,
    AccountId? Insurer,
    double Outstanding,
    double? OwnFundsLimit,
    double OwnFundsInPeriod,
    LossTotals Totals)
{
    /// <summary>Reads a venue; changes nothing.</summary>
    public static InsuranceStanding Of(VenueState venue)
    {
        InsuranceBook book = venue.Insurance;
        InsuranceTerms terms = book.Terms;
        IReadOnlyList<LayerTerms> layers = terms.Layers.IsEmpty ? [new LayerTerms(InsuranceLayer.Base)] : terms.Layers;

        return new InsuranceStanding(
            [.. layers.Select(layer => Layer(venue, layer))],
            terms.Pool is { } pool ? Of(venue, pool) : null,
            terms.Cover?.Insurer,
            book.Outstanding,
            terms.OwnFunds is { } limit ? (double)limit : null,
            book.OwnInPeriod,
            book.Totals);
    }

    private static LayerStanding Layer(VenueState venue, LayerTerms layer)
    {
        InsuranceBook book = venue.Insurance;
        List<LayerBalance> balances = [];
        if (InsuranceBook.FundOf(layer.Layer) is { } fund)
        {
            for (int i = 0; i < venue.Catalog.Assets.Count; i++)
            {
                var asset = new AssetIndex(i);
                Amount held = venue.Ledger.Balance(fund, asset);
                if (!held.IsZero) balances.Add(new LayerBalance(asset, held, venue.Catalog[asset].Scale.ToModel(held) * venue.Market.PriceOf(asset)));
            }
        }

        double worth = layer.Layer == InsuranceLayer.Cover
            ? Math.Max(0, (double)(book.Terms.Cover?.Limit ?? 0m) - book.Outstanding)
            : balances.Sum(balance => balance.Worth);

        return new LayerStanding(layer, balances, worth, book.InPeriod(layer.Layer), book.Totals.DrawnFrom(layer.Layer), book.Totals.FedTo(layer.Layer));
    }

    private static PoolStanding Of(VenueState venue, PoolTerms terms)
    {
        PoolShares shares = venue.Insurance.Pool;
        double asked = shares.All.Sum(one =>
            venue.Catalog[one.Asset].Scale.ToModel(shares.Worth(one.Asset, one.Stake.Asked)) * venue.Market.PriceOf(one.Asset));

        return new PoolStanding(
            PoolPremium.Of(terms, venue.Insurance.Worth(Fund.MutualPool)),
            shares.All.Select(one => one.Account).Distinct().Count(),
            asked,
            venue.Insurance.NextDue);
    }
}
