using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Options;
using Plimsoll.Units;
using Spectre.Console;

namespace Plimsoll.Cli.Verbs;

/// <summary><c>plimsoll price</c>: value and Greeks of one contract, in coin and in USD.</summary>
internal static class PriceVerb
{
    private const double MostVolatility = Markets.Prices.MarketState.MaxVolatility;

    /// <summary>The verb.</summary>
    public static Command Build(Screen screen)
    {
        Argument<string> name = new("INSTRUMENT") { Description = "Its name, such as BTC-27DEC24-60000-C, BTC_USDC-27DEC24-60000-C or BTC-PERPETUAL." };
        Option<decimal?> forward = Asked.Amount("--forward", "PRICE", "The forward of its expiry, or the mark of a future, in quote units.");
        Option<double?> volatility = Asked.Number("--vol", "VOL", 0, MostVolatility, "Annual implied volatility, 0.6 for 60 %; options need it.");
        Option<Instant?> at = Asked.Time("--at", "The moment it is priced at; options need it.");
        Option<decimal?> size = Asked.Amount("--size", "SIZE", "Coins of the underlying, or USD for inverse futures (default 1).");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "price",
            "Value and Greeks of an option, a future or a perpetual. A contract without a quote in its name settles in coin.",
            "price BTC-27DEC24-60000-C --forward 63000 --vol 0.55 --at 2024-11-01T08:00:00Z",
            "price BTC_USDC-27DEC24-60000-P --forward 63000 --vol 0.55 --at 2024-11-01T08:00:00Z --size 2.5",
            "price BTC-PERPETUAL --forward 63000 --size 10000")
        {
            name, forward, volatility, at, size, json,
        };
        verb.SetAction(parsed =>
        {
            InstrumentName contract = InstrumentName.Parse(parsed.GetValue(name)!);
            decimal price = parsed.GetValue(forward) ?? throw new InputException("--forward", "is missing, expected a price above 0");
            var units = (double)(parsed.GetValue(size) ?? 1m);
            object answer = contract.Kind switch
            {
                InstrumentKind.Option => Option(contract, new Price(price), parsed.GetValue(volatility), parsed.GetValue(at), units),
                InstrumentKind.Spot => throw new InputException("INSTRUMENT", $"{contract} is spot: its price is its value"),
                InstrumentKind.Pool => throw new InputException("INSTRUMENT", $"{contract} is liquidity in a pool: plimsoll pool shows it"),
                _ => Future(contract, new Price(price), units),
            };
            if (parsed.GetValue(json)) screen.Json(answer);
            else Show(screen, answer);

            return ExitCode.Good;
        });

        return verb;
    }

    private static OptionAnswer Option(InstrumentName contract, Price forward, double? volatility, Instant? at, double size)
    {
        if (volatility is not > 0) throw new InputException("--vol", "is missing or 0, expected an annual volatility above 0");
        if (at is not { } now) throw new InputException("--at", "is missing, expected a time such as 2024-11-01T08:00:00Z");
        if (contract.Expiry <= now) throw new InputException("INSTRUMENT", $"{contract} expired at {contract.Expiry}");

        double years = now.YearsUntil(contract.Expiry!.Value);
        var inputs = new OptionInputs(contract.Side!.Value, forward.ToModel(), (double)contract.Strike!.Value, years, volatility.Value);
        OptionGreeks usd = Black76.Greeks(inputs);
        CoinGreeks coin = InverseOption.Greeks(inputs);
        bool inCoin = contract.Quote is null;

        return new OptionAnswer(
            contract.ToString(), now.ToString(), forward.ToModel(), volatility.Value, years * 365, size, inCoin ? "coin" : contract.Quote!.Value.Value,
            new Sensitivities(usd.Value * size, usd.Delta * size, usd.Gamma * size, usd.Vega * size, usd.Theta * size),
            new Sensitivities(coin.Value * size, coin.Delta * size, coin.Gamma * size, coin.Vega * size, coin.Theta * size),
            InverseOption.NetTransactionDelta(inputs) * size,
            DeribitView.Theta(inputs) * size);
    }

    private static FutureAnswer Future(InstrumentName contract, Price mark, double size)
    {
        bool inverse = contract.Quote is null;
        double price = mark.ToModel();

        return inverse
            ? new FutureAnswer(contract.ToString(), price, size, "coin", size / price, size, size / price)
            : new FutureAnswer(contract.ToString(), price, size, contract.Quote!.Value.Value, size * price, size * price, size);
    }

    private static void Show(Screen screen, object answer)
    {
        if (answer is FutureAnswer future)
        {
            Table plain = Tables.New("what", ">value", "unit");
            plain.AddRow("worth at the mark", Figures.Text(future.Worth, "#,##0.########"), future.Settles);
            plain.AddRow("notional", Figures.Text(future.NotionalInQuote, "#,##0.########"), "quote");
            plain.AddRow("delta", Figures.Text(future.DeltaInCoins, "#,##0.########"), "coins");
            screen.Page.Section(future.Instrument, plain, $"mark {Figures.Text(future.Mark, "#,##0.####")}, size {Figures.Text(future.Size, "#,##0.####")}, as if settled in {future.Settles}");

            return;
        }

        var option = (OptionAnswer)answer;
        Table table = Tables.New("", ">in USD", ">in coin", "per");
        Row("value", option.Usd.Value, option.Coin.Value, "");
        Row("delta", option.Usd.Delta, option.Coin.Delta, "1 USD of the forward");
        Row("gamma", option.Usd.Gamma, option.Coin.Gamma, "1 USD of the forward, twice");
        Row("vega", option.Usd.Vega, option.Coin.Vega, "volatility point");
        Row("theta", option.Usd.Theta, option.Coin.Theta, "day; negative for a long");
        screen.Page.Section(
            option.Instrument, table,
            $"forward {Figures.Text(option.Forward, "#,##0.####")}, volatility {Figures.Text(option.Volatility * 100, "0.##")} %, {Figures.Text(option.Days, "0.##")} days, size {Figures.Text(option.Size, "#,##0.####")}");
        screen.Page.MarkupLine(Figures.In("grey", $"net transaction delta (delta less premium) {Figures.Text(option.NetTransactionDelta, "0.#####")}; theta as Deribit shows it, at most what is left of the mark: {Figures.Text(option.DeribitTheta, "0.####")} USD"));

        void Row(string what, double usd, double coin, string per) =>
            table.AddRow(what, Figures.Text(usd, "#,##0.######"), Figures.Text(coin, "0.##########"), Figures.In("grey", per));
    }

    private sealed record Sensitivities(double Value, double Delta, double Gamma, double Vega, double Theta);

    private sealed record OptionAnswer(
        string Instrument, string At, double Forward, double Volatility, double Days, double Size, string Settles,
        Sensitivities Usd, Sensitivities Coin, double NetTransactionDelta, double DeribitTheta);

    private sealed record FutureAnswer(string Instrument, double Mark, double Size, string Settles, double Worth, double NotionalInQuote, double DeltaInCoins);
}
