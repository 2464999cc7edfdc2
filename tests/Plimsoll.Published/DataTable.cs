using System.Globalization;

namespace Plimsoll.Published;

/// <summary>A CSV table of market data with a header row and no quoted fields.</summary>
public sealed class DataTable
{
    private readonly Dictionary<string, int> _columns;
    private readonly List<string[]> _rows;

    private DataTable(string path)
    {
        using var reader = new StreamReader(path);
        var header = reader.ReadLine()!.Split(',');
        _columns = Enumerable.Range(0, header.Length).ToDictionary(i => header[i], i => i);
        _rows = [];
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            if (fields.Length != header.Length) throw new InvalidDataException($"{path}: row {_rows.Count + 2} has {fields.Length} fields, not {header.Length}.");
            _rows.Add(fields);
        }
    }

    /// <summary>The table at that path inside the shared folder, or null when it is not there.</summary>
    public static DataTable? Open(string name) => SharedFolder.Find(name) is { } path ? new DataTable(path) : null;

    /// <summary>Number of rows below the header.</summary>
    public int Count => _rows.Count;

    /// <summary>A field as text.</summary>
    public string Text(int row, string column) => _rows[row][_columns[column]];

    /// <summary>A field as a number.</summary>
    public double Number(int row, string column) => double.Parse(Text(row, column), CultureInfo.InvariantCulture);
}
