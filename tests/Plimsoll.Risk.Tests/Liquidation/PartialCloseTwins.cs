using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Liquidation;

/// <summary>A liquidation is found sooner than by its rule as written, and is the same.</summary>
public class PartialCloseTwins
{
    [Fact]
    public void The_quick_search_closes_what_the_rule_as_written_closes()
    {
        int solved = 0;
        foreach ((string rules, Func<TestVenue> make) in Rulebooks)
        {
            for (ulong seed = 0; seed < 400; seed++)
            {
                (TestVenue venue, int account) = InTrouble(make, seed);
                foreach (MarginLine goal in (MarginLine[])[MarginLine.Target, MarginLine.Initial])
                {
                    var trial = new LiquidationTrial(venue.LotsOf(account), account, venue.Money, venue.Responses, venue.Model, goal: goal);
                    if (trial.Before.Health(goal) >= 0) continue;

                    long[]? plain = PlainPartialClose.Solve(new LiquidationTrial(venue.LotsOf(account), account, venue.Money, venue.Responses, venue.Model, goal: goal));
                    PartialClose.Solve(trial).ShouldBe(plain, $"{rules}, seed {seed}, {goal}");
                    solved += plain is null ? 0 : 1;
                }
            }
        }

        solved.ShouldBeGreaterThan(400);
    }

    [Fact]
    public void A_trial_in_registers_is_the_judges_own_verdict_to_the_last_bit()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            (TestVenue venue, int account) = InTrouble(() => new TestVenue(), seed);
            OpenLots[] lots = venue.LotsOf(account);
            var trial = new LiquidationTrial(lots, account, venue.Money, venue.Responses, venue.Model);
            var chance = new Chance(seed + 1_000);
            for (int i = 0; i < 20; i++)
            {
                long[] closes = [.. lots.Select(open => (long)(chance.Unit() * open.Lots.Size.Count))];
                Verdict asked = trial.Close(closes, []);
                int[] instruments = [.. lots.Select(open => open.Instrument.Value)];
                double[] left = [.. lots.Select((open, p) => trial.Positions[p].Quantity(open.Lots.Size.Count - closes[p]))];

                asked.ShouldBe(Judge.Portfolio(new Holdings(instruments, left, trial.Assets, trial.Coins), PricedColumns.Of(venue.Responses), venue.Model), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_price_made_of_a_model_number_is_canonical_as_it_is()
    {
        var chance = new Chance(7);
        for (int i = 0; i < 200_000; i++)
        {
            double scale = Math.Pow(10, chance.Between(-12, 12));
            double price = chance.Happens(0.3) ? Math.Round(chance.Unit() * 1000) * scale : chance.Unit() * scale;
            decimal made = CloseTerms.ToPrice(price);

            decimal.GetBits(made).ShouldBe(decimal.GetBits(Price.Canonical(made)), $"{price:R}");
        }
    }

    private static (string, Func<TestVenue>)[] Rulebooks { get; } =
    [
        ("the house's own", () => new TestVenue()),
        ("every section", () =>
        {
            var venue = new TestVenue(EveryTerm.On);
            venue.Crowd();

            return venue;
        }),
        ("a penalty that eats what a close frees", () => new TestVenue(rules => rules with { Liquidation = rules.Liquidation with { PenaltyRate = 0.3m } })),
        ("coins that lose more than they count", () => new TestVenue(rules => rules with { Target = new Threshold(9m, 0.05m), Initial = new Threshold(10m, 0.1m) })),
    ];

    private static (TestVenue Venue, int Account) InTrouble(Func<TestVenue> make, ulong seed)
    {
        TestVenue venue = make();
        var chance = new Chance(seed);
        int account = chance.Account(venue, leverage: 12);
        if (chance.Happens(0.5)) venue.Price(venue.Btc, (decimal)chance.Between(40_000, 90_000));

        return (venue, account);
    }
}
