using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.WhatIf;

/// <summary>What one account holds, taken out of the books so that it can be changed without changing them. Never changes itself.</summary>
public sealed class WhatIfBook
{
    private readonly int[] instruments;
    private readonly double[] quantities;
    private readonly int[] assets;
    private readonly double[] coins;
    private int[] costsOf = [];
    private double[] costs = [];
    private readonly OthersHoldings? others;

    private WhatIfBook(int[] instruments, double[] quantities, int[] assets, double[] coins, MarginMode mode = MarginMode.Portfolio) =>
        (this.instruments, this.quantities, this.assets, this.coins, Mode) = (instruments, quantities, assets, coins, mode);

    private WhatIfBook(WhatIfBook from, int[] instruments, double[] quantities, int[] assets, double[] coins, MarginMode mode)
        : this(instruments, quantities, assets, coins, mode) => (costsOf, costs, others) = (from.costsOf, from.costs, from.others);

    private WhatIfBook(in Holdings holdings)
        : this(holdings.Instruments.ToArray(), holdings.Quantities.ToArray(), holdings.Assets.ToArray(), holdings.Money.ToArray(), holdings.Mode) =>
        (costsOf, costs, others) = (holdings.CostsOf.ToArray(), holdings.Costs.ToArray(), holdings.Others);

    /// <summary>Nothing held.</summary>
    public static WhatIfBook Empty { get; } = new([], [], [], []);

    /// <summary>The margin mode it is judged in.</summary>
    public MarginMode Mode { get; }

    /// <summary>Instruments held, ascending.</summary>
    public ReadOnlySpan<int> Instruments => instruments;

    /// <summary>A signed quantity for each, in the instrument's own unit.</summary>
    public ReadOnlySpan<double> Quantities => quantities;

    /// <summary>Assets owned or owed, ascending.</summary>
    public ReadOnlySpan<int> Assets => assets;

    /// <summary>Coins of each: cash and loan less the carried cost of positions.</summary>
    public ReadOnlySpan<double> Coins => coins;

    /// <summary>One account of a book, copied, as if its owner had no other.</summary>
    /// <param name="account">Its row.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    public static WhatIfBook Of(int account, SparseRows positions, SparseRows money) => new(
        positions.Columns(account).ToArray(), positions.Values(account).ToArray(), money.Columns(account).ToArray(), money.Values(account).ToArray());

    /// <summary>One account of a venue, copied with what else the judge knows of it: its mode, what positions in thin markets
    /// cost, and what its owner has in his other accounts, which are taken to stand still.</summary>
    /// <param name="account">Its row.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="responses">The market's rows.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="terms">What must be known of accounts beside what they hold.</param>
    public static WhatIfBook Of(int account, SparseRows positions, SparseRows money, ResponseSet responses, MarginModel model, AccountTerms? terms) =>
        new(new Books(positions, money, responses, model, terms).Of(account));

    /// <summary>The quantity held of an instrument; 0 where none is.</summary>
    public double QuantityOf(InstrumentIndex instrument) =>
        Array.BinarySearch(instruments, instrument.Value) is >= 0 and var at ? quantities[at] : 0;

    /// <summary>The coins owned of an asset, or − owed.</summary>
    public double CoinsOf(AssetIndex asset) => Array.BinarySearch(assets, asset.Value) is >= 0 and var at ? coins[at] : 0;

    /// <summary>The same account with another quantity of one instrument; 0 takes the position away.</summary>
    public WhatIfBook WithQuantity(InstrumentIndex instrument, double quantity) =>
        new(this, Set(instruments, quantities, instrument.Value, quantity, out double[] values), values, assets, coins, Mode);

    /// <summary>The same account with a position traded to a quantity.</summary>
    /// <param name="instrument">In what.</param>
    /// <param name="quantity">The quantity afterwards.</param>
    /// <param name="paid">What the trade was worth, in settlement coins: + for what was bought.</param>
    /// <param name="model">The rulebook, which knows whose profit counts only in part.</param>
    internal WhatIfBook WithTrade(InstrumentIndex instrument, double quantity, double paid, MarginModel model)
    {
        WhatIfBook after = WithQuantity(instrument, quantity);
        double held = QuantityOf(instrument);
        int at = Array.BinarySearch(costsOf, instrument.Value);
        bool told = at >= 0 || (held == 0 && model.RefusedProfit(instrument.Value) > 0);
        if (!told || quantity == held) return after;

        double cost = held == 0 || Math.Sign(held) == -Math.Sign(quantity)
            ? paid * quantity / (quantity - held)
            : Math.Abs(quantity) > Math.Abs(held) ? costs[at] + paid : costs[at] * quantity / held;
        // A cost of nothing is a cost: it is the position that decides whether there is one.
        after.costsOf = at >= 0 && quantity != 0 ? costsOf : at >= 0 ? [.. costsOf[..at], .. costsOf[(at + 1)..]] : [.. costsOf[..~at], instrument.Value, .. costsOf[~at..]];
        after.costs = at >= 0 && quantity != 0 ? [.. costs[..at], cost, .. costs[(at + 1)..]] : at >= 0 ? [.. costs[..at], .. costs[(at + 1)..]] : [.. costs[..~at], cost, .. costs[~at..]];

        return after;
    }

    /// <summary>The same account in another margin mode.</summary>
    public WhatIfBook In(MarginMode mode) => new(this, instruments, quantities, assets, coins, mode);

    /// <summary>The same account with so many coins more of one asset.</summary>
    public WhatIfBook WithCoins(AssetIndex asset, double change) => change == 0
        ? this
        : new(this, instruments, quantities, Set(assets, coins, asset.Value, CoinsOf(asset) + change, out double[] values), values, Mode);

    /// <summary>
    /// The assets whose price the account hangs on and that are not meant to hold still: its contracts' underlyings and its
    /// coins, ascending.
    /// </summary>
    /// <param name="catalog">What is listed.</param>
    public ImmutableArray<AssetIndex> Underlyings(Catalog catalog)
    {
        var found = new SortedSet<AssetIndex>();
        foreach (int instrument in instruments) found.Add(catalog.Instruments[instrument].Underlying);
        foreach (int asset in assets) found.Add(new AssetIndex(asset));

        return [.. found.Where(asset => catalog[asset].Class is not (AssetClass.Stable or AssetClass.Fiat))];
    }

    internal Holdings Holdings => new(instruments, quantities, assets, coins) { Mode = Mode, Others = others, CostsOf = costsOf, Costs = costs };

    internal void MustBeKnownTo(MarginModel model) => Law.Holds(
        (instruments.Length == 0 || instruments[^1] < model.InstrumentCount) && (assets.Length == 0 || assets[^1] < model.AssetCount),
        "the margin model knows every instrument and asset in the books");

    private static int[] Set(int[] columns, double[] values, int column, double value, out double[] changed)
    {
        int at = Array.BinarySearch(columns, column);
        if (at >= 0 && value != 0)
        {
            changed = (double[])values.Clone();
            changed[at] = value;

            return columns;
        }

        if (at < 0 && value == 0)
        {
            changed = values;

            return columns;
        }

        changed = at >= 0 ? [.. values[..at], .. values[(at + 1)..]] : [.. values[..~at], value, .. values[~at..]];

        return at >= 0 ? [.. columns[..at], .. columns[(at + 1)..]] : [.. columns[..~at], column, .. columns[~at..]];
    }
}
