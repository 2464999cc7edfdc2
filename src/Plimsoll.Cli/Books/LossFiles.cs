using System.Globalization;
using System.Text;
using Plimsoll.Cli.Terminal;
using Plimsoll.Risk.Liquidation.Deleveraging;
using Plimsoll.Units;

namespace Plimsoll.Cli.Books;

/// <summary>A counterparty as a file names him.</summary>
/// <param name="Name">His account.</param>
/// <param name="Holder">What the policies ask of him.</param>
internal sealed record NamedHolder(string Name, AdlCandidate Holder);

/// <summary>Small CSV files about losses: counterparties of a bankrupt position, and losses of the past.</summary>
internal static class LossFiles
{
    private const long MostBytes = 64 << 20;
    private const double MostLots = 1e15;

    /// <summary>Counterparties: <c>account,size,entry,equity</c> and, if given, <c>exposure</c>; sizes signed and all on one side.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="lot">The smallest size.</param>
    /// <exception cref="InputException">A line that cannot be read: which, and what was expected.</exception>
    public static List<NamedHolder> Counterparties(string path, double mark, double lot)
    {
        (string[] head, List<(int Line, string[] Cells)> rows) = Read(path);
        int account = Column(path, head, "account"), size = Column(path, head, "size"), entry = Column(path, head, "entry"), equity = Column(path, head, "equity");
        int exposure = Array.IndexOf(head, "exposure");
        var holders = new List<NamedHolder>(rows.Count);
        foreach ((int line, string[] cells) in rows)
        {
            double held = Number(path, line, "size", cells[size]);
            double paid = Number(path, line, "entry", cells[entry]);
            double worth = Number(path, line, "equity", cells[equity]);
            double lots = Math.Round(Math.Abs(held) / lot);
            if (!(lots >= 1) || lots > MostLots) throw new InputException($"{path} line {line} size", $"found {cells[size]}, expected at least one lot of {lot.ToString(CultureInfo.InvariantCulture)}");
            if (!(paid > 0)) throw new InputException($"{path} line {line} entry", $"found {cells[entry]}, expected a number above 0");
            if (holders.Count > 0 && holders[0].Holder.Side != Math.Sign(held)) throw new InputException($"{path} line {line} size", "is on the other side than the first line");

            double notional = Math.Abs(held) * mark;
            double exposed = exposure >= 0 && cells[exposure].Length > 0 ? Number(path, line, "exposure", cells[exposure]) : notional;
            holders.Add(new NamedHolder(cells[account], new AdlCandidate(
                new AccountIndex(holders.Count), (long)lots, Math.Sign(held), notional, held * (mark - paid), Math.Abs(held) * paid, mark / paid, worth, notional, exposed)));
        }

        return holders.Count > 0 ? holders : throw new InputException(path, "names no counterparty");
    }

    /// <summary>Losses: the column <c>loss</c>, one a line, 0 or more.</summary>
    /// <exception cref="InputException">A line that cannot be read.</exception>
    public static double[] Losses(string path)
    {
        (string[] head, List<(int Line, string[] Cells)> rows) = Read(path);
        int loss = Column(path, head, "loss");

        return [.. rows.Select(row => Number(path, row.Line, "loss", row.Cells[loss]) is >= 0 and var value
            ? value
            : throw new InputException($"{path} line {row.Line} loss", $"found {row.Cells[loss]}, expected 0 or more"))];
    }

    private static (string[] Head, List<(int Line, string[] Cells)> Rows) Read(string path)
    {
        string[] lines = Encoding.UTF8.GetString(InputFile.Bytes(path, MostBytes)).ReplaceLineEndings("\n").Split('\n');
        string[] head = [.. lines[0].Split(',').Select(name => name.Trim())];
        var rows = new List<(int, string[])>();
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0) continue;
            string[] cells = [.. lines[i].Split(',').Select(cell => cell.Trim())];
            if (cells.Length != head.Length) throw new InputException($"{path} line {i + 1}", $"found {cells.Length} cells, expected {head.Length}");
            rows.Add((i + 1, cells));
        }

        return (head, rows);
    }

    private static int Column(string path, string[] head, string name) => Array.IndexOf(head, name) is >= 0 and var at
        ? at
        : throw new InputException($"{path} line 1", $"has no column {name}");

    private static double Number(string path, int line, string field, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new InputException($"{path} line {line} {field}", $"found '{text}', expected a number");
}
