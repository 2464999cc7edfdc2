using System.Globalization;
using System.Text;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Depth;
using Plimsoll.Units;

namespace Plimsoll.Cli.Books;

/// <summary>
/// Visible depth as CSV: <c>ts_ms,level,bid_price,bid_qty,ask_price,ask_qty</c>, levels from 1, moment after moment; the
/// last moment counts.
/// </summary>
internal static class DepthCsv
{
    private const string Header = "ts_ms,level,bid_price,bid_qty,ask_price,ask_qty";
    private const long MostBytes = 256 << 20;

    /// <summary>The book of a file's last moment.</summary>
    /// <exception cref="InputException">Which file, line and field cannot be used.</exception>
    public static DepthBook Read(string path)
    {
        string[] lines = Encoding.UTF8.GetString(InputFile.Bytes(path, MostBytes)).Split('\n', StringSplitOptions.TrimEntries);
        if (lines[0] != Header) throw new InputException($"{path}:1", $"expected the header {Header}");

        int last = lines.Length - 1;
        while (last > 0 && lines[last].Length == 0) last--;
        if (last == 0) throw new InputException(path, "holds no level");

        string moment = lines[last].Split(',')[0];
        int first = last;
        while (first > 1 && lines[first - 1].StartsWith($"{moment},", StringComparison.Ordinal)) first--;

        var bids = new List<DepthLevel>();
        var asks = new List<DepthLevel>();
        for (int i = first; i <= last; i++)
        {
            string[] fields = lines[i].Split(',');
            string place = $"{path}:{i + 1}";
            if (fields.Length != 6) throw new InputException(place, $"found {fields.Length} fields, expected 6");

            // A side that has no more levels leaves its fields empty.
            if (fields[2].Length > 0) bids.Add(new DepthLevel(Number(place, "bid_price", fields[2]), Number(place, "bid_qty", fields[3])));
            if (fields[4].Length > 0) asks.Add(new DepthLevel(Number(place, "ask_price", fields[4]), Number(place, "ask_qty", fields[5])));
        }

        try
        {
            return new DepthBook(bids, asks);
        }
        catch (InputException fault)
        {
            throw new InputException($"{path}:{first + 1}", fault.Message, fault);
        }
    }

    private static double Number(string place, string field, string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new InputException($"{place} {field}", $"'{text}' is not a number above 0");
}
