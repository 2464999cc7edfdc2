using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>An asset of the market, and what the account owns or owes of it.</summary>
/// <param name="Asset">Its name.</param>
/// <param name="Class">What kind of thing it is.</param>
/// <param name="Follows">Place of the asset it is a claim on; none if it is one of its own.</param>
/// <param name="Coins">Signed coins, profit of contracts not included.</param>
/// <param name="Price">Price in the numeraire.</param>
public sealed record HeldAsset(AssetId Asset, AssetClass Class, int? Follows, double Coins, double Price);

/// <summary>A contract the account holds, with what it is valued at.</summary>
/// <param name="Instrument">Its name.</param>
/// <param name="Kind">The shape of the contract.</param>
/// <param name="Terms">Its terms; ordinals are places in <see cref="Portfolio.Assets"/>.</param>
/// <param name="Size">Signed size in the contract's own unit.</param>
/// <param name="Cost">Cost carried, in coins of the settlement asset, signed like the worth; 0 where the price was paid.</param>
/// <param name="Forward">The price it is valued at, in quote units.</param>
/// <param name="Volatility">Annual volatility; options only.</param>
/// <param name="Years">Years to expiry; options only.</param>
public sealed record HeldContract(
    InstrumentId Instrument, InstrumentKind Kind, ContractTerms Terms, double Size, double Cost, double Forward, double Volatility, double Years)
{
    /// <summary>Worth of one unit, in coins of the settlement asset.</summary>
    public double UnitWorth => UnitValue.Of(Terms, Forward, Volatility, Years);

    /// <summary>Profit since entry, or the worth of what was paid for, in coins of the settlement asset.</summary>
    public double Profit => (Size * UnitWorth) - Cost;

    /// <summary>Whether it is a perpetual or a future.</summary>
    public bool IsFuture => Kind is InstrumentKind.Perpetual or InstrumentKind.Future;

    /// <summary>Whether it is paid in its quote asset.</summary>
    public bool IsLinear => Terms.Shape is ContractShape.LinearForward or ContractShape.LinearOption;

    /// <summary>Signed size in coins of the underlying.</summary>
    public double Coins => Terms.IsInverseForward ? Size / Forward : Size;
}

/// <summary>
/// One account with the market it is judged in, in no rulebook's own terms: what any of them can be asked about.
/// </summary>
/// <param name="Assets">Every asset of the market, by ordinal.</param>
/// <param name="Contracts">The contracts held.</param>
public sealed record Portfolio(ImmutableArray<HeldAsset> Assets, ImmutableArray<HeldContract> Contracts)
{
    /// <summary>Everything owned less everything owed at market prices, in the numeraire.</summary>
    public double Equity => Assets.Sum(a => a.Coins * a.Price) + Contracts.Sum(Profit);

    /// <summary>Size of all contracts in the numeraire, without sign.</summary>
    public double Notional => Contracts.Sum(NotionalOf);

    /// <summary>Notional over equity; none where equity is not above 0.</summary>
    public double? Leverage => Equity > 0 ? Notional / Equity : null;

    /// <summary>The account of a house book.</summary>
    /// <param name="catalog">What is listed.</param>
    /// <param name="market">What it is worth.</param>
    /// <param name="positions">Contracts with signed size and the cost carried in the settlement asset.</param>
    /// <param name="money">Coins by asset: cash + loan − cost carried, as the judge reads them.</param>
    /// <exception cref="InputException">A contract has no price.</exception>
    public static Portfolio Of(
        Catalog catalog,
        MarketState market,
        IReadOnlyList<(InstrumentIndex Instrument, double Size, double Cost)> positions,
        IReadOnlyDictionary<AssetIndex, double> money)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ImmutableArray<HeldContract> contracts = [.. positions.Select(p => Contract(catalog, market, p.Instrument, p.Size, p.Cost))];
        ImmutableArray<HeldAsset> assets =
        [
            .. catalog.Assets.Select((asset, a) => new HeldAsset(
                asset.Id,
                asset.Class,
                asset.Follows?.Value,
                money.GetValueOrDefault(new AssetIndex(a)) + contracts.Where(c => c.Terms.Settlement == a).Sum(c => c.Cost),
                market.PriceOf(new AssetIndex(a)))),
        ];

        return new Portfolio(assets, contracts);
    }

    /// <summary>Price of an asset in the numeraire.</summary>
    /// <param name="asset">Its place, or −1 for the numeraire.</param>
    public double PriceOf(int asset) => asset < 0 ? 1 : Assets[asset].Price;

    /// <summary>Profit of a contract in the numeraire.</summary>
    public double Profit(HeldContract contract) => contract.Profit * PriceOf(contract.Terms.Settlement);

    /// <summary>Size of a contract in the numeraire, without sign; an option's is that of the coins under it.</summary>
    public double NotionalOf(HeldContract contract) =>
        Math.Abs(contract.Size) * UnitValue.NotionalInQuote(contract.Terms, contract.Forward) * PriceOf(contract.Terms.Quote);

    /// <summary>Coins of an asset, the profit of contracts that settle in it included.</summary>
    /// <param name="asset">Its place.</param>
    public double NetCoins(int asset) => Assets[asset].Coins + Contracts.Where(c => c.Terms.Settlement == asset).Sum(c => c.Profit);

    /// <summary>Whether an asset's price is in anything the account holds.</summary>
    /// <param name="asset">Its place.</param>
    public bool HangsOn(int asset) =>
        Enumerable.Range(0, Assets.Length).Any(a => Assets[a].Coins != 0 && Leads(a, asset))
        || Contracts.Any(c => Leads(c.Terms.Underlying, asset) || Leads(c.Terms.Settlement, asset));

    /// <summary>The same account with one asset's price moved, and with it every claim on the asset and every forward in proportion.</summary>
    /// <param name="asset">Its place.</param>
    /// <param name="ratio">What its price is multiplied by, above 0.</param>
    public Portfolio Moved(int asset, double ratio)
    {
        double By(int other) => other >= 0 && Leads(other, asset) ? ratio : 1;

        return new Portfolio(
            [.. Assets.Select((held, a) => held with { Price = held.Price * By(a) })],
            [.. Contracts.Select(c => c with { Forward = c.Forward * By(c.Terms.Underlying) / By(c.Terms.Quote) })]);
    }

    private static HeldContract Contract(Catalog catalog, MarketState market, InstrumentIndex index, double size, double cost)
    {
        Instrument listed = catalog[index];
        ContractTerms terms = ContractTerms.Of(listed);
        double forward = market.ForwardOf(index);

        return forward > 0
            ? new HeldContract(listed.Id, listed.Kind, terms, size, cost, forward, market.VolatilityOf(index), terms.YearsAt(market.At))
            : throw new InputException(listed.Id.Value, "has no price");
    }

    private bool Leads(int from, int goal)
    {
        // A chain of claims is at most as long as the list.
        for (int? at = from, steps = 0; at is { } asset && steps <= Assets.Length; at = Assets[asset].Follows, steps++)
            if (asset == goal) return true;

        return false;
    }
}
