using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Cli.Books;

/// <summary>A market file: what is listed and what it is worth. See <c>docs/formats/market.md</c>.</summary>
internal sealed record MarketFile(string At, IReadOnlyList<MarketAsset> Assets, IReadOnlyList<MarketInstrument> Instruments);

/// <summary>An asset of a market file.</summary>
internal sealed record MarketAsset(string Asset, int Decimals, AssetClass Class, decimal Price, string? Follows = null);

/// <summary>An instrument of a market file.</summary>
internal sealed record MarketInstrument(
    string Instrument, Payoff Payoff, string Settlement, decimal LotSize, decimal? Forward = null, double? Volatility = null);

/// <summary>A book file: accounts with what they own, owe and hold. See <c>docs/formats/book.md</c>.</summary>
internal sealed record BookFile(IReadOnlyList<BookAccount> Accounts);

/// <summary>An account of a book file.</summary>
internal sealed record BookAccount(
    string Account,
    IReadOnlyDictionary<string, string>? Balances = null,
    IReadOnlyDictionary<string, string>? Loans = null,
    IReadOnlyList<BookPosition>? Positions = null);

/// <summary>A position of a book file; without an entry it was opened at today's mark.</summary>
internal sealed record BookPosition(string Instrument, decimal Size, decimal? Entry = null);

/// <summary>Reads JSON files strictly: what is unknown, missing or malformed is one sentence with file, line and member.</summary>
internal static class StrictJson
{
    private const long MaxBytes = 256 << 20;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        MaxDepth = 16,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is not there, too large, or not what was expected.</exception>
    public static T Read<T>(string path)
    {
        if (!File.Exists(path)) throw new InputException(path, "there is no such file");
        if (new FileInfo(path).Length > MaxBytes) throw new InputException(path, "the file is larger than 256 MB");

        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options) ?? throw new InputException(path, "found null, expected an object");
        }
        catch (JsonException fault)
        {
            string member = fault.Path is { Length: > 2 } at ? $" {at[2..]}" : "";
            string reason = fault.Message.Split(" Path:", 2)[0].Split(" LineNumber:", 2)[0].Trim().TrimEnd('.');

            throw new InputException($"{path}:{fault.LineNumber + 1}{member}", Plain(reason), fault);
        }
    }

    // The serializer names .NET types; a reader of the message knows none of them.
    private static string Plain(string reason) => reason.StartsWith("The JSON value could not be converted to ", StringComparison.Ordinal)
        ? "the value is not of the kind expected here"
        : reason.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)
            ? "this member is not known"
            : reason.Contains("was missing required properties", StringComparison.Ordinal)
                ? $"missing {reason[(reason.LastIndexOf(':') + 1)..].Trim()}"
                : reason;
}
