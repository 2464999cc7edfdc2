using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plimsoll.Cli.Terminal;

/// <summary>Tables that look alike: a light head, numbers to the right, units in the heading.</summary>
internal static class Tables
{
    /// <summary>An empty table. A heading that begins with <c>&gt;</c> is one of numbers, aligned right.</summary>
    public static Table New(params string[] headings)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        table.BorderColor(Color.Grey);
        foreach (string heading in headings)
        {
            bool number = heading.StartsWith('>');
            var column = new TableColumn(new Markup(Figures.In("grey", number ? heading[1..] : heading))) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(number ? column.RightAligned() : column);
        }

        return table;
    }

    /// <summary>Writes a heading and a table below it.</summary>
    public static void Section(this IAnsiConsole page, string heading, IRenderable body, string? unit = null)
    {
        page.WriteLine();
        page.MarkupLine($"[bold]{Markup.Escape(heading)}[/]{(unit is null ? "" : $" [grey]{Markup.Escape(unit)}[/]")}");
        page.Write(body);
    }
}
