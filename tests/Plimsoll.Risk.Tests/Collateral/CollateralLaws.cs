using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Collateral;

/// <summary>What is true of whatever counts, under many seeded schedules and books.</summary>
public sealed class CollateralLaws
{
    private const ulong Seeds = 400;

    [Fact]
    public void No_asset_counts_more_than_it_is_worth() => ForBooks((venue, model, terms, account, seed) =>
    {
        foreach (CollateralLine line in Judge.Explain(account, venue.Positions, venue.Money, venue.Responses, model, terms).Collateral)
        {
            line.Counted.ShouldBeLessThanOrEqualTo(line.Value + (1e-9 * (1 + Math.Abs(line.Value))), $"seed {seed} asset {line.Asset}");
            if (line.Value > 0) line.Counted.ShouldBeGreaterThanOrEqualTo(Math.Min(0, line.Value), $"seed {seed} asset {line.Asset}");
        }
    });

    [Fact]
    public void The_lines_of_an_explanation_sum_to_what_the_verdict_counts() => ForBooks((venue, model, terms, account, seed) =>
    {
        Explanation why = Judge.Explain(account, venue.Positions, venue.Money, venue.Responses, model, terms);
        double sum = 0;
        foreach (CollateralLine line in why.Collateral) sum += line.Counted;

        sum.ShouldBe(why.Verdict.Counted, $"seed {seed}");
        double tolerance = 1e-9 * (1 + why.Verdict.Notional + Math.Abs(why.Verdict.Equity));
        why.Requirement.Sum(line => line.Required.Initial).ShouldBe(why.Verdict.InitialRequirement, tolerance, $"seed {seed}");
        why.Requirement.Sum(line => line.Required.Maintenance).ShouldBe(why.Verdict.MaintenanceRequirement, tolerance, $"seed {seed}");
    });

    [Fact]
    public void One_coin_more_of_anything_never_lowers_what_the_owner_counts() => ForBooks((venue, model, terms, account, seed) =>
    {
        double before = OfOwner(venue, model, terms, account, v => v.Counted);
        foreach (AssetIndex asset in Assets(venue))
        {
            double coins = 100 / venue.Responses.AssetPrices[asset.Value] * (1 + (seed % 7));
            venue.Deposit(account, asset, coins);
            OfOwner(venue, model, terms, account, v => v.Counted).ShouldBeGreaterThanOrEqualTo(before - (1e-9 * (1 + Math.Abs(before))), $"seed {seed} asset {asset}");
            venue.Deposit(account, asset, -coins);
        }
    });

    [Fact]
    public void An_issuers_assets_never_count_more_than_his_cap_in_one_owners_hands() => ForBooks((venue, model, terms, account, seed) =>
    {
        foreach (IssuerTerms issuer in model.Parameters.CollateralPolicy.Issuers)
        {
            double counted = 0;
            foreach (int member in Family(terms, account))
            {
                foreach (CollateralLine line in Judge.Explain(member, venue.Positions, venue.Money, venue.Responses, model, terms).Collateral)
                    if (line.Value > 0 && model.Parameters.Collateral.First(c => c.Asset == venue.Catalog[line.Asset].Id).Issuer == issuer.Issuer) counted += Math.Max(0, line.Counted);
            }

            counted.ShouldBeLessThanOrEqualTo((double)(issuer.Cap ?? decimal.MaxValue) * (1 + 1e-12) + 1e-9, $"seed {seed} issuer {issuer.Issuer}");
        }
    });

    [Fact]
    public void Splitting_a_holding_over_sub_accounts_gains_nothing()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var chance = new Chance(seed);
            var venue = new TestVenue(p => Rules(p, chance, accountCaps: false));
            int[] family = [venue.Open(), venue.Open(), venue.Open()];
            int whole = venue.Open();
            foreach (AssetIndex asset in Assets(venue))
            {
                foreach (int member in family)
                {
                    double coins = chance.Happens(0.7) ? chance.Between(0, 300_000) / venue.Responses.AssetPrices[asset.Value] : 0;
                    venue.Deposit(member, asset, coins);
                    venue.Deposit(whole, asset, coins);
                }
            }

