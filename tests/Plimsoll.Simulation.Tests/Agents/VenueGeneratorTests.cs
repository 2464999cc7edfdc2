using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Simulation.Stories;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Agents;

public sealed class VenueGeneratorTests
{
    [Theory]
    [InlineData(50, 1UL)]
    [InlineData(400, 2UL)]
    [InlineData(400, 3UL)]
    [InlineData(2000, 20200312UL)]
    public void Nothing_in_the_opening_is_refused_so_every_account_opens_with_initial_margin(int accounts, ulong seed)
    {
        var kernel = new VenueKernel();

        foreach (Envelope envelope in HarbourVenue.Building(HarbourVenue.Story(accounts, seed)))
        {
            kernel.Execute(envelope, out Outcome outcome);
            outcome.Refusal.ShouldBe(Refusal.None, $"seed {seed}: {HarbourVenue.Text(envelope)} {outcome.Detail}");
        }

        kernel.State.Accounts.Count.ShouldBe(accounts);
    }

    [Fact]
    public void Every_contract_has_a_seller_for_every_buyer()
    {
        var lots = new Dictionary<InstrumentId, decimal>();
        var sides = new Dictionary<(AccountId, InstrumentId), decimal>();
        foreach (ReportFill fill in HarbourVenue.Building(HarbourVenue.Story()).Select(envelope => envelope.Command).OfType<ReportFill>())
        {
            sides[(fill.Buyer, fill.Instrument)] = sides.GetValueOrDefault((fill.Buyer, fill.Instrument)) + fill.Size;
            sides[(fill.Seller, fill.Instrument)] = sides.GetValueOrDefault((fill.Seller, fill.Instrument)) - fill.Size;
        }

        foreach (((AccountId _, InstrumentId instrument), decimal size) in sides) lots[instrument] = lots.GetValueOrDefault(instrument) + size;
        lots.Count.ShouldBeGreaterThan(8);
        lots.Values.ShouldAllBe(sum => sum == 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        string[] Bytes(ulong seed) => [.. HarbourVenue.Building(HarbourVenue.Story(seed: seed)).Select(HarbourVenue.Text)];

        Bytes(5).ShouldBe(Bytes(5));
        Bytes(5).ShouldNotBe(Bytes(6));
    }

    [Fact]
    public void A_customer_is_the_same_in_a_larger_venue_of_his_kind()
    {
        string[] Of(int accounts) => [.. HarbourVenue.Building(HarbourVenue.Story(accounts)).Where(envelope => envelope.Command is Deposit { Account.Value: "retail-007" }).Select(HarbourVenue.Text)];

        Of(400).ShouldNotBeEmpty();
        Of(400).ShouldBe(Of(800));
    }

    [Fact]
    public void The_population_is_the_file_s()
    {
        string[] names = [.. HarbourVenue.Building(HarbourVenue.Story(20_000)).Select(envelope => envelope.Command).OfType<OpenAccount>().Select(open => open.Account.Value)];

        names.Length.ShouldBe(20_000);
        names.Distinct().Count().ShouldBe(20_000);
        names.Count(name => name.StartsWith("whale-", StringComparison.Ordinal)).ShouldBe(99);
        names.Count(name => name.StartsWith("maker-", StringComparison.Ordinal)).ShouldBe(20);
        names.ShouldContain("retail-00042");
        names.ShouldContain("whale-07");
        names.ShouldContain("maker-03");
        names.ShouldContain("miner-12");
        names.ShouldContain("liquidity");
        ((double)names.Count(name => name.StartsWith("retail-", StringComparison.Ordinal))).ShouldBe(17_000, 40);
    }

    [Fact]
    public void Command_names_are_unique_for_each_who_asks()
    {
        (AccountId By, CommandId Id)[] names = [.. HarbourVenue.Story(step: TimeSpan.FromMinutes(30)).Commands().Select(envelope => (envelope.By, envelope.Id))];

        names.Distinct().Count().ShouldBe(names.Length);
    }

    [Theory]
    [InlineData(49)]
    [InlineData(5_000_001)]
    public void A_number_of_accounts_outside_its_range_is_refused(int accounts) =>
        Should.Throw<InputException>(() => HarbourVenue.Story(accounts)).Message.ShouldBe($"accounts: found {accounts}, expected 50 to 5000000");

    [Theory]
    [InlineData(400)]
    [InlineData(20_000)]
    public void The_opening_ends_with_the_file_s_own_commands_and_lines_scale_with_the_venue(int accounts)
    {
        Command[] commands = [.. HarbourVenue.Building(HarbourVenue.Story(accounts)).Select(envelope => envelope.Command)];

        commands[^1].ShouldBeOfType<SetLimit>();
        commands.OfType<SetBucket>().Select(bucket => bucket.Kind).Distinct().Count().ShouldBe(5);
        commands.OfType<SetLimit>().Single(limit => limit.Limit.Value == "maker-vega").Hard!.Value.ShouldBe(20_000.0 * accounts / 20_000, 1e-6);
        commands.OfType<SetLimit>().Single(limit => limit.Limit.Value == "whale-single").Hard.ShouldBe(80_000_000.0);
        commands.OfType<OpenAccount>().Count(account => account.Class?.Value == "maker").ShouldBe(Math.Max(4, accounts / 1000));
        commands.OfType<OpenAccount>().Single(account => account.Account.Value == "liquidity").Class.ShouldBeNull();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(20_000)]
    [InlineData(40_000)]
    public void Whom_the_rulebook_names_is_there_with_capital_that_scales_with_the_venue(int accounts)
    {
        Command[] commands = [.. HarbourVenue.Building(HarbourVenue.Story(accounts)).Select(envelope => envelope.Command)];
        Risk.Margin.RiskParameters rules = commands.OfType<SetParameters>().Single().Parameters;
        decimal scale = accounts / 20_000m;

        rules.Phases.Backstop!.Capital.ShouldBe(10_000_000m * scale);
        rules.Insurance.Cover!.Limit.ShouldBe(10_000_000m * scale);
        rules.Phases.Caps.Venue.ShouldBe(25_000_000m);
        Brought("backstop").ShouldBe(10_000_000m * scale);
        Brought("bidder-quick").ShouldBe(15_000_000m * scale);
        Brought("bidder-patient").ShouldBe(30_000_000m * scale);
        commands.OfType<OpenAccount>().Single(account => account.Account.Value == "insurer").Class.ShouldBeNull();
        commands.OfType<Deposit>().ShouldNotContain(deposit => deposit.Account.Value == "insurer");
        commands.OfType<StakeCover>().ShouldNotBeEmpty();
        commands.OfType<StakeCover>().ShouldAllBe(stake => stake.Account.Value.StartsWith("saver-", StringComparison.Ordinal));

        decimal Brought(string account) => decimal.Parse(commands.OfType<Deposit>().Single(deposit => deposit.Account.Value == account).Amount, System.Globalization.CultureInfo.InvariantCulture);
    }
}
