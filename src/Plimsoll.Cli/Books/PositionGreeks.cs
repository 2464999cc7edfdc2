using System.Text.Json.Serialization;
using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Options;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Units;

namespace Plimsoll.Cli.Books;

/// <summary>What one position answers to small moves, in USD and in coins of its underlying; or the sum over an underlying.</summary>
/// <param name="Account">Whose it is; empty for a listing and for totals.</param>
/// <param name="Underlying">The asset it follows.</param>
/// <param name="Instrument">Its name; empty for totals.</param>
/// <param name="Size">Signed size.</param>
/// <param name="NetDelta">Delta less the premium in coin: Deribit's net transaction delta.</param>
/// <param name="Usd">
/// Value and Greeks in USD. Contracts whose profit is paid as it arises have no value of their own. Those of an option are Black's, per
/// unit of its forward, however it settles.
/// </param>
/// <param name="Coin">The same of the worth in coins of the underlying.</param>
internal sealed record PositionGreeks(string Account, string Underlying, string Instrument, double Size, double NetDelta, OptionGreeks Usd, CoinGreeks Coin)
{
    /// <summary>Whether this is a sum.</summary>
    [JsonIgnore]
    public bool IsTotal => Instrument.Length == 0;

    /// <summary>The positions of a book file, or one unit of all that a market file lists.</summary>
    /// <exception cref="InputException">A file cannot be used: which, where, and what was expected.</exception>
    public static IReadOnlyList<PositionGreeks> Read(string marketPath, string? bookPath, string? account)
    {
        if (bookPath is null)
        {
            if (account is not null) throw new InputException("--account", "needs a book file");

            VenueState market = JudgedBook.List(marketPath).Market;
            IReadOnlyList<MarketInstrument> listed = StrictJson.Read<MarketFile>(marketPath).Instruments;

            return [.. listed.Select(line => Of(market, "", line.Instrument, 1)).OfType<PositionGreeks>()];
        }

        VenueState state = JudgedBook.Read(bookPath, marketPath, null).Market;
        IReadOnlyList<BookAccount> accounts = StrictJson.Read<BookFile>(bookPath).Accounts;
        if (account is not null && !accounts.Any(one => one.Account == account)) throw new InputException("--account", $"the book has no account {account}");

        return
        [
            .. accounts.Where(one => account is null || one.Account == account)
                .SelectMany(one => (one.Positions ?? []).Select(position => Of(state, one.Account, position.Instrument, (double)position.Size)))
                .OfType<PositionGreeks>(),
        ];
    }

    /// <summary>One sum per underlying, in the order they come.</summary>
    public static IReadOnlyList<PositionGreeks> Totals(IReadOnlyList<PositionGreeks> lines) =>
    [
        .. lines.Select(line => line.Underlying).Distinct(StringComparer.Ordinal).Select(underlying => lines
            .Where(line => line.Underlying == underlying)
            .Aggregate(
                new PositionGreeks("", underlying, "", 0, 0, default, default),
                (sum, line) => sum with { NetDelta = sum.NetDelta + line.NetDelta, Usd = sum.Usd + line.Usd, Coin = sum.Coin + line.Coin })),
    ];

    /// <summary>The answers of one position; none for spot, which leaves no position.</summary>
    private static PositionGreeks? Of(VenueState state, string account, string name, double size)
    {
        if (!state.Catalog.TryFind(new InstrumentId(name), out InstrumentIndex index, out Instrument? instrument) || !instrument.HasPositions) return null;

        var terms = ContractTerms.Of(instrument);
        (double forward, double volatility) = (state.Market.ForwardOf(index), state.Market.VolatilityOf(index));
        double years = terms.YearsAt(state.Market.At);
        double price = state.Market.PriceOf(instrument.Underlying);
        (OptionGreeks usd, double per) = terms.IsOption
            ? (Black76.Greeks(new OptionInputs(terms.Side, forward, terms.Strike, years, volatility)).Times(terms.Quote < 0 ? 1 : state.Market.PriceOf(new AssetIndex(terms.Quote))), forward)
            : (Carried(UnitGreeks.Of(terms, forward, volatility, years, state.Market.PriceOf(instrument.Settlement), price), instrument.PaysPremium), price);
        string underlying = state.Catalog[instrument.Underlying].Id.ToString();

        return new PositionGreeks(
            account, underlying, name, size, size * (usd.Delta - (usd.Value / per)), usd.Times(size), CoinGreeks.Of(usd, per).Times(size));
    }

    /// <summary>A pool's own answers; a future, inverse or not, is worth nothing at its mark and has a delta alone, reckoned in USD.</summary>
    private static OptionGreeks Carried(in UnitGreeks unit, bool hasWorth) => hasWorth
        ? new(unit.Value, unit.Delta, unit.Gamma, unit.Vega, unit.Theta, unit.Rho, unit.Vanna, unit.Volga, unit.Charm, unit.Speed)
        : new(0, unit.Delta, 0, 0, 0, 0, 0, 0, 0, 0);
}
