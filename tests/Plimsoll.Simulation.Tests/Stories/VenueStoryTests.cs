using System.Collections.Immutable;
using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Simulation.Paths;
using Plimsoll.Simulation.Stories;
using Plimsoll.Simulation.Tests.Agents;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Stories;

public sealed class VenueStoryTests
{
    [Fact]
    public void Time_never_goes_back()
    {
        Instant last = default;
        foreach (Envelope envelope in HarbourVenue.Story().Commands())
        {
            (envelope.At >= last).ShouldBeTrue(HarbourVenue.Text(envelope));
            last = envelope.At;
        }
    }

    [Fact]
    public void A_story_taken_up_again_goes_on_where_the_venue_stopped()
    {
        VenueStory story = HarbourVenue.Story(accounts: 100);
        string[] whole = [.. story.Commands().Select(HarbourVenue.Text)];
        Instant stopped = Instant.Utc(2020, 3, 13, 2);

        string[] rest = [.. HarbourVenue.Story(accounts: 100).Commands(stopped).Select(HarbourVenue.Text)];

        rest.ShouldBe(whole[^rest.Length..]);
        rest[0].ShouldStartWith("2020-03-13T02:00:00Z ");
        rest.Length.ShouldBeLessThan(whole.Length);
    }

    [Fact]
    public void Funding_is_paid_every_eight_hours_and_turns_negative_in_the_fall()
    {
        (Instant At, decimal Rate)[] rates =
        [
            .. HarbourVenue.Story().Commands()
                .Where(envelope => envelope.Command is PayFunding { Instrument.Value: "BTC-PERPETUAL" })
                .Select(envelope => (envelope.At, ((PayFunding)envelope.Command).Rate)),
        ];

        rates.Select(rate => rate.At.ToDateTime().Hour % 8).ShouldAllBe(hour => hour == 0);
        rates.Length.ShouldBe(18);
        rates.ShouldAllBe(rate => Math.Abs(rate.Rate) <= 0.00375m);
        rates.Single(rate => rate.At == Instant.Utc(2020, 3, 12, 16)).Rate.ShouldBeLessThan(-0.003m);
        rates[0].Rate.ShouldBeGreaterThan(0m);
    }

    [Fact]
    public void Customers_run_only_after_the_fall_and_no_one_twice()
    {
        (Instant At, AccountId By, CommandId Id)[] asks =
        [
            .. HarbourVenue.Story().Commands()
                .Where(envelope => envelope.Command is Withdraw && envelope.Id.Value.StartsWith("run-", StringComparison.Ordinal))
                .Select(envelope => (envelope.At, envelope.By, envelope.Id)),
        ];

        asks.Length.ShouldBeGreaterThan(20);
        asks.ShouldAllBe(ask => ask.At >= Instant.Utc(2020, 3, 12, 10));
        asks.Select(ask => (ask.By, ask.Id)).Distinct().Count().ShouldBe(asks.Length);
    }

    [Fact]
    public void Nobody_runs_in_a_venue_without_runners() =>
        VenueStory.Open(HarbourVenue.File, new StoryOptions { Accounts = 200, Step = null, Runners = 0 })
            .Commands().Any(envelope => envelope.Id.Value.StartsWith("run-", StringComparison.Ordinal)).ShouldBeFalse();

    [Fact]
    public void A_path_of_another_year_moves_expiries_and_strikes_with_it()
    {
        PricePath path = NamedShock.Parse("grind").Path([new ShockedAsset(new AssetId("BTC"), 78_650.1m)], Instant.Utc(2025, 11, 3), 1);

        VenueStory story = VenueStory.Open(HarbourVenue.File, new StoryOptions { Accounts = 100, Path = path, Step = null });
        string[] listed = [.. story.Commands().Select(envelope => envelope.Command).OfType<ListInstrument>().Select(list => list.Instrument.Value)];

        listed.ShouldContain("BTC-PERPETUAL");
        listed.ShouldContain("BTC-26DEC25");
        listed.ShouldContain("BTC-26DEC25-80000-C");
        listed.ShouldContain("BTC-27MAR26-80000-C", "the file's second expiry is the next quarter's");
        listed.ShouldContain("ETH-26DEC25-2200-C");
        story.Path.Synthetic.ShouldBeTrue();
    }

