using System.Globalization;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.WhatIf;

/// <summary>Coins moved from the account asked about to another one.</summary>
/// <param name="To">Who gets them.</param>
/// <param name="Change">What he gets.</param>
public sealed record CoinsGiven(AccountId To, CoinsMoved Change);

/// <summary>
/// What is asked, put together from names and texts as people write them: <c>BTC-PERPETUAL 2 @ 65000</c>, <c>BTC −20%</c>,
/// vol <c>+10</c> points or <c>+10%</c> of itself. Whatever is not listed, or no number, is refused with a sentence.
/// </summary>
public sealed class WhatIfPlan
{
    /// <summary>The most changes, moves of prices and moves of volatilities one question may hold together.</summary>
    public const int MaxChanges = 1000;

    /// <summary>The name under which volatilities of all underlyings move that are not named themselves.</summary>
    public const string EveryUnderlying = "*";

    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private readonly Catalog catalog;
    private readonly MarketState market;
    private readonly List<(BookChange Change, string Text)> changes = [];
    private readonly List<CoinsGiven> given = [];
    private readonly List<PriceMove> prices = [];
    private readonly List<VolatilityMove> volatilities = [];
    private readonly List<string> moves = [];
    private TimeSpan later;

    /// <summary>A question that asks nothing yet.</summary>
    /// <param name="catalog">What is listed.</param>
    /// <param name="market">Today's market, for prices stated as such.</param>
    public WhatIfPlan(Catalog catalog, MarketState market) => (this.catalog, this.market) = (catalog, market);

    /// <summary>What happens to the account, in order, each with its words.</summary>
    public IReadOnlyList<(BookChange Change, string Text)> Changes => changes;

    /// <summary>How the market moves, in words.</summary>
    public string MarketSentence => string.Join(", ", moves);

    /// <summary>What other accounts are given.</summary>
    public IReadOnlyList<CoinsGiven> Given => given;

    /// <summary>Where the market stands; none where it stands today.</summary>
    public MarketShift? Shift => moves.Count == 0 ? null : MarketShift.Of(catalog, prices, volatilities, later);

    /// <summary>Trades a size, + bought.</summary>
    /// <exception cref="InputException">The instrument is not listed, or a text is no number.</exception>
    public WhatIfPlan Trade(string instrument, string size, string? price = null)
    {
        InstrumentIndex index = Listed("trade", instrument);

        return Take(new Traded(index, Number($"trade {instrument} size", size), price is null ? null : Number($"trade {instrument} price", price)), $"trade {instrument} {size}{At(price)}");
    }

    /// <summary>Trades a position to a size; 0 closes it.</summary>
    /// <inheritdoc cref="Trade"/>
    public WhatIfPlan Resize(string instrument, string size, string? price = null)
    {
        InstrumentIndex index = Listed("position", instrument);
        decimal wanted = Number($"position {instrument} size", size);

        return Take(
            new Resized(index, wanted, price is null ? null : Number($"position {instrument} price", price)),
            wanted == 0m ? $"close {instrument}{At(price)}" : $"resize {instrument} to {size}{At(price)}");
    }

    /// <summary>Pays coins in.</summary>
    /// <exception cref="InputException">The asset is not listed, or the amount is none of it above 0.</exception>
    public WhatIfPlan Deposit(string asset, string amount)
    {
        (AssetIndex index, Amount coins) = Coins("deposit", asset, amount);

        return Take(new CoinsMoved(index, coins), $"deposit {amount} {asset}");
    }

    /// <summary>Takes coins out.</summary>
    /// <inheritdoc cref="Deposit"/>
    public WhatIfPlan Withdraw(string asset, string amount)
    {
        (AssetIndex index, Amount coins) = Coins("withdraw", asset, amount);

        return Take(new CoinsMoved(index, -coins), $"withdraw {amount} {asset}");
    }

    /// <summary>Moves coins to another account.</summary>
    /// <inheritdoc cref="Deposit"/>
    public WhatIfPlan Move(string asset, string amount, string to)
    {
        (AssetIndex index, Amount coins) = Coins("move", asset, amount);
        if (!Identifier.IsValid(to)) throw new InputException("move to", $"'{to}' is not a name of 1 to 64 of A-Z a-z 0-9 . _ -");
        given.Add(new CoinsGiven(new AccountId(to), new CoinsMoved(index, coins)));

        return Take(new CoinsMoved(index, -coins), $"move {amount} {asset} to {to}");
    }

