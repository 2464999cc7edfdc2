using System.Text;
using Plimsoll.Simulation.Agents;
using Plimsoll.Simulation.Stories;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Tests.Agents;

public sealed class VenueFileTests
{
    private static readonly string Harbour = File.ReadAllText(HarbourVenue.File);

    [Fact]
    public void The_sample_venue_is_read()
    {
        VenueFile file = VenueFileReader.Read(HarbourVenue.File);

        file.Name.ShouldBe("Harbour");
        file.Accounts.ShouldBe(20_000);
        file.Assets.Length.ShouldBe(6);
        file.Population.Sum(kind => kind.Part).ShouldBe(1, 1e-9);
        VenueAvailability.For(file).AvailableAt(Ledger.Accounts.Fund.Bank, new AssetId("USDC"), Instant.Utc(2020, 3, 14)).ShouldBe(Instant.Utc(2020, 3, 16, 13));
    }

    [Theory]
    [InlineData("\"name\": \"Harbour\"", "\"nome\": \"Harbour\"", "nome")]
    [InlineData("\"name\": \"Harbour\",", "", "name")]
    [InlineData("\"accounts\": 20000", "\"accounts\": 10", "accounts: expected 50 to 5000000")]
    [InlineData("\"runners\": 0.25", "\"runners\": 1.5", "runners: expected 0 to 1")]
    [InlineData("\"asset\": \"ETH\", \"decimals\": 18", "\"asset\": \"BTC\", \"decimals\": 18", "assets[1].asset: expected a name, each once")]
    [InlineData("\"decimals\": 8", "\"decimals\": 25", "assets[0].decimals: expected 0 to 24")]
    [InlineData("\"class\": \"alt\"", "\"class\": \"Alt\"", "assets[3].class: expected major")]
    [InlineData("\"class\": \"alt\"", "\"class\": \"1\"", "assets[3].class: expected major")]
    [InlineData("\"reference\": 4.0776", "\"reference\": 0", "assets[3].reference: expected a price above 0")]
    [InlineData("\"follows\": \"ETH\"", "\"follows\": \"DOGE\"", "assets[2].follows: expected an asset listed before")]
    [InlineData("\"instrument\": \"BTC-PERPETUAL\"", "\"instrument\": \"BTC-PERP\"", "instruments[0].instrument: expected a name")]
    [InlineData("\"instrument\": \"BTC-PERPETUAL\"", "\"instrument\": \"DOGE-PERPETUAL\"", "instruments[0].instrument: found 'DOGE', expected a listed asset")]
    [InlineData("\"settlement\": \"BTC\", \"lotSize\": 10, \"tickSize\": 0.5, \"weight\": 22", "\"settlement\": \"EUR\", \"lotSize\": 10, \"tickSize\": 0.5, \"weight\": 22", "instruments[0].settlement")]
    [InlineData("\"weight\": 22", "\"weight\": -1", "instruments[0].weight")]
    [InlineData("\"volatility\": 0.72", "\"volatility\": 0", "instruments[11].volatility")]
    [InlineData("\"kind\": \"whale\"", "\"kind\": \"shark\"", "population[1].kind: expected one of retail, whale")]
    [InlineData("\"part\": 0.85", "\"part\": 0.95", "population: expected parts that sum to at most 1")]
    [InlineData("\"longs\": 0.64", "\"longs\": 64", "population[0].longs: expected 0 to 1")]
    [InlineData("\"fund\": \"insurance-fund\", \"asset\": \"BTC\"", "\"fund\": \"hot\", \"asset\": \"BTC\"", "endowments[0].fund")]
    [InlineData("\"place\": \"lent\", \"part\": 0.22", "\"place\": \"lent\", \"part\": 0.5", "holdings: expected parts of BTC that sum to at most 1")]
    [InlineData("\"place\": \"lent\", \"hours\": 72", "\"place\": \"moon\", \"hours\": 72", "availability[3].place")]
    [InlineData("\"type\": \"set-bucket\", \"bucket\": \"lido\"", "\"type\": \"set-pail\", \"bucket\": \"lido\"", "opening[0]")]
    [InlineData("\"type\": \"set-bucket\", \"bucket\": \"lido\", \"kind\"", "\"type\": \"set-bucket\", \"bucket\": \"lido\", \"sort\"", "opening[0]")]
    [InlineData("{ \"type\": \"set-bucket\", \"bucket\": \"lido\",", "{ \"type\": \"drop-bucket\", \"bucket\": \"lido\" }, { \"type\": \"set-bucket\", \"bucket\": \"lido\",", "opening[0]: expected set-bucket, set-limit or classify-account")]
    [InlineData("\"assets\": [\"stETH\"], \"failureIntensity\": 0.02", "\"assets\": [\"wstETH\"], \"failureIntensity\": 0.02", "opening[0]: the venue would refuse it, asset-unknown: wstETH")]
    [InlineData("\"failureIntensity\": 0.02, \"lossGivenFailure\": 0.6", "\"failureIntensity\": 0.02, \"lossGivenFailure\": 1.6", "opening[0]: the venue would refuse it, rate-out-of-range")]
    [InlineData("\"bucket\": \"tether\", \"soft\"", "\"bucket\": \"teather\", \"soft\"", "opening[20]: the venue would refuse it, bucket-unknown: teather")]
    [InlineData("\"assets\": [\"ETH\", \"stETH\", \"LINK\", \"USDC\", \"USDT\"]", "\"assets\": [\"ETH\", \"BTC\"]", "opening[5]: the venue would refuse it, terms-invalid")]
    [InlineData("\"tickSize\": 0.5, \"weight\": 22", "\"tickSize\": 1000000000000000000000000, \"weight\": 22", "instruments BTC-PERPETUAL")]
    [InlineData("\"account\": \"bidder-quick\"", "\"account\": \"bidder quick\"", "bidders[0].account: expected a name, each once")]
    [InlineData("\"account\": \"bidder-quick\"", "\"account\": \"bidder-patient\"", "bidders[1].account: expected a name, each once")]
    [InlineData("\"account\": \"bidder-quick\"", "\"account\": \"liquidity\"", "bidders[0].account: expected a name, each once")]
    [InlineData("\"cash\": 15000000", "\"cash\": 0", "bidders[0].cash: expected above 0")]
    [InlineData("\"edge\": 0.005", "\"edge\": -0.005", "bidders[0].edge: expected 0 to 1")]
    [InlineData("\"kind\": \"saver\", \"asset\": \"USDC\"", "\"kind\": \"bank\", \"asset\": \"USDC\"", "stakes[0].kind: expected a kind of the population")]
    [InlineData("\"kind\": \"saver\", \"asset\": \"USDC\"", "\"kind\": \"saver\", \"asset\": \"DOGE\"", "stakes[0].asset: found 'DOGE', expected a listed asset")]
    [InlineData("\"asset\": \"USDC\", \"part\": 0.5", "\"asset\": \"USDC\", \"part\": 1.5", "stakes[0].part: expected above 0 and at most 1")]
    [InlineData("\"seed\": 20200312", "\"seed\": -1", "seed")]
    [InlineData("\"name\": \"Harbour\"", "\"name\": null", "name")]
    public void A_bad_field_is_refused_with_its_name(string was, string becomes, string message)
    {
        Harbour.ShouldContain(was);
        string bad = Replaced(was, becomes);

        InputException fault = Should.Throw<InputException>(() => VenueFileReader.Parse("venue.json", Encoding.UTF8.GetBytes(bad)));

        fault.Message.ShouldStartWith("venue.json");
        fault.Message.ShouldContain(message);
        fault.Message.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_is_no_venue_is_refused(string text) =>
        Should.Throw<InputException>(() => VenueFileReader.Parse("venue.json", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_missing_file_is_refused() =>
        Should.Throw<InputException>(() => VenueFileReader.Read("/no/such/venue.json")).Message.ShouldStartWith("/no/such/venue.json: expected a readable file");

    private static string Replaced(string was, string becomes)
    {
        int at = Harbour.IndexOf(was, StringComparison.Ordinal);

        return string.Concat(Harbour.AsSpan(0, at), becomes, Harbour.AsSpan(at + was.Length));
    }
}
