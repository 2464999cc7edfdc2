using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Statements;

/// <summary>What an exchange states of one customer and one asset, in coins.</summary>
/// <param name="Asset">The asset, as the file writes it.</param>
/// <param name="Equity">What he has, not below 0.</param>
/// <param name="Debt">What he owes, not below 0.</param>
/// <param name="Net">Equity less debt, as the file states it.</param>
/// <param name="Pledged">What he has pledged for each of <see cref="PledgedFor"/>, in its order.</param>
public sealed record StatedAsset(string Asset, decimal Equity, decimal Debt, decimal Net, ImmutableArray<decimal> Pledged)
{
    /// <summary>Everything pledged, whatever for.</summary>
    public decimal Collateral => Pledged.Sum();
}

/// <summary>What an exchange states of one customer.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Number">His place in the exchange's list.</param>
/// <param name="Id">His name.</param>
/// <param name="Assets">His assets, in the order of the header.</param>
public sealed record StatedCustomer(string Place, string Number, string Id, ImmutableArray<StatedAsset> Assets);

/// <summary>
/// Customers as an exchange states them beside its proof of solvency, as CSV: <c>rn,id</c>, then for each asset X the
/// columns <c>e_X</c> equity, <c>d_X</c> debt, <c>X</c> net, <c>vl_X</c>, <c>m_X</c>, <c>pm_X</c> collateral pledged for
/// each purpose, and <c>total_net_balance_usdt</c>. Which assets there are, the header says.
/// </summary>
public static class CustomerStatement
{
    private static readonly string[] Pledges = ["vl_", "m_", "pm_"];

    /// <summary>Reads a file whole or not at all.</summary>
    /// <param name="text">Its content.</param>
    /// <param name="source">Its name, for what is said about it.</param>
    /// <exception cref="InputException">A cell cannot be used; the message names file, line and field.</exception>
    public static ImmutableArray<StatedCustomer> Read(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        IReadOnlyList<CsvLine> lines = CsvLines.Read(text, source);
        Columns columns = Columns.Of(lines[0]);
        if (lines.Count == 1) throw new InputException(source, "found no customer, expected a row for each");

        var (numbers, names) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        var customers = ImmutableArray.CreateBuilder<StatedCustomer>(lines.Count - 1);
        foreach (CsvLine line in lines.Skip(1))
        {
            StatedCustomer customer = columns.Customer(line);
            if (!numbers.Add(customer.Number)) throw new InputException($"{line.Place} rn", $"found {customer.Number} twice, expected it once");
            if (!names.Add(customer.Id)) throw new InputException($"{line.Place} id", $"found {customer.Id} twice, expected it once");
            customers.Add(customer);
        }

        return customers.MoveToImmutable();
    }

    /// <summary>Where the header says each figure stands.</summary>
    private sealed record Columns(int Number, int Id, int Total, ImmutableArray<(string Asset, int[] Places)> Assets)
    {
        public static Columns Of(in CsvLine header)
        {
            string place = header.Place;
            var at = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < header.Cells.Count; i++)
                if (!at.TryAdd(header.Cells[i], i)) throw new InputException($"{place} {header.Cells[i]}", "this column is there twice");

            int Take(string name) => at.Remove(name, out int column) ? column : throw new InputException($"{place} {name}", "this column is missing");

            (int number, int id, int total) = (Take("rn"), Take("id"), Take("total_net_balance_usdt"));
            string[] assets = [.. header.Cells.Where(name => name.StartsWith("e_", StringComparison.Ordinal)).Select(name => name[2..])];
            if (assets.Length == 0) throw new InputException($"{place} header", "found no column e_<asset>, expected one for each asset");

            var columns = new Columns(
                number,
                id,
                total,
                [.. assets.Select(asset => (asset, new[] { Take($"e_{asset}"), Take($"d_{asset}"), Take(asset) }.Concat(Pledges.Select(pledge => Take(pledge + asset))).ToArray()))]);
            if (at.Count > 0) throw new InputException($"{place} {at.Keys.Order(StringComparer.Ordinal).First()}", "is no column of a statement, expected rn, id, total_net_balance_usdt and e_X, d_X, X, vl_X, m_X, pm_X");

            return columns;
        }

        public StatedCustomer Customer(in CsvLine line)
        {
            (string place, IReadOnlyList<string> cells) = (line.Place, line.Cells);
            if (cells[Number].Length == 0) throw new InputException($"{place} rn", "is empty, expected the customer's place in the list");
            if (cells[Id].Length == 0) throw new InputException($"{place} id", "is empty, expected the customer's name");
            Figure.Signed(cells[Total], $"{place} total_net_balance_usdt");

            return new StatedCustomer(place, cells[Number], cells[Id], [.. Assets.Select(one => Asset(place, cells, one.Asset, one.Places))]);
        }

        private static StatedAsset Asset(string place, IReadOnlyList<string> cells, string asset, int[] at) => new(
            asset,
            Figure.Read(cells[at[0]], $"{place} e_{asset}"),
            Figure.Read(cells[at[1]], $"{place} d_{asset}"),
            Figure.Signed(cells[at[2]], $"{place} {asset}"),
            [.. Pledges.Select((pledge, use) => Figure.Read(cells[at[3 + use]], $"{place} {pledge}{asset}"))]);
    }
}
