using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Plimsoll.Units;

namespace Plimsoll.Cli.Terminal;

/// <summary>Options whose values are read strictly, each with a sentence of its own for what cannot be used.</summary>
internal static class Asked
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>Reads a value or says what was expected instead.</summary>
    public delegate bool Reader<T>(string text, out T value);

    /// <summary><c>--json</c>: one JSON document instead of tables.</summary>
    public static Option<bool> Json() => new("--json") { Description = "One JSON document on the output, nothing else." };

    /// <summary>A whole number within bounds.</summary>
    public static Option<int?> Count(string name, int least, int most, string description) =>
        Value<int?>(name, "N", $"a whole number from {least} to {most}", description, (string text, out int? value) =>
        {
            bool read = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most;
            value = read ? number : null;

            return read;
        });

    /// <summary>A number within bounds.</summary>
    public static Option<double?> Number(string name, string unit, double least, double most, string description) =>
        Value<double?>(name, unit, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"), description, (string text, out double? value) =>
        {
            bool read = double.TryParse(text, Plain, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most;
            value = read ? number : null;

            return read;
        });

    /// <summary>A number within bounds, or the usual one where the option stands alone.</summary>
    public static Option<double?> NumberOr(string name, string unit, double least, double most, double usual, string description)
    {
        Option<double?> option = Number(name, unit, least, most, description);
        Func<ArgumentResult, double?> strict = option.CustomParser!;
        option.Arity = ArgumentArity.ZeroOrOne;
        option.CustomParser = result => result.Tokens.Count == 0 ? usual : strict(result);

        return option;
    }

    /// <summary>A change in per cent with its sign, as a fraction.</summary>
    public static Option<double?> Percent(string name, double least, double most, string description) =>
        Value<double?>(name, "PERCENT", string.Create(CultureInfo.InvariantCulture, $"a percentage from {least * 100}% to {most * 100}%, such as -30%"), description, (string text, out double? value) =>
        {
            bool read = double.TryParse(text.EndsWith('%') ? text[..^1] : "x", Plain, CultureInfo.InvariantCulture, out double number);
            value = read ? number / 100 : null;

            return read && value >= least && value <= most;
        });

    /// <summary>A decimal above zero.</summary>
    public static Option<decimal?> Amount(string name, string unit, string description) =>
        Value<decimal?>(name, unit, "a number above 0", description, (string text, out decimal? value) =>
        {
            bool read = decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out decimal number) && number > 0;
            value = read ? number : null;

            return read;
        });

    /// <summary>A moment in ISO 8601, UTC where it names no zone.</summary>
    public static Option<Instant?> Time(string name, string description) =>
        Value<Instant?>(name, "TIME", "a time such as 2020-03-12T10:00:00Z", description, (string text, out Instant? value) =>
        {
            bool read = Instant.TryParse(text, out Instant at);
            value = read ? at : null;

            return read;
        });

    /// <summary>An option read by a reader of its own.</summary>
    public static Option<T> Value<T>(string name, string unit, string expected, string description, Reader<T> reader) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = result =>
        {
            string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
            if (reader(text, out T value)) return value;

            result.AddError($"{name}: found '{text}', expected {expected}");

            return default!;
        },
    };

    /// <summary>A named pair such as <c>BTC=file</c>, any number of times.</summary>
    public static Option<(string Name, string Value)[]> Pairs(string name, string unit, string description) => new(name)
    {
        Description = description,
        HelpName = unit,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.Select(token => Pair(result, name, unit, token.Value))],
    };

    private static (string Name, string Value) Pair(ArgumentResult result, string name, string unit, string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        if (at > 0 && at < text.Length - 1 && Identifier.IsValid(text.AsSpan(0, at))) return (text[..at], text[(at + 1)..]);

        result.AddError($"{name}: found '{text}', expected {unit}");

        return default;
    }
}
