using System.Globalization;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>Numbers as a person reads them: grouped, in few digits, with their unit. What flatters is rounded down.</summary>
internal static class Figures
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    /// <summary>A sum in the numeraire: <c>1,234,567</c>; below 1,000 with cents.</summary>
    public static string Usd(double value) => Math.Abs(value) < 1000 && value != Math.Round(value) ? Text(value, "#,##0.00") : Text(value, "#,##0");

    /// <summary>A sum in the numeraire in few characters: <c>12.3 M</c>.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        >= 999_500_000 => Text(value / 1e9, "0.00") + " bn",
        >= 999_500 => Text(value / 1e6, "0.00") + " M",
        >= 10_000 => Text(value / 1e3, "0.0") + " k",
        _ => Text(value, "#,##0"),
    };

    /// <summary>Coins in few characters, four digits that count.</summary>
    public static string Coins(double value) => Math.Abs(value) switch
    {
        >= 999_500_000 => Text(value / 1e9, "0.00") + " bn",
        >= 99_950_000 => Text(value / 1e6, "0") + " M",
        >= 9_995_000 => Text(value / 1e6, "0.0") + " M",
        >= 999_500 => Text(value / 1e6, "0.00") + " M",
        >= 99_950 => Text(value / 1e3, "0") + " k",
        >= 9_999.5 => Text(value / 1e3, "0.0") + " k",
        >= 100 => Text(value, "#,##0"),
        >= 1 => Text(value, "0.00"),
        0 => "0",
        _ => Text(value, "0.####"),
    };

    /// <summary>A fraction as per cent, rounded down so that 99.999 % never reads as 100.</summary>
    public static string Percent(double? fraction) => fraction is { } value ? Text(Math.Floor(value * 10_000) / 100, "0.00") + " %" : None;

    /// <summary>A price with the digits a desk needs.</summary>
    public static string Price(double value) => Math.Abs(value) switch
    {
        >= 1000 => Text(value, "#,##0.0"),
        >= 10 => Text(value, "0.00"),
        _ => Text(value, "0.0000##"),
    };

    /// <summary>A price in three or four digits.</summary>
    public static string Brief(double value) => Math.Abs(value) switch
    {
        >= 100 => Text(value, "#,##0"),
        >= 10 => Text(value, "0.0"),
        _ => Text(value, "0.00"),
    };

    /// <summary>Hours, rounded down.</summary>
    public static string Hours(double? hours) => hours is { } value ? Text(Math.Floor(value * 10) / 10, "#,##0.0") + " h" : "30 d +";

    /// <summary>A whole number.</summary>
    public static string Count(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>A number in a format of its own.</summary>
    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture) is var text && text.Trim('-', '0', '.', ',').Length == 0 ? text.TrimStart('-') : text;

    /// <summary>A moment in short: <c>12 Mar 10:30</c>.</summary>
    public static string Moment(Units.Instant at) => at.ToDateTime().ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Text in a colour, nothing of it read as markup.</summary>
    public static string In(string colour, string text) => $"[{colour}]{Markup.Escape(text)}[/]";
}
