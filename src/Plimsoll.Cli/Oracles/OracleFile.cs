using System.Text.Json;
using Plimsoll.Cli.Books;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Cli.Oracles;

/// <summary>What sources say of several assets at one moment, and how it is to be joined (docs/formats/oracles.md).</summary>
/// <param name="Now">The moment, ISO 8601.</param>
/// <param name="Oracles">The section <c>oracles</c> of risk parameters.</param>
/// <param name="Reports">What the sources last said.</param>
/// <param name="Last">Prices of before.</param>
/// <param name="Averages">Pools whose time-weighted average somebody reads.</param>
internal sealed record OracleFile(
    string Now, JsonElement Oracles, IReadOnlyList<FiledReport> Reports, IReadOnlyList<FiledPrice>? Last = null, IReadOnlyList<FiledAverage>? Averages = null)
{
    private const int MostReports = 100_000;

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InputException">What is wrong, and where.</exception>
    public static OracleFile Read(string path)
    {
        OracleFile file = StrictJson.Read<OracleFile>(path);
        if (file.Reports.Count > MostReports) throw new InputException($"{path} reports", $"found {file.Reports.Count}, expected at most {MostReports}");

        return file;
    }

    /// <summary>The moment asked about.</summary>
    public Instant At(string path) => Moment($"{path} now", Now);

    /// <summary>How reports are joined.</summary>
    public OracleRules Rules(string path)
    {
        try
        {
            return OracleRules.FromJson(Oracles.GetRawText());
        }
        catch (InputException fault)
        {
            throw new InputException(path, fault.Message, fault);
        }
    }

    /// <summary>Reads a moment of a file.</summary>
    public static Instant Moment(string place, string text) =>
        Instant.TryParse(text, out Instant moment) && moment.UnixMicroseconds >= 0 ? moment : throw new InputException(place, $"'{text}' is no time, expected ISO 8601 after 1970");

    /// <summary>Reads a name of a file.</summary>
    public static string Name(string place, string text) =>
        Identifier.IsValid(text) ? text : throw new InputException(place, $"'{text}' is no name, expected 1 to 64 of A-Z a-z 0-9 . _ -");
}

/// <summary>What one source said; whatever the number, so that what cannot be a price is named and not refused.</summary>
internal sealed record FiledReport(string Asset, string Source, decimal Price, string ObservedAt, double Confidence = 0, double Depth = 1)
{
    public PriceReport ToReport(string place) =>
        new(new AccountId(OracleFile.Name($"{place}.source", Source)), (double)Price, Confidence, OracleFile.Moment($"{place}.observedAt", ObservedAt), Depth);
}

/// <summary>A price of before.</summary>
internal sealed record FiledPrice(string Asset, decimal Price, string ObservedAt, double Confidence = 0)
{
    public OraclePrice ToPrice(string place)
    {
        if (Price is < Units.Price.Min or > Units.Price.Max) throw new InputException($"{place}.price", $"found {Price}, expected a price above 0");

        return new OraclePrice(OracleStatus.Live, (double)Price, Confidence, OracleFile.Moment($"{place}.observedAt", ObservedAt), 1, 0, []);
    }
}

/// <summary>A full-range pool whose average price over so many blocks somebody reads.</summary>
/// <param name="Asset">Whose price.</param>
/// <param name="Liquidity">L, the root of the product of both reserves.</param>
/// <param name="Blocks">The blocks of the average.</param>
internal sealed record FiledAverage(string Asset, double Liquidity, int Blocks);
