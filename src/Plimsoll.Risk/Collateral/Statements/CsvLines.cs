using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Statements;

/// <summary>One line of a CSV file with its number, its cells without their quotes.</summary>
/// <param name="Place">File and line, for what is said about it.</param>
/// <param name="Cells">The cells.</param>
internal readonly record struct CsvLine(string Place, IReadOnlyList<string> Cells);

/// <summary>CSV whose cells may be quoted, strictly: a quote opens and closes a whole cell, is doubled inside, and ends on its line.</summary>
internal static class CsvLines
{
    /// <summary>The lines that are not empty, the header first.</summary>
    /// <exception cref="InputException">A quote is not closed or stands inside a cell, or a line has not as many cells as the header.</exception>
    public static IReadOnlyList<CsvLine> Read(string text, string source)
    {
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        var read = new List<CsvLine>(lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Trim().Length == 0) continue;

            string place = $"{source}:{i + 1}";
            IReadOnlyList<string> cells = Cells(line, place);
            if (read.Count > 0 && cells.Count != read[0].Cells.Count)
                throw new InputException(place, $"found {cells.Count} fields, expected {read[0].Cells.Count}");
            read.Add(new CsvLine(place, cells));
        }

        return read.Count > 0 ? read : throw new InputException(source, "found nothing, expected a header and rows");
    }

    private static List<string> Cells(string line, string place)
    {
        var cells = new List<string>();
        int at = 0;
        do
        {
            cells.Add(at < line.Length && line[at] == '"' ? Quoted(line, ref at, place) : Plain(line, ref at, place));
        }
        while (at++ < line.Length);

        return cells;
    }

    /// <summary>From after the last comma to the next one.</summary>
    private static string Plain(string line, ref int at, string place)
    {
        int end = line.IndexOf(',', at);
        if (end < 0) end = line.Length;
        string cell = line[at..end];
        if (cell.Contains('"', StringComparison.Ordinal)) throw new InputException(place, $"found a quote inside the cell {cell.Trim()}");
        at = end;

        return cell.Trim();
    }

    private static string Quoted(string line, ref int at, string place)
    {
        int from = at + 1;
        int end = line.IndexOf('"', from);
        while (end >= 0 && end + 1 < line.Length && line[end + 1] == '"') end = line.IndexOf('"', end + 2);
        if (end < 0) throw new InputException(place, "found a quote that is not closed");

        at = end + 1;
        if (at < line.Length && line[at] != ',') throw new InputException(place, "found text behind a closing quote, expected a comma");

        return line[from..end].Replace("\"\"", "\"", StringComparison.Ordinal).Trim();
    }
}
