using Plimsoll.Pricing.Responses;
using Plimsoll.Units;

namespace Plimsoll.Risk.Exposure;

/// <summary>What a book answers to moves of one underlying, in the numeraire.</summary>
/// <param name="Underlying">The asset that moves.</param>
/// <param name="Value">Worth of the positions on it, before their cost.</param>
/// <param name="Delta">Coins of it the positions move like.</param>
/// <param name="Gamma">Change of delta per numeraire unit of its price.</param>
/// <param name="Vega">Change of worth per vol point.</param>
/// <param name="Theta">Change of worth per day; negative when time costs the holder.</param>
/// <param name="Coins">Coins of it owned or owed, positions settling in it included: they move one for one.</param>
public readonly record struct UnderlyingGreeks(
    AssetIndex Underlying, double Value, double Delta, double Gamma, double Vega, double Theta, double Coins)
{
    /// <summary>Positions and coins together: what would have to be sold to be flat.</summary>
    public double NetDelta => Delta + Coins;
}

/// <summary>
/// Net greeks per underlying: positions × greeks, kept apart by underlying because a coin of one is no hedge of another.
/// </summary>
public static class NetGreeks
{
    /// <summary>The greeks of one account, by underlying, ascending; assets without any exposure are left out.</summary>
    public static UnderlyingGreeks[] Of(int account, SparseRows positions, SparseRows money, GreekSet greeks) =>
        Of(account..(account + 1), positions, money, greeks);

    /// <summary>The greeks of many accounts together, e.g. of all the venue's customers.</summary>
    /// <param name="accounts">A range of rows of the books.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="greeks">What one unit of each instrument answers.</param>
    public static UnderlyingGreeks[] Of(Range accounts, SparseRows positions, SparseRows money, GreekSet greeks)
    {
        (int first, int count) = accounts.GetOffsetAndLength(positions.Rows);
        var quantities = new double[greeks.Instruments.Rows];
        var coins = new double[greeks.AssetPrices.Length];
        for (int account = first; account < first + count; account++)
        {
            Add(positions.Columns(account), positions.Values(account), quantities);
            Add(money.Columns(account), money.Values(account), coins);
        }

        return Sum(quantities, coins, greeks);
    }

    private static void Add(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, double[] sums)
    {
        for (int i = 0; i < columns.Length; i++) sums[columns[i]] += values[i];
    }

    private static UnderlyingGreeks[] Sum(double[] quantities, double[] coins, GreekSet greeks)
    {
        var sums = new double[coins.Length * GreekSet.Columns];
        var held = new bool[coins.Length];
        for (int i = 0; i < quantities.Length; i++)
        {
            if (quantities[i] == 0) continue;
            int underlying = greeks.UnderlyingOf(i);
            held[underlying] = true;
            coins[greeks.SettlementOf(i)] += quantities[i] * greeks.ValueInSettlement(i);
            Product.Accumulate([i], [quantities[i]], greeks.Instruments, sums.AsSpan(underlying * GreekSet.Columns, GreekSet.Columns));
        }

        var answer = new List<UnderlyingGreeks>();
        for (int a = 0; a < coins.Length; a++)
        {
            if (!held[a] && coins[a] == 0) continue;
            Span<double> s = sums.AsSpan(a * GreekSet.Columns, GreekSet.Columns);
            answer.Add(new UnderlyingGreeks(new AssetIndex(a), s[0], s[1], s[2], s[3], s[4], coins[a]));
        }

        return [.. answer];
    }
}
