using System.Text;
using Plimsoll.Markets.Oracles;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Tests.Liquidation;

public class OracleRulesTests
{
    private const string Whole = """
        {"rest":{"heartbeatSeconds":60},"assets":[
        {"asset":"WSTETH","heartbeatSeconds":"60.5","mostAge":2,"haltAge":48,"mostConfidence":0.04,"liveConfidence":0.005,"leastSources":2,"liveSources":3,"mostJump":0.1,"outlierScore":4,
         "leastAnswer":0.1,"frozenMove":0.02,"assumedConfidence":0.001,"ownBook":"venue","anchor":{"value":1.2,"weight":0.25,"asset":"STETH"}},
        {"asset":"STETH","heartbeatSeconds":60,"anchor":{"value":1,"weight":0.50,"asset":"ETH"}}],
        "actions":{"liquidate":"stale","open":"degraded"},"damping":{"delayGrowth":0.060,"growth":0.0003}}
        """;

    [Fact]
    public void Written_and_read_the_section_is_the_same_and_ids_ascend()
    {
        RiskParameters rules = new TestVenue().Model.Parameters with { Oracles = OracleRules.FromJson(Whole) };
        byte[] once = rules.ToJson();

        RiskParameters again = RiskParameters.FromJson(once);

        again.ToJson().ShouldBe(once);
        again.Oracles.Lines.Select(line => line.Asset!.Value.Value).ShouldBe(["STETH", "WSTETH"]);
        again.Oracles.Lines.ShouldBe(rules.Oracles.Lines);
        again.Oracles.Lines[1].Terms.Heartbeat.ShouldBe(60_500_000);
        (again.Oracles.Actions.WorstFor(OracleAction.Liquidate), again.Oracles.Actions.WorstFor(OracleAction.Borrow)).ShouldBe((OracleStatus.Stale, OracleStatus.Live));
        again.Oracles.StepsTo(again.Oracles.Lines[1]).ShouldBe(2);
    }

    [Fact]
    public void A_set_that_asks_nothing_of_feeds_does_not_write_the_section()
    {
        RiskParameters rules = new TestVenue().Model.Parameters;

        Encoding.UTF8.GetString(rules.ToJson()).ShouldNotContain("oracles");
        (rules with { Oracles = OracleRules.None with { Actions = new ActionMatrix(new Dictionary<OracleAction, OracleStatus> { [OracleAction.Reduce] = OracleStatus.Halted }) } }).ToJson().ShouldBe(rules.ToJson());
    }

    [Theory]
    [InlineData("\"heartbeatSeconds\":60}", "\"heartbeatSeconds\":0}", "heartbeatSeconds")]
    [InlineData("\"heartbeatSeconds\":60}", "\"heartbeat\":60}", "heartbeatSeconds: is missing")]
    [InlineData("\"mostAge\":2", "\"mostAge\":0.5", "mostAge")]
    [InlineData("\"haltAge\":48", "\"haltAge\":1", "haltAge")]
    [InlineData("\"liveConfidence\":0.005", "\"liveConfidence\":0.05", "liveConfidence")]
    [InlineData("\"liveSources\":3", "\"liveSources\":1", "liveSources")]
    [InlineData("\"liveSources\":3", "\"liveSources\":65", "liveSources")]
    [InlineData("\"leastSources\":2", "\"leastSources\":2.5", "leastSources")]
    [InlineData("\"mostJump\":0.1", "\"mostJump\":-0.1", "mostJump")]
    [InlineData("\"frozenMove\":0.02", "\"frozenMove\":0", "frozenMove")]
    [InlineData("\"assumedConfidence\":0.001", "\"assumedConfidence\":0.5", "assumedConfidence")]
    [InlineData("\"weight\":0.25", "\"weight\":1.25", "anchor")]
    [InlineData("\"asset\":\"ETH\"}", "\"asset\":\"WSTETH\"}", "redeemed for itself")]
    [InlineData("\"asset\":\"STETH\",", "\"asset\":\"WSTETH\",", "names an asset twice")]
    [InlineData("\"open\":\"degraded\"", "\"open\":\"degraded\",\"reduce\":\"live\"", "reduce")]
    [InlineData("\"open\":\"degraded\"", "\"deposit\":\"live\"", "deposit: is not a known field")]
    [InlineData("\"open\":\"degraded\"", "\"open\":\"rotten\"", "'rotten' is none of")]
    [InlineData("\"growth\":0.0003", "\"growth\":0", "growth")]
    public void What_cannot_be_meant_is_refused_and_the_field_is_named(string found, string instead, string named)
    {
        int at = Whole.IndexOf(found, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0);

        Should.Throw<InputException>(() => OracleRules.FromJson(Whole[..at] + instead + Whole[(at + found.Length)..])).Message.ShouldContain(named);
    }
}
