using System.CommandLine;
using Plimsoll.Cli.Books;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Thresholds;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll thresholds</c>: how much is liquidated at each price of an underlying.</summary>
internal static class ThresholdsVerb
{
    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> book = new("BOOK") { Description = "The book file (docs/formats/book.md)." };
        Option<string> market = new("--market") { Description = "The market file (docs/formats/market.md).", HelpName = "FILE", Required = true };
        Option<string?> parameters = new("--parameters") { Description = "Risk parameters; the house's own without it.", HelpName = "FILE" };
        Option<string?> asset = new("--asset") { Description = "The underlying; all that contracts of the market file have without it.", HelpName = "ASSET" };
        Option<double?> step = Asked.Percent("--step", 0.001, 0.5, "Distance of the prices asked about, 2% without it.");
        Option<double?> range = Asked.Percent("--range", 0.01, 0.99, "How far to either side, 60% without it.");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "thresholds",
            "How much is liquidated by the time an underlying is at each price, and what must be bought or sold there.",
            "thresholds samples/books/book.json --market samples/books/market.json --asset BTC",
            "thresholds samples/books/book.json --market samples/books/market.json --asset ETH --step 5% --range 80%")
        {
            book, market, parameters, asset, step, range, json,
        };
        verb.SetAction(parsed =>
        {
            JudgedBook judged = JudgedBook.Read(parsed.GetValue(book)!, parsed.GetValue(market)!, parsed.GetValue(parameters));
            double reach = parsed.GetValue(range) ?? 0.6;
            MapGrid grid = MapGrid.Of(parsed.GetValue(step) ?? 0.02, reach, reach);
            VenueThresholds thresholds = judged.Thresholds();
            LiquidationMap[] maps = [.. Chosen(judged.Market.Catalog, parsed.GetValue(asset)).Select(underlying => thresholds.Of(underlying, grid))];
            if (parsed.GetValue(json)) screen.Json(maps.Select(map => Answer(judged.Market.Catalog, map)));
            else foreach (LiquidationMap map in maps) Show(screen, judged.Market.Catalog[map.Underlying].Id.Value, map);

            return ExitCode.Good;
        });

        return verb;
    }

    private static AssetIndex[] Chosen(Catalog catalog, string? name)
    {
        if (name is null) return [.. catalog.Instruments.Where(i => i.HasPositions).Select(i => i.Underlying).Distinct().Order()];

        return Identifier.IsValid(name) && catalog.TryFind(new AssetId(name), out AssetIndex index) ? [index] : throw new InputException("--asset", $"the market file lists no {name}");
    }

    private static void Show(Screen screen, string name, LiquidationMap map)
    {
        Table table = Tables.New(">price", ">move", ">accounts", ">notional", ">so far", ">must be bought", ">must be sold", ">coins sold");
        foreach (MapStep at in map.Down.Reverse().Where(s => s.Accounts > 0)) Row(table, at, SoFar(map.Down, at) + map.SunkLong.Notional);
        table.AddRow(Figures.Price(map.Price), "today", $"{map.SunkLong.Accounts + map.SunkShort.Accounts}", Figures.Usd(map.SunkLong.Notional + map.SunkShort.Notional), "", "", "", "");
        foreach (MapStep at in map.Up.Where(s => s.Accounts > 0)) Row(table, at, SoFar(map.Up, at) + map.SunkShort.Notional);
        screen.Page.Section($"Liquidated by the price of {name}", table, "USD; each account where it is first liquidated");
        screen.Verdict(
            "green",
            $"{name}: {map.Down.Sum(s => s.Accounts)} accounts down to {Figures.Price(map.Down.Count > 0 ? map.Down[^1].Price : map.Price)}, {map.Up.Sum(s => s.Accounts)} up to {Figures.Price(map.Up.Count > 0 ? map.Up[^1].Price : map.Price)}, {map.SunkLong.Accounts + map.SunkShort.Accounts} under water today.");
    }

    private static double SoFar(IReadOnlyList<MapStep> side, MapStep at) => side.TakeWhile(s => s != at).Sum(s => s.Notional) + at.Notional;

    private static void Row(Table table, MapStep at, double soFar) => table.AddRow(
        Figures.Price(at.Price), Figures.Text((at.Ratio - 1) * 100, "+0.#;-0.#") + " %", $"{at.Accounts}", Figures.Usd(at.Notional), Figures.Usd(soFar),
        at.Flow > 0 ? Figures.Usd(at.Flow) : "", at.Flow < 0 ? Figures.Usd(-at.Flow) : "", at.CollateralSold > 0 ? Figures.Usd(at.CollateralSold) : "");

    private static object Answer(Catalog catalog, LiquidationMap map) => new
    {
        underlying = catalog[map.Underlying].Id.Value,
        price = map.Price,
        today = new { longs = map.SunkLong, shorts = map.SunkShort },
        down = map.Down,
        up = map.Up,
    };
}
