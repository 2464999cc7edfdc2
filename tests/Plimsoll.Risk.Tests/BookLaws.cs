using System.Text.Json.Nodes;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>
/// The laws of margin over many books: under the whole rulebook, and under the rulebook with each of its numbers pushed to
/// its least and its greatest value in turn.
/// </summary>
/// <remarks>The order of the lines, what is explained and the fast twin are asked of 100,000 books and more in their own classes.</remarks>
public class BookLaws
{
    private const int Books = 10_000;

    /// <summary>
    /// Money of the numeraire that has no haircut and no peg moves no loss, so requirement and cash never meet: health is
    /// counted − required, and counted grows by the cash. Sums in doubles round, so cash arrives within one part in 10¹⁴ of
    /// the largest number in the sum (45 units of the last place) and not to the bit.
    /// </summary>
    [Fact]
    public void Cash_adds_exactly_what_it_is_to_every_line()
    {
        TestVenue venue = Crowds.Of(21, Books, WithoutPegsInUsdc);
        var chance = new Chance(22);
        for (int account = 0; account < Books; account++)
        {
            Verdict before = venue.Judged(account);
            double cash = chance.Between(0, 1e5);
            venue.Deposit(account, venue.Usdc, cash);
            Verdict after = venue.Judged(account);
            double tolerance = 1e-14 * (cash + before.Notional + Math.Abs(before.Equity) + Math.Abs(before.Counted) + (before.InitialRequirement * 2));
            foreach (MarginLine line in Enum.GetValues<MarginLine>())
            {
                if (Math.Abs(after.Health(line) - before.Health(line) - cash) > tolerance)
                    Assert.Fail($"seed 21, account {account}, {line}: {cash} added {after.Health(line) - before.Health(line)}, tolerance {tolerance}");
            }
        }
    }

    [Fact]
    public void The_order_of_listing_and_of_accounts_changes_nothing()
    {
        var (one, other) = (new TestVenue(EveryTerm.On), new TestVenue(EveryTerm.On, reversed: true));
        for (ulong seed = 0; seed < Books / 2; seed++)
        {
            Verdict here = one.Judged(new Chance(seed).Account(one));
            Verdict there = other.Judged(new Chance(seed).Account(other));
            foreach (MarginLine line in Enum.GetValues<MarginLine>())
                if (Math.Abs(here.Health(line) - there.Health(line)) > Crowds.Rounding(here)) Assert.Fail($"seed {seed}, {line}: {here} against {there}");
        }
    }

    [Fact]
    public void A_position_filled_in_pieces_is_the_position_filled_at_once()
    {
        TestVenue venue = Crowds.Of(23, 1);
        var chance = new Chance(24);
        for (int i = 0; i < Books / 2; i++)
        {
            var (whole, pieces) = (venue.Open(), venue.Open());
            int instrument = chance.Below(venue.Catalog.Instruments.Count);
            double lot = (double)venue.Catalog.Instruments[instrument].LotSize;
            (double first, double second) = (lot * (1 + chance.Below(1_000)), lot * (1 + chance.Below(1_000)));
            double price = venue.Model.Contract(instrument).IsInverseForward ? -1 / venue.Responses.UnitValues[instrument] : venue.Responses.UnitValues[instrument];
            venue.Deposit(whole, venue.Usdc, 10_000);
            venue.Deposit(pieces, venue.Usdc, 10_000);
            venue.Trade(whole, new(instrument), -(first + second), price);
            venue.Trade(pieces, new(instrument), -first, price);
            venue.Trade(pieces, new(instrument), -second, price);

            Verdict one = venue.Judged(whole), two = venue.Judged(pieces);
            if (Math.Abs(one.InitialHealth - two.InitialHealth) > Crowds.Rounding(one)) Assert.Fail($"seed 24, book {i}: {one} against {two}");
        }
    }

    [Fact]
    public void Two_books_together_never_lose_more_in_the_worst_case_than_apart()
    {
        TestVenue venue = Crowds.Of(25, Books, p => EveryTerm.On(p) with { Collateral = [.. p.Collateral.Select(c => c with { Tiers = [new CollateralTier(0m, 0m)] })] });
        for (int account = 0; account + 1 < Books; account += 2)
        {
            int both = venue.Open();
            Merge(venue, account, both);
            Merge(venue, account + 1, both);
            double apart = venue.Judged(account).ScenarioLoss + venue.Judged(account + 1).ScenarioLoss;
            Verdict together = venue.Judged(both);

            if (together.ScenarioLoss > apart + Crowds.Rounding(together)) Assert.Fail($"seed 25, accounts {account} and the next: {together.ScenarioLoss} against {apart}");
        }
    }

    [Fact]
    public void What_lies_in_an_isolated_account_is_all_it_can_lose()
    {
        TestVenue venue = Crowds.Of(26, 1);
        var chance = new Chance(27);
        int owner = chance.Account(venue);
        for (int i = 0; i < 500; i++)
        {
            int isolated = venue.Open();
            int instrument = chance.Below(venue.Catalog.Instruments.Count);
            double lots = Math.Ceiling(chance.Between(0, 40_000) / venue.Responses.UnitNotionals[instrument] / (double)venue.Catalog.Instruments[instrument].LotSize);
            venue.Deposit(isolated, venue.Catalog.Instruments[instrument].Settlement, chance.Between(0, 2_000) / venue.Responses.AssetPrices[venue.Catalog.Instruments[instrument].Settlement.Value]);
            double price = venue.Model.Contract(instrument).IsInverseForward ? -1 / venue.Responses.UnitValues[instrument] : venue.Responses.UnitValues[instrument];
            if (!(price > 0)) continue;
            venue.Trade(isolated, new(instrument), (chance.Happens(0.5) ? 1 : -1) * lots * (double)venue.Catalog.Instruments[instrument].LotSize, price * chance.Between(0.8, 1.25));
            Verdict before = venue.Judged(owner);

            var terms = new AccountTerms();
            terms.SetMode(isolated, MarginMode.Isolated);
            LiquidationPlan plan = LiquidationPlanner.Plan(isolated, venue.LotsOf(isolated), venue.Money, venue.Responses, venue.Model, 1e12, terms);
            venue.Execute(isolated, plan);

            venue.Judged(owner).ShouldBe(before, $"seed 27, book {i}");
            double left = venue.Judged(isolated).Equity;
            if (plan.Outcome != LiquidationOutcome.Halted && left + plan.Deficit < -1e-3) Assert.Fail($"seed 27, book {i}: {left} left behind, {plan.Deficit} said to be missing");
        }
    }