    [Fact]
    public void A_story_along_another_path_is_accepted_to_the_last_opening_command()
    {
        PricePath path = NamedShock.Parse("flash-crash").Path([new ShockedAsset(new AssetId("ETH"), 3_333.33m)], Instant.Utc(2024, 12, 20), 9);
        VenueStory story = VenueStory.Open(HarbourVenue.File, new StoryOptions { Accounts = 200, Path = path, Step = null });

        ImmutableArray<Outcome> outcomes = HarbourVenue.Live(new VenueKernel(), HarbourVenue.Building(story));

        outcomes.ShouldAllBe(outcome => outcome.Accepted);
    }

    [Fact]
    public void Contracts_that_end_on_the_way_are_settled_once()
    {
        PricePath path = Flat(Instant.Utc(2020, 3, 26, 23), Instant.Utc(2020, 3, 27, 10));

        Envelope[] settled =
        [
            .. VenueStory.Open(HarbourVenue.File, new StoryOptions { Accounts = 400, Path = path, Step = null }).Commands().Where(envelope => envelope.Command is SettleExpiry),
        ];

        settled.ShouldAllBe(envelope => envelope.At == Instant.Utc(2020, 3, 27, 8));
        settled.Select(envelope => ((SettleExpiry)envelope.Command).Instrument.Value).ShouldContain("BTC-27MAR20");
        settled.Select(envelope => envelope.Id).Distinct().Count().ShouldBe(settled.Length);
    }

    [Fact]
    public void An_asset_without_prices_and_without_a_rule_is_refused()
    {
        PricePath path = NamedShock.Parse("grind").Path([new ShockedAsset(new AssetId("DOGE"), 0.1m)], Instant.Utc(2025, 11, 3), 1);

        Should.Throw<InputException>(() => VenueStory.Open(HarbourVenue.File, new StoryOptions { Path = path }));
    }

    [Fact]
    public void The_whole_crash_is_lived_and_the_books_still_balance()
    {
        var kernel = new VenueKernel();
        VenueStory story = HarbourVenue.Story(accounts: 400, step: TimeSpan.FromMinutes(15));

        ImmutableArray<Outcome> outcomes = HarbourVenue.Live(kernel, story);

        outcomes.SelectMany(outcome => outcome.Events).Select(happened => happened.GetType().Name).Distinct().Count().ShouldBeGreaterThan(10);
        outcomes.Where(outcome => outcome.Refusal is not (Refusal.None or Refusal.InitialMarginBreached or Refusal.BalanceInsufficient or Refusal.HoldingsInsufficient or Refusal.AccountInAuction))
            .Select(outcome => $"{outcome.At} {outcome.Refusal} {outcome.Detail}").ShouldBeEmpty();
        Audit.Full(kernel.State);
    }

    [Fact]
    public void The_crash_is_met_stage_by_stage_and_the_insurance_pays_for_all_of_it()
    {
        Event[] crash = Happened(1);

        crash.OfType<AccountWarned>().ShouldNotBeEmpty();
        crash.OfType<MarginCalled>().ShouldNotBeEmpty();
        crash.OfType<LiquidationSliced>().ShouldNotBeEmpty();
        crash.OfType<AuctionOpened>().ShouldNotBeEmpty();
        crash.OfType<BidTaken>().ShouldNotBeEmpty();
        crash.OfType<BackstopTook>().ShouldNotBeEmpty();
        crash.OfType<PositionLiquidated>().ShouldNotBeEmpty();
        crash.OfType<BreakerTripped>().ShouldNotBeEmpty();
        crash.OfType<FundDrawn>().ShouldNotBeEmpty();
        crash.OfType<Deleveraged>().ShouldBeEmpty();
        crash.OfType<LossBorne>().ShouldBeEmpty();
    }

