using Plimsoll.Engine;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Hosting;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Tests.Projections;

public sealed class ChronicleTests
{
    private static readonly Instant Noon = Instant.Utc(2025, 3, 3, 12);
    private static readonly AssetId Bitcoin = new("BTC");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_hour_knows_a_price_whether_it_was_said_or_made_of_reports(bool joined)
    {
        var kernel = new VenueKernel();
        var chronicle = new Chronicle(new Catalog());
        Do(new ListAsset(Bitcoin, 8, AssetClass.Major, null));
        RiskParameters rules = RiskParameters.Default(kernel.State.Catalog);
        if (joined) rules = rules with { Oracles = OracleRules.FromJson("""{"rest":{"heartbeatSeconds":3600,"liveSources":1,"assumedConfidence":0.0005}}""") };
        Do(new SetParameters(rules));

        Outcome told = Do(new MovePrices([new AssetPrice(Bitcoin, 90_000m, Noon, 0.0005, new AccountId("feed"))], []));

        told.Events.OfType<PricesReported>().Any().ShouldBe(joined);
        chronicle.Read(history => history.PriceAt(new AssetIndex(0), history.NewestHour)).ShouldBe(90_000);

        Outcome Do(Command command)
        {
            kernel.Execute(new Envelope(Noon, Envelope.Venue, new CommandId($"c{kernel.Sequence}"), command), out Outcome outcome);
            outcome.Accepted.ShouldBeTrue(outcome.Refusal.ToString());
            chronicle.Take(new Committed([], [outcome]));

            return outcome;
        }
    }
}
