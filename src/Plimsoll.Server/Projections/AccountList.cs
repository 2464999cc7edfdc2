using System.Collections.Concurrent;
using Plimsoll.Units;

namespace Plimsoll.Server.Projections;

/// <summary>The account list of one moment: its pages in any order, each order sorted once and only if somebody asks.</summary>
internal sealed class AccountList(AccountColumns columns, Func<AccountId, string> kindOf)
{
    public const int MostRows = 1000;

    private static readonly string[] Words = ["account", "kind", "phase"];

    private readonly ConcurrentDictionary<string, Lazy<int[]>> _orders = new(StringComparer.Ordinal);

    public AccountColumns Columns => columns;

    public AccountRow Row(int account) => AccountRow.Of(
        columns.Names[account].Value, kindOf(columns.Names[account]), columns.Verdicts[account], columns.Phases[account], columns.Distances[account]);

    /// <summary>The nearest to liquidation, nearest first, without sorting the rest: a heap of the nearest seen so far.</summary>
    public IReadOnlyList<AccountRow> Nearest(int most)
    {
        var heap = new PriorityQueue<int, (double, int)>(most + 1, Comparer<(double Distance, int Account)>.Create(static (x, y) => y.CompareTo(x)));
        for (int i = 0; i < columns.Count; i++)
        {
            double distance = Key("distance", i);
            if (heap.Count < most) heap.Enqueue(i, (distance, i));
            else if (heap.TryPeek(out _, out (double Distance, int) farthest) && distance < farthest.Distance) heap.EnqueueDequeue(i, (distance, i));
        }

        int[] nearest = new int[heap.Count];
        for (int place = nearest.Length - 1; place >= 0; place--) nearest[place] = heap.Dequeue();

        return Array.ConvertAll(nearest, Row);
    }

    /// <summary>A page of the list.</summary>
    /// <param name="order">A field's name, ascending, or with a minus before it, descending.</param>
    /// <param name="offset">Rows left out.</param>
    /// <param name="limit">Rows given, at most.</param>
    /// <param name="find">Only accounts whose name holds this text.</param>
    /// <exception cref="InputException">No such order, or a number out of range.</exception>
    public AccountsPage Page(string order, int offset, int limit, string? find)
    {
        if (offset < 0) throw new InputException("offset", $"found {offset}, expected 0 or more");
        if (limit is < 1 or > MostRows) throw new InputException("limit", $"found {limit}, expected 1 to {MostRows}");

        string field = order.StartsWith('-') ? order[1..] : order;
        if (!Array.Exists(Fields, known => known == field))
            throw new InputException("order", $"found '{order}', expected one of {string.Join(", ", Fields)}, with a minus before it for descending");

        int[] sorted = _orders.GetOrAdd(field, name => new Lazy<int[]>(() => Sorted(name))).Value;
        IEnumerable<int> rows = order.StartsWith('-') ? sorted.Reverse() : sorted;
        int total = columns.Count;
        if (!string.IsNullOrEmpty(find))
        {
            int[] found = [.. rows.Where(i => columns.Names[i].Value.Contains(find, StringComparison.OrdinalIgnoreCase))];
            (rows, total) = (found, found.Length);
        }

        return new AccountsPage(total, [.. rows.Skip(offset).Take(limit).Select(Row)]);
    }

    private static readonly string[] Fields =
        ["account", "kind", "phase", "distance", "marginRatio", "health", "equity", "counted", "maintenance", "initial", "notional"];

    private int[] Sorted(string field)
    {
        int[] accounts = [.. Enumerable.Range(0, columns.Count)];
        if (Array.Exists(Words, word => word == field))
        {
            Array.Sort(Array.ConvertAll(accounts, i => Word(field, i)), accounts, StringComparer.Ordinal);

            return accounts;
        }

        // Ties go to the older account: a stable order keeps rows from jumping between two looks.
        (double, int)[] keys = Array.ConvertAll(accounts, i => (Key(field, i), i));
        Array.Sort(keys, accounts);

        return accounts;
    }

    private string Word(string field, int account) => field switch
    {
        "kind" => $"{kindOf(columns.Names[account])} {columns.Names[account]}",
        "phase" => $"{(int)columns.Phases[account]} {columns.Names[account]}",
        _ => columns.Names[account].Value,
    };

    private double Key(string field, int account)
    {
        ref readonly var verdict = ref columns.Verdicts[account];
        double key = field switch
        {
            "distance" => columns.Distances[account],
            "marginRatio" => verdict.MarginRatio,
            "health" => verdict.MaintenanceHealth,
            "equity" => verdict.Equity,
            "counted" => verdict.Counted,
            "maintenance" => verdict.MaintenanceRequirement,
            "initial" => verdict.InitialRequirement,
            _ => verdict.Notional,
        };

        return double.IsNaN(key) ? double.PositiveInfinity : key;
    }
}
