using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>The requirement fast and plain: one verdict, to the last bit, whichever sections of the rulebook speak.</summary>
public class RequirementTwins
{
    public static TheoryData<string> Sections =>
        ["all", "offsets", "leverage", "openInterest", "basis", "skew", "naked", "depeg", "onePeg", "closeOut", "confidence", "concentration", "fewScenarios", "manyPegs"];

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_fast_requirement_equals_the_plain_one_to_the_last_bit(string section)
    {
        const int accounts = 8_000;
        TestVenue venue = Crowds.Of(11, accounts, p => Only(section, p));
        var chance = new Chance(12);
        for (int i = 0; i < 200; i++) HoldsEverything(venue, chance);
        var verdicts = new Verdict[venue.Positions.Rows];

        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts);

        for (int account = 0; account < verdicts.Length; account++) verdicts[account].ShouldBe(venue.Judged(account), $"{section}, account {account}");
    }

    [Fact]
    public void A_long_list_in_any_order_is_judged_as_each_of_its_accounts_alone()
    {
        TestVenue venue = Crowds.Of(18, 1_000);
        int[] list = [.. Enumerable.Range(0, 1_000).Select(i => i * 7 % 1_000)];
        var (verdicts, inPlace, near) = (new Verdict[list.Length], new Verdict[list.Length], new ulong[16]);

        Judge.Accounts(list, venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts);
        Judge.InPlace(list, venue.Positions, venue.Money, venue.Responses, venue.Model, inPlace, near);

        for (int i = 0; i < list.Length; i++)
        {
            verdicts[i].ShouldBe(venue.Judged(list[i]), $"account {list[i]}");
            inPlace[list[i]].ShouldBe(verdicts[i]);
            ((near[i / 64] >> (i % 64) & 1) != 0).ShouldBe(verdicts[i].IsNear(venue.Model.WatchAt), $"account {list[i]}");
        }
    }

    [Fact]
    public void Accounts_in_other_modes_are_judged_among_the_rest()
    {
        TestVenue venue = Crowds.Of(13, 1_000);
        var terms = new AccountTerms();
        for (int account = 0; account < 1_000; account++) terms.SetMode(account, (MarginMode)(account % 3));
        var verdicts = new Verdict[1_000];

        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts, threads: 3, terms: terms);

        for (int account = 0; account < 1_000; account++)
            verdicts[account].ShouldBe(Judge.Account(account, venue.Positions, venue.Money, venue.Responses, venue.Model, terms), $"account {account}");
    }

    [Fact]
    public void Sections_that_ask_for_nothing_judge_as_if_they_were_left_out()
    {
        TestVenue bare = Crowds.Of(14, 1_000, EveryTerm.Off);
        TestVenue idle = Crowds.Of(14, 1_000, p => EveryTerm.Off(p) with
        {
            Contingencies = new MarginContingencies
            {
                Basis = new BasisTerms(0m, 0m, 0m),
                Skew = new SkewTerms(0m, 0m, 1m, 0.01m),
                NakedShort = LineRates.Same(0m),
                Depeg = new DepegTerms(1, []),
                CloseOut = new CloseOutTerms(LineRates.Same(1m), []),
                Confidence = new ConfidenceTerms(0m, 0m),
                Concentration = new ConcentrationTerms(null, 1m, 0m),
            },
        });

        for (int account = 0; account < 1_000; account++) idle.Judged(account).ShouldBe(bare.Judged(account), $"account {account}");
    }

    [Fact]
    public void Judging_allocates_nothing()
    {
        TestVenue venue = Crowds.Of(15, 500);
        var verdicts = new Verdict[500];
        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Judge.All(venue.Positions, venue.Money, venue.Responses, venue.Model, verdicts);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_024);
    }

    [Fact]
    public void A_tick_taken_up_in_part_equals_a_full_rebuild_to_the_last_bit()
    {
        TestVenue venue = Crowds.Of(16, 300);
        var partial = new ResponseSet(venue.Model);
        var full = new ResponseSet(venue.Model);
        var chance = new Chance(17);
        partial.Rebuild(venue.Market);
        for (int tick = 0; tick < 30; tick++)
        {
            AssetIndex asset = new(chance.Below(venue.Catalog.Assets.Count));
            if (tick % 3 == 0) venue.Market.MoveTo(venue.Market.At + TimeSpan.FromHours(7));
            venue.Price(asset, (decimal)(venue.Market.PriceOf(asset) * chance.Between(0.9, 1.1)));
            var sizes = new VenueSizes(
                openInterest: [.. venue.Catalog.Instruments.Select(_ => chance.Happens(0.5) ? chance.Between(0, 1e4) : 0)],
                confidence: [.. venue.Catalog.Assets.Select(_ => chance.Happens(0.5) ? chance.Between(0, 0.01) : 0)]);

            partial.Rebuild(venue.Market, [asset], [], sizes);
            full.Rebuild(venue.Market, sizes);

            for (int account = 0; account < 300; account++)
            {
                Judge.Account(account, venue.Positions, venue.Money, partial, venue.Model)
                    .ShouldBe(Judge.Account(account, venue.Positions, venue.Money, full, venue.Model), $"tick {tick}, account {account}");
            }
        }
    }

    private static void HoldsEverything(TestVenue venue, Chance chance)
    {
        int account = venue.Open();
        venue.Deposit(account, venue.Usdc, chance.Between(-1e4, 1e6));
        for (int i = 0; i < venue.Catalog.Instruments.Count; i++)
            if (chance.Happens(0.8)) venue.Positions.Set(account, i, chance.Between(-1, 1) * 50_000 / venue.Responses.UnitNotionals[i]);
        for (int a = 0; a < venue.Catalog.Assets.Count; a++)
            if (chance.Happens(0.6)) venue.Money.Set(account, a, chance.Between(-1, 3) * 20_000 / venue.Responses.AssetPrices[a]);
    }

    private static RiskParameters Only(string section, RiskParameters rules)
    {
        RiskParameters on = EveryTerm.On(rules), off = EveryTerm.Off(rules);
        MarginContingencies all = on.Contingencies;

        return section switch
        {
            "offsets" => off with { OffsetCredit = 0.5m },
            "leverage" => off with { Leverage = on.Leverage },
            "openInterest" => off with { OpenInterest = on.OpenInterest },
            "basis" => off with { Contingencies = new() { Basis = all.Basis } },
            "skew" => off with { Contingencies = new() { Skew = all.Skew } },
            "naked" => off with { Contingencies = new() { NakedShort = all.NakedShort } },
            "depeg" => off with { Contingencies = new() { Depeg = all.Depeg } },
            "onePeg" => on with { Contingencies = all with { Depeg = new DepegTerms(1, [new DepegLine(new AssetScope(new AssetId("USDC"), null), 0.05m, 0.02m)]) } },
            "closeOut" => off with { Contingencies = new() { CloseOut = all.CloseOut } },
            "confidence" => off with { Contingencies = new() { Confidence = all.Confidence } },
            "concentration" => off with { Contingencies = new() { Concentration = new ConcentrationTerms(null, 0.01m, 0.3m) } },
            "fewScenarios" => on with { Grids = [.. on.Grids.Select(g => g with { Scenarios = [.. g.Scenarios.Take(5)] })] },
            "manyPegs" => on with
            {
                Contingencies = all with
                {
                    Depeg = new DepegTerms(2, [.. new[] { "BTC", "ETH", "STETH", "USDC", "DOGE" }.Select((a, i) => new DepegLine(new AssetScope(new AssetId(a), null), 0.05m * (i + 1), 0.02m * i))]),
                },
            },
            _ => on,
        };
    }
}
