using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>Facts as a list: what it is, and what it says.</summary>
internal static class Facts
{
    /// <summary>An empty list.</summary>
    public static Grid New()
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(1, 0, 3, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });

        return grid;
    }

    /// <summary>Adds a fact.</summary>
    public static void Fact(this Grid grid, string name, string value) => grid.AddRow(Figures.In("grey", name), Markup.Escape(value));
}
