using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
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

    private WhatIfBook(int[] instruments, double[] quantities, int[] assets, double[] coins, MarginMode mode = MarginMode.Portfolio) =>
        (this.instruments, this.quantities, this.assets, this.coins, Mode) = (instruments, quantities, assets, coins, mode);

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

    /// <summary>One account of a book, copied.</summary>
    /// <param name="account">Its row.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="terms">In which mode accounts are; without it all are in <see cref="MarginMode.Portfolio"/>.</param>
    public static WhatIfBook Of(int account, SparseRows positions, SparseRows money, AccountTerms? terms = null) => new(
        positions.Columns(account).ToArray(), positions.Values(account).ToArray(), money.Columns(account).ToArray(), money.Values(account).ToArray(),
        terms?.ModeOf(account) ?? MarginMode.Portfolio);

    /// <summary>The quantity held of an instrument; 0 where none is.</summary>
    public double QuantityOf(InstrumentIndex instrument) =>
        Array.BinarySearch(instruments, instrument.Value) is >= 0 and var at ? quantities[at] : 0;

    /// <summary>The coins owned of an asset, or − owed.</summary>
    public double CoinsOf(AssetIndex asset) => Array.BinarySearch(assets, asset.Value) is >= 0 and var at ? coins[at] : 0;

    /// <summary>The same account with another quantity of one instrument; 0 takes the position away.</summary>
    public WhatIfBook WithQuantity(InstrumentIndex instrument, double quantity) =>
        new(Set(instruments, quantities, instrument.Value, quantity, out double[] values), values, assets, coins, Mode);

    /// <summary>The same account in another margin mode.</summary>
    public WhatIfBook In(MarginMode mode) => new(instruments, quantities, assets, coins, mode);

    /// <summary>The same account with so many coins more of one asset.</summary>
    public WhatIfBook WithCoins(AssetIndex asset, double change) => change == 0
        ? this
        : new(instruments, quantities, Set(assets, coins, asset.Value, CoinsOf(asset) + change, out double[] values), values, Mode);

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

    internal Holdings Holdings => new(instruments, quantities, assets, coins) { Mode = Mode };

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
