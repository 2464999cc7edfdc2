using System.Collections.Immutable;
using System.Globalization;
using Plimsoll.Units;

namespace Plimsoll.Risk.Collateral.Statements;

/// <summary>What a customer has pledged an asset for: an exchange keeps one schedule for each.</summary>
public enum PledgedFor : byte
{
    /// <summary>A loan of the house's desk for large customers.</summary>
    VipLoan = 0,

    /// <summary>Margin loans.</summary>
    Margin = 1,

    /// <summary>Portfolio margin.</summary>
    PortfolioMargin = 2,
}

/// <summary>One asset of a published haircut file.</summary>
/// <param name="Token">The asset, as the file writes it.</param>
/// <param name="Price">Its price in USDT when the file was made.</param>
/// <param name="Schedules">What counts for each of <see cref="PledgedFor"/>, in its order; none where nothing does.</param>
public sealed record HaircutRow(string Token, decimal Price, ImmutableArray<CollateralTerms?> Schedules)
{
    /// <summary>What counts of a pledge.</summary>
    public CollateralTerms? this[PledgedFor use] => Schedules[(int)use];
}

/// <summary>
/// The haircut tiers an exchange publishes beside its proof of solvency, as CSV
/// <c>token,usdt_price,vip_loan_tiers,margin_tiers,portfolio_margin_tiers</c>: a schedule is
/// <c>[from-to:percent, …]</c>, bounds in whole USDT, and the per cent of the slice's value that counts. They become
/// schedules of our own: a haircut is what does not count, and what lies above the last bound is above the cap.
/// </summary>
public sealed class HaircutFile
{
    private const string Header = "token,usdt_price,vip_loan_tiers,margin_tiers,portfolio_margin_tiers";

    /// <summary>The bound that means none: the largest whole number of 64 bits.</summary>
    private const ulong NoEnd = ulong.MaxValue;

    private readonly Dictionary<string, HaircutRow> rows;

    private HaircutFile(string source, ImmutableArray<HaircutRow> ordered)
    {
        (Source, Rows) = (source, ordered);
        rows = ordered.ToDictionary(row => row.Token, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The file's name.</summary>
    public string Source { get; }

    /// <summary>The assets in the order of the file.</summary>
    public ImmutableArray<HaircutRow> Rows { get; }

    /// <summary>An asset by name, upper or lower case.</summary>
    public HaircutRow? Find(string token) => rows.GetValueOrDefault(token);

    /// <summary>Reads a file whole or not at all.</summary>
    /// <param name="text">Its content.</param>
    /// <param name="source">Its name, for what is said about it.</param>
    /// <exception cref="InputException">A cell cannot be used; the message names file, line and field.</exception>
    public static HaircutFile Read(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        IReadOnlyList<CsvLine> lines = CsvLines.Read(text, source);
        string header = string.Join(',', lines[0].Cells);
        if (header != Header) throw new InputException($"{lines[0].Place} header", $"found '{header}', expected {Header}");
        if (lines.Count == 1) throw new InputException(source, "found no asset, expected a row for each");

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var ordered = ImmutableArray.CreateBuilder<HaircutRow>(lines.Count - 1);
        foreach (CsvLine line in lines.Skip(1))
        {
            HaircutRow row = Row(line);
            if (!seen.Add(row.Token)) throw new InputException($"{line.Place} token", $"found {row.Token} twice, expected it once");
            ordered.Add(row);
        }

        return new HaircutFile(source, ordered.MoveToImmutable());
    }

    private static HaircutRow Row(in CsvLine line)
    {
        string token = line.Cells[0];
        if (!Identifier.IsValid(token)) throw new InputException($"{line.Place} token", $"found '{token}', expected 1 to 64 of A-Z a-z 0-9 . _ -");

        decimal price = Figure.Read(line.Cells[1], $"{line.Place} usdt_price");
        if (price <= 0m) throw new InputException($"{line.Place} usdt_price", $"found {line.Cells[1]}, expected a price above 0");

        var asset = new AssetId(token.ToUpperInvariant());
        string[] columns = Header.Split(',');
        string place = line.Place;
        IReadOnlyList<string> cells = line.Cells;

        return new HaircutRow(token, price, [.. Enum.GetValues<PledgedFor>().Select(use => Schedule(asset, cells[2 + (int)use], $"{place} {columns[2 + (int)use]}"))]);
    }

    private static CollateralTerms? Schedule(AssetId asset, string cell, string place)
    {
        if (cell.Length == 0 || cell.Replace(" ", "", StringComparison.Ordinal) == "[]") return null;
        if (cell[0] != '[' || cell[^1] != ']') throw new InputException(place, $"found '{cell}', expected [from-to:percent, ...]");

        var tiers = ImmutableArray.CreateBuilder<CollateralTier>();
        ulong end = 0;
        foreach (string slice in cell[1..^1].Split(','))
        {
            (ulong from, ulong to, decimal percent) = Slice(slice.Trim(), place);
            if (end == NoEnd) throw new InputException(place, $"found {slice.Trim()} behind a tier without end");
            if (from != end) throw new InputException(place, $"found a tier from {from}, expected it to begin at {end}");
            if (to <= from) throw new InputException(place, $"found {slice.Trim()}, expected it to end above {from}");

            decimal haircut = 1m - (percent / 100m);
            if (tiers.Count > 0 && haircut < tiers[^1].Haircut) throw new InputException(place, $"found {percent} % behind a smaller part, expected no tier to count more than the one before");
            tiers.Add(new CollateralTier(from, haircut));
            end = to;
        }

        return new CollateralTerms(asset, tiers.ToImmutable(), end == NoEnd ? null : end).Canonical();
    }

    private static (ulong From, ulong To, decimal Percent) Slice(string text, string place)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (dash > 0 && colon > dash
            && ulong.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out ulong from)
            && ulong.TryParse(text.AsSpan(dash + 1, colon - dash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong to)
            && decimal.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent)
            && percent <= 100m)
        {
            return (from, to, percent);
        }

        throw new InputException(place, $"found '{text}', expected from-to:percent in whole USDT and 0 to 100 %");
    }
}