    [Fact]
    public void Every_number_of_the_rulebook_at_its_least_and_its_greatest_keeps_the_laws()
    {
        RiskParameters rules = new TestVenue(EveryTerm.On).Model.Parameters;
        JsonNode root = JsonNode.Parse(rules.ToJson())!;
        int tried = 0, books = 0;
        foreach ((string path, decimal value) in Numbers(root, "").ToArray())
        {
            foreach (decimal extreme in Extremes(value))
            {
                JsonNode changed = JsonNode.Parse(rules.ToJson())!;
                Set(changed, path, extreme);
                RiskParameters pushed;
                try
                {
                    pushed = RiskParameters.FromJson(changed.ToJsonString());
                }
                catch (InputException)
                {
                    continue;
                }

                tried++;
                books += Holds(pushed, $"{path} = {extreme}");
            }
        }

        tried.ShouldBeGreaterThan(200);
        books.ShouldBeGreaterThan(20_000);
    }

    private static int Holds(RiskParameters rules, string what)
    {
        const int accounts = 60;
        TestVenue venue = Crowds.Of(31, accounts, _ => rules);
        var verdicts = new Verdict[accounts];
        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts);
        for (int account = 0; account < accounts; account++)
        {
            Verdict v = verdicts[account];
            if (v.InitialHealth > v.TargetHealth || v.TargetHealth > v.MaintenanceHealth || v.MaintenanceHealth > v.Counted || !double.IsFinite(v.InitialHealth))
                Assert.Fail($"{what}, seed 31, account {account}: {v}");
            if (v != venue.Judged(account)) Assert.Fail($"{what}, seed 31, account {account}: fast and plain differ");
            if (account % 10 != 0) continue;
            Explanation why = Judge.Explain(account, venue.Positions, venue.Money, venue.Responses, venue.Model);
            double sum = why.Requirement.Sum(l => l.Required.Initial);
            if (Math.Abs(sum - v.InitialRequirement) > Crowds.Rounding(v) + (1e-12 * Math.Abs(sum))) Assert.Fail($"{what}, seed 31, account {account}: lines sum to {sum}, not {v.InitialRequirement}");
        }

        return accounts;
    }

    /// <summary>The ends of every range a number of the rulebook may have, whichever is its own.</summary>
    private static decimal[] Extremes(decimal value) => [.. new[] { -0.99m, 0m, 0.000001m, 0.01m, 0.5m, 0.9m, 0.99m, 1m, 2m, 10m, 100m, 1_000_000_000_000_000m }.Where(e => e != value)];

    private static IEnumerable<(string Path, decimal Value)> Numbers(JsonNode? node, string path)
    {
        if (path.StartsWith("/grids/", StringComparison.Ordinal) && !path.StartsWith("/grids/0", StringComparison.Ordinal)) yield break;
        if (path.Contains("/scenarios/", StringComparison.Ordinal) && !path.Contains("/scenarios/0", StringComparison.Ordinal) && !path.Contains("/scenarios/31", StringComparison.Ordinal)) yield break;
        switch (node)
        {
            case JsonObject fields:
                foreach ((string name, JsonNode? field) in fields)
                    foreach ((string, decimal) number in Numbers(field, $"{path}/{name}")) yield return number;
                break;
            case JsonArray items:
                for (int i = 0; i < items.Count; i++)
                    foreach ((string, decimal) number in Numbers(items[i], $"{path}/{i}")) yield return number;
                break;
            case JsonValue leaf when leaf.TryGetValue(out decimal value):
                yield return (path, value);
                break;
            default:
                break;
        }
    }

    private static void Set(JsonNode root, string path, decimal value)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        JsonNode at = root;
        foreach (string part in parts[..^1]) at = at is JsonArray items ? items[int.Parse(part)]! : at[part]!;
        if (at is JsonArray last) last[int.Parse(parts[^1])] = value;
        else at[parts[^1]] = value;
    }

    private static RiskParameters WithoutPegsInUsdc(RiskParameters rules)
    {
        RiskParameters on = EveryTerm.On(rules);
        var depeg = new DepegTerms(2, [new DepegLine(new AssetScope(null, AssetClass.Staked), 0.15m, 0m)]);

        return on with { Contingencies = on.Contingencies with { Depeg = depeg, Confidence = null } };
    }

    private static void Merge(TestVenue venue, int from, int into)
    {
        foreach (int i in venue.Positions.Columns(from).ToArray())
            venue.Positions.Set(into, i, venue.Positions.Quantity(into, i) + venue.Positions.Quantity(from, i));
        foreach (int a in venue.Money.Columns(from).ToArray())
            venue.Money.Set(into, a, venue.Money.Quantity(into, a) + venue.Money.Quantity(from, a));
    }
}
