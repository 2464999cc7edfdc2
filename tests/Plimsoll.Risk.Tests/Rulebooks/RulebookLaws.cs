using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.Margin.Rulebooks;

namespace Plimsoll.Risk.Tests.Rulebooks;

/// <summary>What holds of every rulebook, whatever it asks.</summary>
public sealed class RulebookLaws
{
    private const int Seeds = 1_000;

    // Read only: every portfolio is made beside it.
    private static readonly TestVenue Venue = new();

    public static TheoryData<string> Names => [.. RulebookShelf.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_may_open_need_not_be_liquidated_and_the_lines_sum_to_both_figures(string name) => ForEachAccount(name, (_, answer, _) =>
    {
        answer.InitialHealth.ShouldBeLessThanOrEqualTo(answer.MaintenanceHealth + Noise(answer));
        answer.Lines.Sum(l => l.Initial).ShouldBe(answer.InitialHealth);
        answer.Lines.Sum(l => l.Maintenance).ShouldBe(answer.MaintenanceHealth);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Cash_adds_itself_and_nothing_else(string name)
    {
        // Aave lends against cash at less than its worth, and to Vega an account without a market is nothing.
        if (name == "aave") return;

        ForEachAccount(name, (portfolio, answer, rules) =>
        {
            if (name == "vega" && portfolio.Contracts.IsEmpty) return;

            RulebookAnswer richer = rules.Judge(With(portfolio, "USDC", 1_000));
            richer.MaintenanceHealth.ShouldBe(answer.MaintenanceHealth + 1_000, Noise(answer));
            richer.InitialHealth.ShouldBe(answer.InitialHealth + 1_000, Noise(answer));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_contracts_changes_nothing(string name) => ForEachAccount(name, (portfolio, answer, rules) =>
    {
        RulebookAnswer turned = rules.Judge(portfolio with { Contracts = [.. portfolio.Contracts.Reverse()] });
        turned.MaintenanceHealth.ShouldBe(answer.MaintenanceHealth, Noise(answer));
        turned.InitialHealth.ShouldBe(answer.InitialHealth, Noise(answer));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_liquidation_price_divides_health_from_ruin(string name)
    {
        int found = 0;
        ForEachAccount(name, (portfolio, answer, rules) =>
        {
            if (found >= 20 || answer.MaintenanceHealth < 0) return;

            int btc = Place(portfolio, "BTC");
            LiquidationPrices prices = RulebookLiquidation.Solve(rules, portfolio, btc);
            double now = portfolio.PriceOf(btc);
            foreach ((double? price, double outwards) in new[] { (prices.Below, 1 - 1e-6), (prices.Above, 1 + 1e-6) })
            {
                if (price is not { } at) continue;

                found++;
                rules.Judge(portfolio.Moved(btc, at * outwards / now)).MaintenanceHealth.ShouldBeLessThan(0);
                rules.Judge(portfolio.Moved(btc, at / outwards / now)).MaintenanceHealth.ShouldBeGreaterThanOrEqualTo(0);
            }
        });
        found.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Every_rulebook_takes_some_account_and_says_why_it_refuses_others()
    {
        foreach (IRulebook rules in RulebookShelf.All)
        {
            RulebookAnswer[] answers = [.. Enumerable.Range(0, 300).Select(seed => rules.Judge(Random((ulong)seed)))];
            answers.ShouldContain(a => a.NotApplicable == null, rules.Name);
            answers.Where(a => a.NotApplicable is not null).ShouldAllBe(a => a.NotApplicable!.Length > 10 && a.Lines.IsEmpty);
        }
    }

    [Fact]
    public void No_move_is_no_change()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            Portfolio portfolio = Random(seed);
            portfolio.Moved(Place(portfolio, "BTC"), 1).Equity.ShouldBe(portfolio.Equity, $"seed {seed}");
        }
    }

    [Fact]
    public void The_equity_of_a_portfolio_is_that_of_the_house()
    {
        var venue = new TestVenue();
        var chance = new Chance(7);
        for (int i = 0; i < 200; i++)
        {
            int account = chance.Account(venue);
            int[] held = venue.Positions.Columns(account).ToArray();
            int[] assets = venue.Money.Columns(account).ToArray();
            Portfolio portfolio = Portfolio.Of(
                venue.Catalog,
                venue.Market,
                [.. held.Select(h => (new InstrumentIndex(h), venue.Positions.Quantity(account, h), 12.5))],
                assets.ToDictionary(a => new AssetIndex(a), a => venue.Money.Quantity(account, a)));

            portfolio.Equity.ShouldBe(venue.Judged(account).Equity, 1e-9 * (1 + portfolio.Notional));
        }
    }

    private static void ForEachAccount(string name, Action<Portfolio, RulebookAnswer, IRulebook> holds)
    {
        IRulebook rules = RulebookShelf.Find(name)!;
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            Portfolio portfolio = Random(seed);
            RulebookAnswer answer = rules.Judge(portfolio);
            if (answer.NotApplicable is not null) continue;

            try
            {
                holds(portfolio, answer, rules);
            }
            catch (ShouldAssertException fault)
            {
                throw new ShouldAssertException($"{name}, seed {seed}: {fault.Message}", fault);
            }
        }
    }

    /// <summary>Cash, coins and now and then a debt; contracts of one of the kinds rulebooks differ about, or none.</summary>
    private static Portfolio Random(ulong seed)
    {
        TestVenue venue = Venue;
        var chance = new Chance(seed);
        InstrumentIndex[] some = chance.Below(5) switch
        {
            0 => [],
            1 => [venue.BtcPerp, venue.BtcCall, venue.BtcPut],
            2 => [venue.BtcInverse, venue.BtcFuture],
            3 => [venue.BtcPerp, venue.EthPerp],
            _ => [venue.BtcPerp, venue.BtcInverseCall, venue.BtcPool],
        };
        var money = new Dictionary<AssetIndex, double>
        {
            [venue.Usdc] = chance.Between(-5_000, 60_000),
            [venue.Btc] = chance.Happens(0.5) ? chance.Between(0, 2) : 0,
            [venue.Steth] = chance.Happens(0.3) ? chance.Between(0, 20) : 0,
        };
        var positions = new List<(InstrumentIndex, double, double)>();
        foreach (InstrumentIndex index in some)
        {
            Instrument contract = venue.Catalog[index];
            double unit = venue.Responses.UnitValues[index.Value];
            double size = chance.Between(-3, 3) * (venue.Model.Contract(index.Value).IsInverseForward ? 60_000 : 1);
            double cost = contract.PaysPremium || contract.Kind == InstrumentKind.Pool ? 0 : size * unit * chance.Between(0.95, 1.05);
            positions.Add((index, size, cost));
            money[contract.Settlement] = money.GetValueOrDefault(contract.Settlement) - cost;
        }

        return Portfolio.Of(venue.Catalog, venue.Market, positions, money);
    }

    private static Portfolio With(Portfolio portfolio, string asset, double coins)
    {
        int place = Place(portfolio, asset);
        HeldAsset held = portfolio.Assets[place];

        return portfolio with { Assets = portfolio.Assets.SetItem(place, held with { Coins = held.Coins + coins }) };
    }

    private static int Place(Portfolio portfolio, string asset) =>
        portfolio.Assets.Select((a, k) => (a, k)).First(pair => pair.a.Asset.Value == asset).k;

    private static double Noise(RulebookAnswer answer) => 2e-6 + (1e-11 * answer.Lines.Sum(l => Math.Abs(l.Initial)));
}
