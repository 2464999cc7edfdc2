using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Pools;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll pool</c>: what liquidity in a pool holds, is worth, loses and earns over a ladder of prices.</summary>
internal static class PoolVerb
{
    private const double DaysPerYear = 365;
    private const double MostVolatility = Markets.Prices.MarketState.MaxVolatility;

    /// <summary>Moves of the price that a ladder shows when it is not told which.</summary>
    private static readonly double[] Moves = [-0.5, -0.3, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.3, 0.5, 1];

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> name = new("INSTRUMENT") { Description = "Its name, such as ETH_USDC-POOL-1500-2500, or ETH_USDC-POOL for all prices." };
        Option<decimal?> price = Asked.Amount("--price", "PRICE", "The pool's price now, in quote coins per base coin.");
        Option<decimal?> entry = Asked.Amount("--entry", "PRICE", "The price at which the position was made (default: the price now).");
        Option<decimal?> liquidity = Asked.Amount("--liquidity", "L", "Units of liquidity (default 1).");
        Option<decimal?> value = Asked.Amount("--value", "COINS", "Quote coins it was worth at the entry, instead of its liquidity.");
        Option<double?> volatility = Asked.Number("--vol", "VOL", 0, MostVolatility, "Annual volatility, 0.6 for 60 %: shows the loss versus rebalancing.");
        Option<double?> fee = Asked.Number("--fee", "PART", 0, 1, "The pool's fee, 0.003 for 30 basis points.");
        Option<double?> volume = Asked.Number("--volume", "COINS", 0, 1e15, "Quote coins traded through the pool a day: shows the fees.");
        Option<double?> active = Asked.Number("--pool-liquidity", "L", 0, 1e30, "The whole pool's liquidity in range, this position's included.");
        Option<double[]?> ladder = Asked.Value<double[]?>("--prices", "LIST", "prices above 0 with commas between them, such as 1200,1500,1800", "The prices to show (default: from half to twice the price).", TryPrices);
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "pool",
            "Liquidity in a constant-product pool or a Uniswap-v3 range: value, delta, gamma, impermanent loss, loss versus rebalancing, fees.",
            "pool ETH_USDC-POOL-1500-2500 --price 2000 --value 100000",
            "pool ETH_USDC-POOL-1500-2500 --price 2000 --value 100000 --vol 0.6 --fee 0.003 --volume 5000000 --pool-liquidity 2000000",
            "pool BTC_USDC-POOL --price 60000 --entry 50000 --liquidity 12.5 --prices 40000,50000,60000,70000 --json")
        {
            name, price, entry, liquidity, value, volatility, fee, volume, active, ladder, json,
        };
        verb.SetAction(parsed =>
        {
            InstrumentName pool = Named(parsed.GetValue(name)!);
            double now = Given("--price", parsed.GetValue(price)) ?? throw new InputException("--price", "is missing, expected a price above 0");
            double then = Given("--entry", parsed.GetValue(entry)) ?? now;
            PoolPosition position = Position(pool, then, parsed.GetValue(liquidity), parsed.GetValue(value));
            PoolFlow? flow = Flow(position, parsed.GetValue(fee), parsed.GetValue(volume), parsed.GetValue(active));
            double[] prices = parsed.GetValue(ladder) is { Length: > 0 } given ? given : Ladder(pool, now);
            PoolAnswer answer = Answer(pool, position, then, now, parsed.GetValue(volatility), flow, prices);
            if (parsed.GetValue(json)) screen.Json(answer);
            else Show(screen, answer);

            return ExitCode.Good;
        });

        return verb;
    }

    private static InstrumentName Named(string text)
    {
        InstrumentName pool = InstrumentName.Parse(text);
        if (pool.Kind != InstrumentKind.Pool) throw new InputException("INSTRUMENT", $"{pool} is no pool, expected a name like ETH_USDC-POOL-1500-2500");
        if (pool.Lower is { } lower && pool.Upper / lower <= Instrument.LeastWidth) throw new InputException("INSTRUMENT", $"the range of {pool} has no width");

        return pool;
    }

    private static double? Given(string option, decimal? price) => price switch
    {
        null => null,
        >= Price.Min and <= Price.Max => (double)price,
        _ => throw new InputException(option, string.Create(CultureInfo.InvariantCulture, $"found {price}, expected a price from {Price.Min} to {Price.Max}")),
    };

    private static PoolPosition Position(InstrumentName pool, double entry, decimal? liquidity, decimal? value)
    {
        if (liquidity is not null && value is not null) throw new InputException("--value", "found beside --liquidity, expected one of them");
        PoolRange range = PoolRange.Listed(pool.Lower, pool.Upper);

        return value is { } worth ? PoolPosition.Worth(range, entry, (double)worth) : new PoolPosition((double)(liquidity ?? 1m), range);
    }

    private static PoolFlow? Flow(PoolPosition position, double? fee, double? volume, double? active)
    {
        if (fee is null && volume is null && active is null) return null;
        if (fee is not { } rate) throw new InputException("--fee", "is missing, expected the pool's fee beside --volume and --pool-liquidity");
        if (volume is not { } traded) throw new InputException("--volume", "is missing, expected quote coins a day beside --fee and --pool-liquidity");
        if (active is not { } whole) throw new InputException("--pool-liquidity", "is missing, expected the pool's liquidity beside --fee and --volume");
        if (whole < position.Liquidity) throw new InputException("--pool-liquidity", string.Create(CultureInfo.InvariantCulture, $"found {whole}, expected at least the position's own {position.Liquidity}"));

        return new PoolFlow(traded * DaysPerYear, rate, whole);
    }

    private static bool TryPrices(string text, out double[]? prices)
    {
        string[] parts = text.Split(',');
        prices = [.. parts.Select(part => double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double one) ? one : 0).Distinct().Order()];

        return parts.Length <= 1000 && prices[0] >= (double)Price.Min && prices[^1] <= (double)Price.Max;
    }

    /// <summary>Round moves of the price and the ends of the range.</summary>
    private static double[] Ladder(InstrumentName pool, double now) =>
        [.. Moves.Select(move => now * (1 + move)).Concat(new[] { pool.Lower, pool.Upper }.OfType<decimal>().Select(end => (double)end).Where(end => end > now / 4 && end < now * 4)).Distinct().Order()];

    private static PoolAnswer Answer(InstrumentName pool, PoolPosition position, double entry, double now, double? volatility, PoolFlow? flow, double[] prices)
    {
        double? kept = volatility is { } vol && flow is { } fees ? LossVersusRebalancing.TradedPart(vol, fees.FeeRate, 12) : null;

        return new PoolAnswer(
            pool.ToString(), (double?)pool.Lower, (double?)pool.Upper, position.Liquidity, entry, volatility, kept,
            Line(position, entry, volatility, flow, now),
            [.. prices.Select(price => Line(position, entry, volatility, flow, price))]);
    }

    private static PoolLine Line(PoolPosition position, double entry, double? volatility, PoolFlow? flow, double price)
    {
        double? loss = volatility is { } vol ? LossVersusRebalancing.PerYear(position, price, vol) / DaysPerYear : null;
        double? fees = flow?.FeesPerYear(position, price) / DaysPerYear;

        return new PoolLine(
            price, position.Value(price), position.Base(price), position.Quote(price), position.Delta(price), position.Gamma(price),
            position.ImpermanentLoss(entry, price), position.ImpermanentLossFraction(entry, price), loss, fees, fees - loss);
    }

    private static void Show(Screen screen, PoolAnswer answer)
    {
        (bool loses, bool earns) = (answer.Now.LossVersusRebalancing is not null, answer.Now.Fees is not null);
        string[] headings = [">price", ">value", ">delta", ">gamma", ">imp. loss", ">of holding"];
        string[] daily = [.. loses ? [">LVR/day"] : Array.Empty<string>(), .. earns ? [">fees/day"] : Array.Empty<string>(), .. loses && earns ? [">net/day"] : Array.Empty<string>()];
        Table table = Tables.New([.. headings, .. daily]);
        foreach (PoolLine line in answer.Ladder)
        {
            string[] cells =
            [
                Figures.Price(line.Price), Figures.Usd(line.Value), Figures.Text(line.Delta, "#,##0.####"), line.Gamma == 0 ? "0" : Figures.Text(line.Gamma, "0.000e-0"),
                Figures.Usd(line.ImpermanentLoss), Figures.Text(line.ImpermanentLossFraction * 100, "0.00") + " %",
                .. new[] { line.LossVersusRebalancing, line.Fees, line.Net }.OfType<double>().Select(Figures.Usd),
            ];
            bool here = line.Price == answer.Now.Price;
            table.AddRow([.. cells.Select(cell => here ? $"[bold]{Markup.Escape(cell)}[/]" : Markup.Escape(cell))]);
        }

        screen.Page.Section(answer.Instrument, table, string.Create(CultureInfo.InvariantCulture, $"liquidity {Figures.Text(answer.Liquidity, "#,##0.######")}, made at {Figures.Price(answer.Entry)}, now {Figures.Price(answer.Now.Price)}; values in quote coins, delta in base coins"));
        if (answer.ArbitragedPart is { } part)
            screen.Page.MarkupLine(Figures.In("grey", $"with this fee and a block every 12 s, arbitrageurs keep {Figures.Text(part * 100, "0.0")} % of the LVR; the rest comes back inside the fees"));
    }

    private sealed record PoolLine(
        double Price, double Value, double BaseCoins, double QuoteCoins, double Delta, double Gamma, double ImpermanentLoss, double ImpermanentLossFraction,
        double? LossVersusRebalancing, double? Fees, double? Net);

    private sealed record PoolAnswer(
        string Instrument, double? Lower, double? Upper, double Liquidity, double Entry, double? Volatility, double? ArbitragedPart, PoolLine Now, IReadOnlyList<PoolLine> Ladder);
}