    /// <summary>Moves a price: <c>-20%</c> relative to today's, or <c>50000</c> to that price.</summary>
    /// <exception cref="InputException">The asset is not listed or has no price, or the text is neither.</exception>
    public WhatIfPlan Price(string asset, string move)
    {
        AssetIndex index = Asset("price", asset);
        double today = market.PriceOf(index);
        if (!(today > 0)) throw new InputException($"price {asset}", "has no price yet");
        double ratio = move.EndsWith('%')
            ? 1 + ((double)Number($"price {asset}", move[..^1]) / 100)
            : (double)Number($"price {asset}", move) / today;
        if (!(ratio > 0)) throw new InputException($"price {asset}", $"found '{move}', expected a move above -100% or a price above 0");
        prices.Add(new PriceMove(index, ratio));

        return Say($"{asset} {move}");
    }

    /// <summary>Moves implied volatility: <c>+10</c> points, or <c>+10%</c> of itself.</summary>
    /// <param name="underlying">The underlying, or <see cref="EveryUnderlying"/>.</param>
    /// <param name="move">The move.</param>
    /// <exception cref="InputException">The underlying is not listed, or the text is no number.</exception>
    public WhatIfPlan Volatility(string underlying, string move)
    {
        AssetIndex? index = underlying == EveryUnderlying ? null : Asset("vol", underlying);
        bool relative = move.EndsWith('%');
        double number = (double)Number($"vol {underlying}", relative ? move[..^1] : move) / 100;
        if (relative && number < -1) throw new InputException($"vol {underlying}", $"found '{move}', expected at least -100%");
        volatilities.Add(relative ? new VolatilityMove(index, 1 + number, 0) : new VolatilityMove(index, 1, number));

        return Say($"vol of {(index is null ? "everything" : underlying)} {move}{(relative ? "" : " points")}");
    }

    /// <summary>Lets days go by.</summary>
    /// <exception cref="InputException">It is no number of days from 0 on.</exception>
    public WhatIfPlan Days(string days)
    {
        double number = (double)Number("days", days);
        if (!(number >= 0 && number <= MarketShift.MostTime.TotalDays)) throw new InputException("days", $"found '{days}', expected 0 to {MarketShift.MostTime.TotalDays}");
        later = TimeSpan.FromDays(number);

        return number == 0 ? this : Say($"{days} days later");
    }

    private static string At(string? price) => price is null ? "" : $" at {price}";

    private static decimal Number(string field, string text) =>
        decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out decimal number) && Math.Abs(number) <= 1_000_000_000_000_000m
            ? number
            : throw new InputException(field, $"found '{text}', expected a number");

    private WhatIfPlan Take(BookChange change, string text)
    {
        MustHaveRoom();
        changes.Add((change, text));

        return this;
    }

    private WhatIfPlan Say(string move)
    {
        MustHaveRoom();
        moves.Add(move);

        return this;
    }

    private void MustHaveRoom()
    {
        if (changes.Count + moves.Count >= MaxChanges) throw new InputException("what-if", $"expected at most {MaxChanges} changes");
    }

    private InstrumentIndex Listed(string field, string name) =>
        Identifier.IsValid(name) && catalog.TryFind(new InstrumentId(name), out InstrumentIndex index) ? index : throw new InputException(field, $"'{name}' is not listed");

    private AssetIndex Asset(string field, string name) =>
        Identifier.IsValid(name) && catalog.TryFind(new AssetId(name), out AssetIndex index) ? index : throw new InputException(field, $"'{name}' is not listed");

    private (AssetIndex Asset, Amount Coins) Coins(string field, string name, string text)
    {
        AssetIndex index = Asset(field, name);
        AssetScale scale = catalog[index].Scale;

        return scale.TryParse(text, out Amount amount) && amount.Sign > 0
            ? (index, amount)
            : throw new InputException($"{field} {name}", $"found '{text}', expected an amount above 0 with at most {scale.Decimals} decimals");
    }
}
