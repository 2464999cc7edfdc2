using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Bench;

/// <summary>
/// A full what-if of one account: a trade, a withdrawal, a fallen price, higher volatility and a day gone by, explained
/// before and after; beside building the whole market anew at the other prices and judging the account in it.
/// </summary>
internal static class WhatIfBench
{
    private const int Accounts = 1000;
    private const int Rounds = 9;
    private const double Mark = 100;

    public static int Run()
    {
        Console.WriteLine($"{Accounts:N0} accounts with 5 positions and 3 balances among 91 contracts; microseconds each, best of {Rounds} rounds");
        Console.WriteLine($"{"positions",-22} {"what-if",9} {"verdict only",13} {"with every price",17} {"naive rebuild",14} {"ratio",7}");
        bool good = Run("perpetuals", 0);

        return Run("1 perpetual, 4 options", 1) && good ? 0 : 1;
    }

    private static bool Run(string name, double withOptions)
    {
        var books = new LeveragedBooks(Accounts, withOptions);
        var desk = new WhatIfDesk(books.Market, books.Model, books.Responses);
        WhatIfBook[] accounts = [.. Enumerable.Range(0, Accounts).Select(a => WhatIfBook.Of(a, books.Positions, books.Money))];
        BookChange[] changes = [new Traded(new InstrumentIndex(0), 0.01m), new CoinsMoved(books.Dollar, new Amount(-100_000_000))];
        MarketShift shift = MarketShift.Of(books.Catalog, [new PriceMove(books.Bitcoin, 0.8)], [new VolatilityMove(null, 1, 0.1)], TimeSpan.FromDays(1));
        double sum = 0;
        double[] best = Race.BestMilliseconds(
            Rounds,
            () => { foreach (WhatIfBook account in accounts) sum += desk.Ask(account, changes, shift).After.Verdict.MaintenanceHealth; },
            () => { foreach (WhatIfBook account in accounts) sum += desk.Verdict(account, shift).MaintenanceHealth; },
            () => { for (int a = 0; a < Accounts; a += 50) sum += Asked(desk, accounts[a], changes, shift); },
            () => { for (int a = 0; a < Accounts; a += 50) sum += Naive(books, a); });
        double whole = best[0] * 1000 / Accounts, priced = best[2] * 50_000 / Accounts, naive = best[3] * 50_000 / Accounts;
        Console.WriteLine($"{name,-22} {whole,9:F1} {best[1] * 1000 / Accounts,13:F1} {priced,17:F1} {naive,14:F1} {naive / whole,7:F1}");

        return whole <= Mark && !double.IsNaN(sum);
    }

    private static double Asked(WhatIfDesk desk, WhatIfBook account, BookChange[] changes, MarketShift shift)
    {
        WhatIfAnswer answer = desk.Ask(account, changes, shift);

        return desk.Thresholds(account).Length + desk.Thresholds(answer.Book, shift).Length;
    }

    /// <summary>The venue's whole market at the other prices, all its rows, and two explanations: what one does without a small book.</summary>
    private static double Naive(LeveragedBooks books, int account)
    {
        var market = new MarketState(books.Catalog);
        market.MoveTo(books.Market.At + TimeSpan.FromDays(1));
        for (int a = 0; a < books.Catalog.Assets.Count; a++)
        {
            AssetQuote quote = books.Market.Quote(new AssetIndex(a))!;
            market.Apply(quote with { Price = new Price(quote.Price.Value * (a == books.Bitcoin.Value ? 0.8m : 1m)) });
        }

        for (int i = 0; i < books.Catalog.Instruments.Count; i++)
            market.Apply(new InstrumentQuote(new InstrumentIndex(i), null, books.Market.VolatilityOf(new InstrumentIndex(i)) + 0.1));
        var responses = new ResponseSet(books.Model);
        responses.Rebuild(market);

        return Judge.Explain(account, books.Positions, books.Money, books.Responses, books.Model).Verdict.MaintenanceHealth
            + Judge.Explain(account, books.Positions, books.Money, responses, books.Model).Verdict.MaintenanceHealth;
    }
}