    [Fact]
    public void A_heavier_crash_uses_every_layer_up_and_is_shared_and_a_heavier_one_still_deleverages()
    {
        Event[] heavier = Happened(1.8);
        heavier.OfType<FundDrawn>().Select(drawn => drawn.From).Distinct().Count().ShouldBe(3);
        heavier.OfType<CoverClaimed>().ShouldNotBeEmpty();
        heavier.OfType<LossSocialised>().ShouldNotBeEmpty();

        Happened(2.5).OfType<Deleveraged>().ShouldNotBeEmpty();
    }

    [Fact]
    public void A_venue_that_stopped_between_two_moments_goes_on_with_what_was_under_way()
    {
        VenueStory story = HarbourVenue.Story(accounts: 100);
        var seen = new HashSet<(VenueKernel, AccountId, CommandId)>();
        var whole = new VenueKernel();
        HarbourVenue.Live(whole, story);

        var stopped = new VenueKernel();
        int left = (int)whole.Sequence / 2;
        Play(stopped, () => left-- > 0);
        stopped.Sequence.ShouldBeInRange(whole.Sequence / 2, whole.Sequence - 100);
        Play(stopped, () => true);

        Snapshots.HashOf(stopped.State).ShouldBe(Snapshots.HashOf(whole.State));

        void Play(VenueKernel kernel, Func<bool> goes)
        {
            Meanwhile between = story.Between();
            foreach (Envelope told in story.Commands(kernel.Sequence > 0 ? kernel.State.Now : null))
            {
                while (told.At > story.Path.Start && between.Next(kernel.State, told.At) is { } next)
                {
                    if (!Goes(next)) return;
                }

                if (!Goes(told)) return;
            }

            // What the venue has seen it answers with its first outcome, as its host does.
            bool Goes(Envelope envelope)
            {
                if (seen.Add((kernel, envelope.By, envelope.Id))) kernel.Execute(envelope, out _);

                return goes();
            }
        }
    }

    [Fact]
    public void A_fault_in_the_parameters_names_their_file()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            foreach (string name in (string[])["venue.json", "prices.csv"]) File.Copy(Path.Combine(Path.GetDirectoryName(HarbourVenue.File)!, name), Path.Combine(folder, name));
            Should.Throw<InputException>(() => VenueStory.Open(Path.Combine(folder, "venue.json"))).Message.ShouldContain("parameters.json");

            File.WriteAllText(Path.Combine(folder, "parameters.json"), "{}");
            Should.Throw<InputException>(() => VenueStory.Open(Path.Combine(folder, "venue.json"))).Message.ShouldStartWith(Path.Combine(folder, "parameters.json"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Two_engines_that_live_the_same_story_end_in_the_same_hash()
    {
        string Hash(ulong seed)
        {
            var kernel = new VenueKernel();
            HarbourVenue.Live(kernel, HarbourVenue.Story(accounts: 100, seed));

            return kernel.Hash.ToString();
        }

        Hash(11).ShouldBe(Hash(11));
        Hash(11).ShouldNotBe(Hash(12));
    }

    private static Event[] Happened(double factor)
    {
        var kernel = new VenueKernel();
        VenueStory story = VenueStory.Open(HarbourVenue.File, new StoryOptions { Accounts = 400, Factor = factor });
        Event[] events = [.. HarbourVenue.Live(kernel, story).SelectMany(outcome => outcome.Events)];
        Audit.Full(kernel.State);

        return events;
    }

    private static PricePath Flat(Instant from, Instant to)
    {
        AssetId[] assets = [new("BTC"), new("ETH"), new("LINK")];
        List<PriceTick> ticks = [];
        for (Instant at = from; at <= to; at += TimeSpan.FromHours(1)) ticks.Add(new PriceTick(at, [7800m, 200m, 4m]));

        return new PricePath("flat", synthetic: true, assets, from, to, () => ticks);
    }
}