            var terms = new AccountTerms();
            terms.SetFamily(family);
            double apart = OfOwner(venue, venue.Model, terms, family[0], v => v.Counted);

            apart.ShouldBe(venue.Judged(whole).Counted, 1e-9 * (1 + apart), $"seed {seed}");
        }
    }

    [Fact]
    public void A_higher_haircut_never_raises_health() => ForBooks((venue, model, terms, account, seed) =>
    {
        var chance = new Chance(seed + 77);
        double[] floors = [.. model.Sizes.HaircutFloors];
        if (floors.Length < model.AssetCount) Array.Resize(ref floors, model.AssetCount);
        int asset = chance.Below(model.AssetCount);
        floors[asset] += (1 - floors[asset]) * chance.Unit();
        MarginModel stricter = model.With(new VenueSizes(holdings: model.Sizes.Holdings, haircutFloors: floors), venue.Responses.AssetPrices);

        // Of one owner's accounts one may count more of what together counts less.
        double less = OfOwner(venue, stricter, terms, account, v => v.Counted);
        double more = OfOwner(venue, model, terms, account, v => v.Counted);
        less.ShouldBeLessThanOrEqualTo(more + (1e-9 * (1 + Math.Abs(more))), $"seed {seed}");

        Verdict under = Judge.Account(account, venue.Positions, venue.Money, venue.Responses, stricter);
        Verdict over = Judge.Account(account, venue.Positions, venue.Money, venue.Responses, model);

        // What is counted less is also lost less; where a crowd keeps it from counting for opening anyway, only that remains.
        foreach (MarginLine line in Enum.GetValues<MarginLine>().Where(line => line != MarginLine.Initial || !model.Schedule.IsCrowded))
            under.Health(line).ShouldBeLessThanOrEqualTo(over.Health(line) + (1e-9 * (1 + over.Notional + Math.Abs(over.Equity))), $"seed {seed} {line}");
    });

    [Fact]
    public void Crowding_lowers_the_initial_line_and_no_other() => ForBooks((venue, model, terms, account, seed) =>
    {
        MarginModel empty = model.With(new VenueSizes(haircutFloors: model.Sizes.HaircutFloors), venue.Responses.AssetPrices);
        Verdict crowded = Judge.Account(account, venue.Positions, venue.Money, venue.Responses, model, terms);
        Verdict alone = Judge.Account(account, venue.Positions, venue.Money, venue.Responses, empty, terms);

        double tolerance = 1e-9 * (1 + alone.Notional + Math.Abs(alone.Equity));
        crowded.InitialHealth.ShouldBeLessThanOrEqualTo(alone.InitialHealth + tolerance, $"seed {seed}");
        crowded.TargetHealth.ShouldBe(alone.TargetHealth, tolerance, $"seed {seed}");
        crowded.MaintenanceHealth.ShouldBe(alone.MaintenanceHealth, tolerance, $"seed {seed}");
    });

    [Fact]
    public void Initial_health_is_never_above_target_health_nor_target_above_maintenance() => ForBooks((venue, model, terms, account, seed) =>
    {
        Verdict v = Judge.Account(account, venue.Positions, venue.Money, venue.Responses, model, terms);

        v.InitialHealth.ShouldBeLessThanOrEqualTo(v.TargetHealth, $"seed {seed}");
        v.TargetHealth.ShouldBeLessThanOrEqualTo(v.MaintenanceHealth, $"seed {seed}");
    });

    [Fact]
    public void The_fast_judge_says_to_the_bit_what_the_plain_one_says() => ForBooks((venue, model, terms, account, seed) =>
    {
        var verdicts = new Verdict[venue.Positions.Rows];
        Judge.All(venue.Positions, venue.Money, venue.Responses, model, verdicts, terms: terms);

        for (int one = 0; one < verdicts.Length; one++)
            verdicts[one].ShouldBe(Judge.Account(one, venue.Positions, venue.Money, venue.Responses, model, terms), $"seed {seed} account {one}");
    });

    private static void ForBooks(Action<TestVenue, MarginModel, AccountTerms, int, ulong> check)
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var chance = new Chance(seed);
            var venue = new TestVenue(p => Rules(p, chance));
            int account = chance.Account(venue);
            int sibling = chance.Account(venue);
            int stranger = chance.Account(venue);
            foreach (int one in (int[])[account, sibling, stranger])
                if (chance.Happens(0.5)) venue.Deposit(one, Assets(venue)[chance.Below(5)], chance.Between(0, 500_000) / 3_000);
            var terms = new AccountTerms();
            if (chance.Happens(0.5)) terms.SetFamily(account, sibling);
            double[] holdings = [.. Assets(venue).Select(asset => chance.Happens(0.5) ? chance.Between(0, 3e6) / venue.Responses.AssetPrices[asset.Value] : 0)];
            double[] floors = [.. Assets(venue).Select(_ => chance.Happens(0.3) ? chance.Unit() : 0)];
            MarginModel model = venue.Model.With(new VenueSizes(holdings: holdings, haircutFloors: floors), venue.Responses.AssetPrices);
            check(venue, model, terms, account, seed);
        }
    }

    /// <summary>Schedules with everything that can be said of collateral, each at times.</summary>
    private static RiskParameters Rules(RiskParameters rules, Chance chance, bool accountCaps = true) => rules with
    {
        Collateral = [.. rules.Collateral.Select(line => Line(line.Asset, chance, accountCaps))],
        CollateralPolicy = new CollateralPolicy
        {
            Issuers =
            [
                new IssuerTerms("lodge", chance.Happens(0.7) ? Money(chance, 200_000) : null, chance.Happens(0.5) ? Money(chance, 1_000_000) : null),
                new IssuerTerms("mint", chance.Happens(0.5) ? Money(chance, 100_000) : null),
                new IssuerTerms("kennel", null, null, chance.Happens(0.1)),
            ],
        },
    };

    private static CollateralTerms Line(AssetId asset, Chance chance, bool accountCaps)
    {
        decimal haircut = 0;
        decimal from = 0;
        var tiers = new List<CollateralTier>();
        for (int t = chance.Below(4); t >= 0; t--)
        {
            haircut += (1 - haircut) * (decimal)(0.4 * chance.Unit());
            tiers.Add(new CollateralTier(from, haircut));
            from += 1 + Money(chance, 150_000);
        }

        return new CollateralTerms(asset, [.. tiers], chance.Happens(0.3) ? Money(chance, 400_000) : null)
        {
            AccountCap = accountCaps && chance.Happens(0.2) ? Money(chance, 200_000) : null,
            VenueCap = chance.Happens(0.5) ? 1 + Money(chance, 2_000_000) : null,
            BridgeHaircut = chance.Happens(0.3) ? (decimal)(0.3 * chance.Unit()) : 0m,
            Finality = chance.Happens(0.05) ? Finality.Pending : Finality.Final,
            Issuer = asset.Value switch { "STETH" => "lodge", "USDC" => "mint", "DOGE" => "kennel", _ => null },
            ThroughRoot = asset.Value == "STETH" && chance.Happens(0.6),
        };
    }

    private static decimal Money(Chance chance, double most) => Math.Round((decimal)chance.Between(0, most), 2);

    private static AssetIndex[] Assets(TestVenue venue) => [.. Enumerable.Range(0, venue.Catalog.Assets.Count).Select(a => new AssetIndex(a))];

    private static double OfOwner(TestVenue venue, MarginModel model, AccountTerms terms, int account, Func<Verdict, double> figure) =>
        Family(terms, account).Sum(member => figure(Judge.Account(member, venue.Positions, venue.Money, venue.Responses, model, terms)));

    private static int[] Family(AccountTerms terms, int account) => terms.FamilyOf(account) is { IsEmpty: false } family ? family.ToArray() : [account];
}
