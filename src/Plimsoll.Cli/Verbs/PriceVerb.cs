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
        Option<double?> window = Asked.NumberOr("--averaging", "MINUTES", 0.001, 1440, 30, "Settles on the average of the last minutes before expiry (30 where none are given).");
        Option<decimal?> average = Asked.Amount("--average", "PRICE", "The average so far, inside that window.");
        Option<string?> digital = OneOf("--digital", "Pays all or nothing at expiry.", "cash", "asset");
        Option<string?> barrier = OneOf("--barrier", "A barrier, watched until expiry.", "down-in", "up-in", "down-out", "up-out");
        Option<decimal?> level = Asked.Amount("--level", "PRICE", "Where the barrier lies.");
        Option<decimal?> rebate = Asked.Amount("--rebate", "USD", "What is paid instead of the option, at the touch or, of an \"in\", at expiry.");
        Option<string?> settlement = OneOf("--settlement", "What it settles in, whatever its name says.", "coin", "quote");
        Option<bool> json = Asked.Json();
        var verb = new Verb(
            "price",
            "Value and Greeks of an option, a future or a perpetual. A contract without a quote in its name settles in coin.",
            "price BTC-27DEC24-60000-C --forward 63000 --vol 0.55 --at 2024-11-01T08:00:00Z",
            "price BTC_USDC-27DEC24-60000-P --forward 63000 --vol 0.55 --at 2024-11-01T08:00:00Z --size 2.5",
            "price BTC-27DEC24-60000-C --forward 60200 --vol 0.55 --at 2024-12-27T07:45:00Z --averaging --average 60150",
            "price BTC-27DEC24-60000-C --forward 63000 --vol 0.55 --at 2024-11-01T08:00:00Z --barrier down-out --level 52000",
            "price BTC-PERPETUAL --forward 63000 --size 10000")
        {
            name, forward, volatility, at, size, window, average, digital, barrier, level, rebate, settlement, json,
        };
        verb.SetAction(parsed =>
        {
            InstrumentName contract = InstrumentName.Parse(parsed.GetValue(name)!);
            decimal price = parsed.GetValue(forward) ?? throw new InputException("--forward", "is missing, expected a price above 0");
            var units = (double)(parsed.GetValue(size) ?? 1m);
            var payment = new OptionPayment(
                parsed.GetValue(window), (double?)parsed.GetValue(average), parsed.GetValue(digital), parsed.GetValue(barrier),
                (double?)parsed.GetValue(level), (double?)parsed.GetValue(rebate), parsed.GetValue(settlement));
            if (contract.Kind != InstrumentKind.Option) payment.MustBePlain();
            object answer = contract.Kind switch
            {
                InstrumentKind.Option => Option(contract, new Price(price), parsed.GetValue(volatility), parsed.GetValue(at), units, payment),
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

    private static Option<string?> OneOf(string name, string description, params string[] words) =>
        Asked.Value<string?>(name, string.Join('|', words), string.Join(", ", words), description, (string text, out string? value) =>
        {
            value = text;

            return words.Contains(text, StringComparer.Ordinal);
        });

    private static OptionAnswer Option(InstrumentName contract, Price forward, double? volatility, Instant? at, double size, OptionPayment payment)
    {
        if (volatility is not > 0) throw new InputException("--vol", "is missing or 0, expected an annual volatility above 0");
        if (at is not { } now) throw new InputException("--at", "is missing, expected a time such as 2024-11-01T08:00:00Z");
        if (contract.Expiry <= now) throw new InputException("INSTRUMENT", $"{contract} expired at {contract.Expiry}");

        double years = now.YearsUntil(contract.Expiry!.Value);
        var inputs = new OptionInputs(contract.Side!.Value, forward.ToModel(), (double)contract.Strike!.Value, years, volatility.Value);
        (OptionGreeks usd, CoinGreeks coin, double net) = payment.Greeks(inputs);
        bool inCoin = payment.Settlement is { } named ? named == "coin" : contract.Quote is null;

        return new OptionAnswer(
            contract.ToString(), now.ToString(), forward.ToModel(), volatility.Value, years * 365, size,
            inCoin ? "coin" : contract.Quote?.Value ?? "USD", payment.Describe(years),
            usd.Times(size), coin.Times(size), net * size, payment.IsPlain ? DeribitView.Theta(inputs) * size : null);
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
        Row("rho", option.Usd.Rho, option.Coin.Rho, "1 % of rate");
        Row("vanna", option.Usd.Vanna, option.Coin.Vanna, "of delta, volatility point");
        Row("volga", option.Usd.Volga, option.Coin.Volga, "of vega, volatility point");
        Row("charm", option.Usd.Charm, option.Coin.Charm, "of delta, day");
        Row("speed", option.Usd.Speed, option.Coin.Speed, "of gamma, 1 USD of the forward");
        screen.Page.Section(
            option.Instrument, table,
            $"forward {Figures.Text(option.Forward, "#,##0.####")}, volatility {Figures.Text(option.Volatility * 100, "0.##")} %, {Figures.Text(option.Days, "0.##")} days, size {Figures.Text(option.Size, "#,##0.####")}, settles in {option.Settles}{(option.Payment.Length > 0 ? ", " + option.Payment : "")}");
        string shown = option.DeribitTheta is { } theta ? $"; theta as Deribit shows it, at most what is left of the mark: {Figures.Text(theta, "0.####")} USD" : "";
        screen.Page.MarkupLine(Figures.In("grey", $"net transaction delta (delta less premium) {Figures.Text(option.NetTransactionDelta, "0.#####")}{shown}"));

        void Row(string what, double usd, double coin, string per) =>
            table.AddRow(what, Text(usd, "#,##0.######"), Text(coin, "0.##########"), Figures.In("grey", per));

        // What four decimals would show as nothing keeps its digits.
        static string Text(double value, string format) =>
            Math.Abs(value) is > 0 and < 1e-4 ? value.ToString("0.####e0", System.Globalization.CultureInfo.InvariantCulture) : Figures.Text(value, format);
    }

    private sealed record OptionAnswer(
        string Instrument, string At, double Forward, double Volatility, double Days, double Size, string Settles, string Payment,
        OptionGreeks Usd, CoinGreeks Coin, double NetTransactionDelta, double? DeribitTheta);

    private sealed record FutureAnswer(string Instrument, double Mark, double Size, string Settles, double Worth, double NotionalInQuote, double DeltaInCoins);
}
