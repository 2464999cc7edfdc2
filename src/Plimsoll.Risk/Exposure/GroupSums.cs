using Plimsoll.Pricing.Responses;

namespace Plimsoll.Risk.Exposure;

/// <summary>
/// What a group of accounts holds together, its longs and its shorts apart, in the order the accounts were added: the row
/// of P from which every exposure of the group is one product with R.
/// <list type="number">
/// <item>Each account's positions are added to the longs or the shorts of their instruments.</item>
/// <item>Its coins, and the worth of its positions in the coins they settle in, are netted within the account and then
/// added to the longs or the shorts of the asset.</item>
/// <item><see cref="By"/> lays longs and shorts of each bucket out as two rows, multiplies them by the greeks once, and
/// takes net = longs + shorts, gross = |longs| + |shorts| from the columns without signs.</item>
/// </list>
/// </summary>
public sealed class GroupSums
{
    private readonly GreekMatrix matrix;
    private readonly double[] longs;
    private readonly double[] shorts;
    private readonly double[] coins;

    /// <summary>A group without accounts.</summary>
    public GroupSums(GreekMatrix matrix)
    {
        this.matrix = matrix;
        longs = new double[matrix.Responses.Rows];
        shorts = new double[matrix.Responses.Rows];
        coins = new double[matrix.AssetCount];
    }

    /// <summary>How many accounts were added.</summary>
    public int Accounts { get; private set; }

    /// <summary>The group of a range of accounts.</summary>
    /// <param name="accounts">Rows of the books.</param>
    /// <param name="positions">Accounts × instruments.</param>
    /// <param name="money">Accounts × assets.</param>
    /// <param name="matrix">The greeks.</param>
    public static GroupSums Of(Range accounts, SparseRows positions, SparseRows money, GreekMatrix matrix)
    {
        var sums = new GroupSums(matrix);
        (int first, int count) = accounts.GetOffsetAndLength(positions.Rows);
        for (int account = first; account < first + count; account++) sums.Add(account, positions, money);

        return sums;
    }

    /// <summary>Adds an account.</summary>
    public void Add(int account, SparseRows positions, SparseRows money)
    {
        ReadOnlySpan<int> instruments = positions.Columns(account);
        ReadOnlySpan<double> quantities = positions.Values(account);
        ReadOnlySpan<int> assets = money.Columns(account);
        ReadOnlySpan<double> amounts = money.Values(account);
        for (int i = 0; i < assets.Length; i++) coins[assets[i]] += amounts[i];
        for (int i = 0; i < instruments.Length; i++)
        {
            Put(instruments[i], quantities[i]);
            coins[matrix.Model.Contract(instruments[i]).Settlement] += quantities[i] * matrix.ValueInSettlement(instruments[i]);
        }

        foreach (int asset in assets) Put(asset);
        foreach (int instrument in instruments) Put(matrix.Model.Contract(instrument).Settlement);
        Accounts++;
    }

    /// <summary>The exposure in each bucket of a partition.</summary>
    public Exposed[] By(Bucketing bucketing)
    {
        var answer = new Exposed[bucketing.Count];
        (int[] buckets, SparseRows rows) = Rows(bucketing);
        double[] all = new double[rows.Rows * 2 * Greeks.Count];
        Product.All(rows, matrix.Responses, .., all);
        for (int b = 0; b < buckets.Length; b++) answer[buckets[b]] = Join(all.AsSpan(b * 4 * Greeks.Count, 4 * Greeks.Count));

        return answer;
    }

    /// <summary>The exposure of the whole group.</summary>
    public Exposed Whole() => By(Bucketing.Whole(matrix))[0];

    /// <summary>
    /// What is in each bucket, in the numeraire: coins owned, the worth of bought options, the size of every other position.
    /// Coins owed are not in a bucket: whoever is owed them has them in his.
    /// </summary>
    public double[] AtStake(Bucketing bucketing)
    {
        double[] sums = new double[bucketing.Count];
        for (int row = 0; row < longs.Length; row++)
        {
            ReadOnlySpan<double> unit = matrix.Responses.Row(row);
            bool coin = row >= matrix.InstrumentCount;
            double bought = coin ? unit[(int)Greek.Coins] : unit[matrix.Model.Contract(row).IsOption ? (int)Greek.Value : (int)Greek.Notional];
            sums[bucketing.BucketOf[row]] += (longs[row] * bought) - (coin ? 0 : shorts[row] * unit[(int)Greek.Notional]);
        }

        return sums;
    }

    /// <summary>What each bucket gains in a scenario.</summary>
    /// <param name="bucketing">A partition.</param>
    /// <param name="changes">What one unit of each row gains: rows as of the greeks.</param>
    /// <param name="scenario">Which column.</param>
    public double[] Changes(Bucketing bucketing, ResponseMatrix changes, int scenario)
    {
        double[] sums = new double[bucketing.Count];
        (int[] buckets, SparseRows rows) = Rows(bucketing);
        double[] all = new double[rows.Rows * changes.Columns];
        Product.All(rows, changes, .., all);
        for (int b = 0; b < buckets.Length; b++)
            sums[buckets[b]] = all[(2 * b * changes.Columns) + scenario] + all[(((2 * b) + 1) * changes.Columns) + scenario];

        return sums;
    }

    // Whatever the account's coins came to goes to one side, once.
    private void Put(int asset)
    {
        Put(matrix.InstrumentCount + asset, coins[asset]);
        coins[asset] = 0;
    }

    private void Put(int row, double quantity)
    {
        if (quantity > 0) longs[row] += quantity;
        else shorts[row] += quantity;
    }

    /// <summary>The buckets in which something is held, ascending, and two rows for each: longs, then shorts.</summary>
    private (int[] Buckets, SparseRows Rows) Rows(Bucketing bucketing)
    {
        var held = new SortedDictionary<int, List<int>>();
        for (int row = 0; row < longs.Length; row++)
        {
            if (longs[row] == 0 && shorts[row] == 0) continue;

            int bucket = bucketing.BucketOf[row];
            if (!held.TryGetValue(bucket, out List<int>? rows)) held.Add(bucket, rows = []);
            rows.Add(row);
        }

        var builder = new SparseRowsBuilder();
        foreach (List<int> rows in held.Values)
        {
            int[] columns = [.. rows];
            builder.Add(columns, Array.ConvertAll(columns, row => longs[row]));
            builder.Add(columns, Array.ConvertAll(columns, row => shorts[row]));
        }

        return ([.. held.Keys], builder.Build());
    }

    private static Exposed Join(ReadOnlySpan<double> s)
    {
        const int Columns = Greeks.Count;
        Span<double> net = stackalloc double[Columns];
        Span<double> gross = stackalloc double[Columns];
        for (int g = 0; g < Columns; g++)
        {
            net[g] = s[g] + s[(2 * Columns) + g];

            // Shorts are negative quantities, so the columns without signs sum to the negative of their size.
            gross[g] = s[Columns + g] - s[(3 * Columns) + g];
        }

        return new Exposed(Greeks.Of(net), Greeks.Of(gross));
    }
}
