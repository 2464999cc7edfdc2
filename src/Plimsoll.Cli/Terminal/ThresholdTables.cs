using Plimsoll.Risk.WhatIf;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>Thresholds of prices in words: <c>below 5,100</c>, <c>9,800 to 9,950</c>.</summary>
internal static class ThresholdTables
{
    /// <summary>One line's stretches.</summary>
    public static string Text(ThresholdReport line) => line.Under.Count == 0
        ? "none"
        : $"{(line.State == "already" ? "already: " : "")}{string.Join("; ", line.Under.Select(Text))}";

    /// <summary>A table of every underlying and line, with a column for each time they were solved.</summary>
    public static Table Of(params (string Heading, IReadOnlyList<UnderlyingThresholds> Found)[] columns)
    {
        Table table = Tables.New(["price", "line", .. columns.Select(c => c.Heading)]);
        string[] underlyings = [.. columns.SelectMany(c => c.Found.Select(f => f.Underlying)).Distinct().Order(StringComparer.Ordinal)];
        foreach (string underlying in underlyings)
        {
            UnderlyingThresholds?[] found = [.. columns.Select(c => c.Found.FirstOrDefault(f => f.Underlying == underlying))];
            string prices = string.Join(" → ", found.OfType<UnderlyingThresholds>().Select(f => Figures.Price(f.Price)).Distinct());
            for (int line = 0; line < 3; line++)
                table.AddRow([Markup.Escape(line == 0 ? $"{underlying} {prices}" : ""), Name(line), .. found.Select(f => Markup.Escape(f is null ? "none" : Text(f.Lines[line])))]);
        }

        return table;
    }

    private static string Name(int line) => line switch { 0 => "initial", 1 => "target", _ => "maintenance" };

    private static string Text(StretchReport stretch) => (stretch.From, stretch.To) switch
    {
        (null, null) => "at any price",
        (null, { } to) => $"below {Figures.Price(to)}",
        ({ } from, null) => $"above {Figures.Price(from)}",
        ({ } from, { } to) => $"{Figures.Price(from)} to {Figures.Price(to)}",
    };
}
