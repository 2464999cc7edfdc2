using System.Text.Json;
using Plimsoll.Units;

namespace Plimsoll.Markets.Chains;

/// <summary>
/// Reads a chain of option quotes from text, CSV or JSON told apart by the first character; see <c>docs/formats/chain.md</c>.
/// A row that cannot be read is kept with the reason and the rest is read; only a file that is no chain at all is refused.
/// </summary>
public static class ChainReader
{
    private const int MostRows = 1_000_000;

    /// <summary>Reads a chain.</summary>
    /// <param name="text">The content.</param>
    /// <param name="source">The file's name, for what is said about it.</param>
    /// <param name="unit">What prices are counted in where neither a column nor the instrument's name says so.</param>
    /// <exception cref="InputException">It is no chain: no header, no list, too many rows.</exception>
    public static OptionChain Read(string text, string source, PriceUnit? unit = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        var rows = new Rows(new ChainFields(unit), source);
        if (trimmed.Length == 0) throw new InputException(source, "found nothing, expected a chain of options");
        if (trimmed[0] is '[' or '{') ReadJson(trimmed, source, rows);
        else ReadCsv(trimmed, source, rows);

        return rows.Chain;
    }

    private static void ReadCsv(string text, string source, Rows rows)
    {
        using var reader = new StringReader(text);
        string[] header = Split(reader.ReadLine()!);
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < header.Length; i++)
            if (!columns.TryAdd(header[i], i)) throw new InputException($"{source}:1 {header[i]}", "this column is there twice");
        if (!ChainFields.Names.Any(columns.ContainsKey) && !columns.ContainsKey("strike"))
            throw new InputException($"{source}:1", $"found no column {ChainFields.Names[0]} or strike, expected the header of a chain");

        for (int line = 2; reader.ReadLine() is { } row; line++)
        {
            if (string.IsNullOrWhiteSpace(row)) continue;
            string[] fields = Split(row);
            if (fields.Length != header.Length) rows.Refuse(line, fields[0], $"found {fields.Length} fields, expected {header.Length}");
            else rows.Add(line, name => columns.TryGetValue(name, out int at) ? fields[at] : null, usualAt: null);
        }
    }

    private static string[] Split(string line) => [.. line.Split(',').Select(field => field.Trim().Trim('"'))];

    private static void ReadJson(string text, string source, Rows rows)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            (JsonElement list, Instant? at) = List(document.RootElement, source);
            int place = 0;
            foreach (JsonElement entry in list.EnumerateArray())
            {
                place++;
                if (entry.ValueKind == JsonValueKind.Object) rows.Add(place, name => Field(entry, name), at);
                else rows.Refuse(place, "", "expected an object");
            }
        }
        catch (JsonException fault)
        {
            throw new InputException($"{source}:{fault.LineNumber + 1}", "found text that is not JSON", fault);
        }
    }

    /// <summary>The list itself, or the member <c>result</c> (Deribit's envelope) or <c>quotes</c> that holds it, with the time beside it.</summary>
    private static (JsonElement List, Instant? At) List(JsonElement root, string source)
    {
        if (root.ValueKind == JsonValueKind.Array) return (root, null);

        Instant? at = root.TryGetProperty("at", out JsonElement time) && time.ValueKind == JsonValueKind.String && Instant.TryParse(time.GetString(), out Instant read) ? read : null;
        foreach (string member in (string[])["quotes", "result"])
            if (root.TryGetProperty(member, out JsonElement list) && list.ValueKind == JsonValueKind.Array) return (list, at);

        throw new InputException(source, "found no list of quotes, expected an array, or one named quotes or result");
    }

    private static string? Field(JsonElement entry, string name) => entry.TryGetProperty(name, out JsonElement value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Null => null,
            _ => throw new InputException(name, "expected a number or a text"),
        }
        : null;

    private sealed class Rows(ChainFields fields, string source)
    {
        private readonly List<OptionQuote> _quotes = [];
        private readonly List<UnreadableRow> _unreadable = [];

        public OptionChain Chain => new(_quotes, _unreadable);

        public void Add(int line, Func<string, string?> field, Instant? usualAt)
        {
            if (_quotes.Count + _unreadable.Count >= MostRows) throw new InputException($"{source}:{line}", $"found more than {MostRows} rows");
            string? reason = fields.Read(line, field, usualAt, out OptionQuote? quote);
            if (quote is null) _unreadable.Add(new UnreadableRow(line, NameOf(field), reason!));
            else _quotes.Add(quote);
        }

        public void Refuse(int line, string instrument, string reason)
        {
            if (_quotes.Count + _unreadable.Count >= MostRows) throw new InputException($"{source}:{line}", $"found more than {MostRows} rows");
            _unreadable.Add(new UnreadableRow(line, instrument, reason));
        }

        private static string NameOf(Func<string, string?> field) => ChainFields.Names.Select(field).FirstOrDefault(text => text is { Length: > 0 }) ?? "";
    }
}
