using Plimsoll.Markets.Instruments;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>Holds a venue file's entries against each other.</summary>
internal sealed class VenueFileCheck(string path, VenueFile file)
{
    private const int MostBidders = 100;
    private readonly SortedSet<string> assets = new(StringComparer.Ordinal);
    private readonly SortedSet<string> bidders = new(StringComparer.Ordinal);

    /// <summary>Checks everything, in the order of the file.</summary>
    /// <exception cref="InputException">Something does not hold; the message names the field.</exception>
    public void Run()
    {
        Require(file.Accounts is >= VenueGenerator.MinAccounts and <= VenueGenerator.MaxAccounts, "accounts", $"expected {VenueGenerator.MinAccounts} to {VenueGenerator.MaxAccounts}");
        Require(file.Runners is >= 0 and <= 1, "runners", "expected 0 to 1");
        Each(file.Assets, "assets", Asset);
        Each(file.Rules, "rules", Rule);
        Each(file.Instruments, "instruments", Instrument);
        Each(file.Population, "population", Kind);
        Each(file.Endowments, "endowments", Endowment);
        Each(file.Holdings, "holdings", Holding);
        Each(file.Availability, "availability", Availability);
        Each(file.Bidders, "bidders", Bidder);
        Each(file.Stakes, "stakes", Stake);
        Require(file.Bidders.Length <= MostBidders, "bidders", $"expected at most {MostBidders}");
        Require(file.Bidders.Length == 0 || file.Assets.Any(asset => asset.Class == "stable"), "bidders", "expected a stablecoin for them to pay with");
        Require(file.Stakes.DistinctBy(stake => (stake.Kind, stake.Asset)).Count() == file.Stakes.Length, "stakes", "expected each kind and asset once");
        Require(file.Population.Sum(kind => kind.Part) <= 1, "population", "expected parts that sum to at most 1");
        foreach (IGrouping<string, HoldingEntry> asset in file.Holdings.GroupBy(holding => holding.Asset))
            Require(asset.Sum(holding => holding.Part) <= 1, "holdings", $"expected parts of {asset.Key} that sum to at most 1");
        Require(file.Instruments.Any(instrument => instrument.Weight > 0), "instruments", "expected one that customers choose");
        OpeningTrial.Run(path, file, Listings(), new Instant(0), exists: null);
    }

    /// <summary>What the file lists, under its own names: a path of another year moves them later.</summary>
    private IEnumerable<Engine.Commands.Command> Listings()
    {
        foreach (AssetEntry asset in file.Assets)
            yield return new Engine.Commands.ListAsset(new AssetId(asset.Asset), asset.Decimals, Words.Of<AssetClass>(asset.Class), asset.Follows is { } follows ? new AssetId(follows) : null);
        foreach (InstrumentEntry entry in file.Instruments)
            yield return new Engine.Commands.ListInstrument(new InstrumentId(entry.Instrument), Words.Of<Payoff>(entry.Payoff), new AssetId(entry.Settlement), entry.LotSize, entry.TickSize);
    }

    private void Asset(AssetEntry entry, string field)
    {
        Require(Identifier.IsValid(entry.Asset) && assets.Add(entry.Asset), $"{field}.asset", "expected a name, each once");
        Require(entry.Decimals is >= 0 and <= AssetScale.MaxDecimals, $"{field}.decimals", $"expected 0 to {AssetScale.MaxDecimals}");
        Require(Words.TryClass(entry.Class, out _), $"{field}.class", "expected major, alt, stable, staked or fiat");
        Require(entry.Reference is >= Price.Min and <= Price.Max, $"{field}.reference", "expected a price above 0");
        Require(entry.Follows is null || assets.Contains(entry.Follows), $"{field}.follows", "expected an asset listed before");
    }

    private void Rule(RuleEntry entry, string field)
    {
        Listed(entry.Asset, $"{field}.asset");
        if (entry.Leader is { } leader) Listed(leader, $"{field}.leader");
        Require(double.IsFinite(entry.Beta) && Math.Abs(entry.Beta) <= 5, $"{field}.beta", "expected -5 to 5");
        Require((entry.Discount ?? 0) >= 0 && entry.Widening >= 0 && (entry.Discount ?? 0) + entry.Widening < 1, $"{field}.discount", "expected 0 or more and with the widening below 1");
    }

    private void Instrument(InstrumentEntry entry, string field)
    {
        Require(InstrumentName.TryParse(entry.Instrument, out InstrumentName? name), $"{field}.instrument", "expected a name like BTC-PERPETUAL or BTC-27MAR20-8000-C");
        Listed(name!.Base.Value, $"{field}.instrument");
        if (name.Quote is { } quote) Listed(quote.Value, $"{field}.instrument");
        Require(name.Lower is null || name.Upper / name.Lower > Markets.Instruments.Instrument.LeastWidth, $"{field}.instrument", "expected a range with some width");
        Listed(entry.Settlement, $"{field}.settlement");
        Require(entry.Payoff is "linear" or "inverse", $"{field}.payoff", "expected linear or inverse");
        Require(entry.LotSize > 0 && entry.TickSize > 0, $"{field}.lotSize", "expected sizes above 0");
        Require(entry.Weight is >= 0 and <= 1_000_000, $"{field}.weight", "expected 0 or more");
        Require((entry.Volatility is > 0 and <= 50) == (name.Kind == InstrumentKind.Option), $"{field}.volatility", "expected one above 0 for options and none for others");
        Require(Math.Abs(entry.Basis) <= 1, $"{field}.basis", "expected -1 to 1");
    }

    private void Kind(PopulationEntry entry, string field)
    {
        Require(Words.TryKind(entry.Kind, out _), $"{field}.kind", $"expected one of {Words.Kinds}");
        Require(entry.Part is >= 0 and <= 1, $"{field}.part", "expected 0 to 1");
        Require(entry.MedianDeposit is > 0 and <= 1e9, $"{field}.medianDeposit", "expected above 0 and at most 1e9");
        Require(entry.DepositSpread is >= 0 and <= 3, $"{field}.depositSpread", "expected 0 to 3");
        Require(entry.MedianLeverage is >= 0 and <= 100, $"{field}.medianLeverage", "expected 0 to 100");
        Require(entry.LeverageSpread is >= 0 and <= 3, $"{field}.leverageSpread", "expected 0 to 3");
        Require(entry.Longs is >= 0 and <= 1, $"{field}.longs", "expected 0 to 1");
        Require(entry.Collateral.Count > 0 && entry.Collateral.Values.All(weight => weight > 0), $"{field}.collateral", "expected weights above 0");
        foreach (string asset in entry.Collateral.Keys) Listed(asset, $"{field}.collateral");
    }

    private void Endowment(EndowmentEntry entry, string field)
    {
        Require(entry.Fund is "insurance-fund" or "first-loss" or "own-funds", $"{field}.fund", "expected insurance-fund, first-loss or own-funds");
        Listed(entry.Asset, $"{field}.asset");
        Require(entry.Amount is > 0 and <= 1_000_000_000_000m, $"{field}.amount", "expected above 0");
    }

    private void Bidder(BidderEntry entry, string field)
    {
        Require(Identifier.IsValid(entry.Account) && entry.Account != Makers.Liquidity.Value && bidders.Add(entry.Account), $"{field}.account", "expected a name, each once");
        Require(entry.Cash is > 0 and <= 1_000_000_000_000m, $"{field}.cash", "expected above 0");
        Require(entry.Edge is >= 0 and <= 1, $"{field}.edge", "expected 0 to 1");
    }

    private void Stake(StakeEntry entry, string field)
    {
        Require(file.Population.Any(kind => kind.Kind == entry.Kind), $"{field}.kind", "expected a kind of the population");
        Listed(entry.Asset, $"{field}.asset");
        Require(entry.Part is > 0 and <= 1, $"{field}.part", "expected above 0 and at most 1");
    }

    private void Holding(HoldingEntry entry, string field)
    {
        Listed(entry.Asset, $"{field}.asset");
        Require(Words.TryPlace(entry.Place, out _), $"{field}.place", "expected hot, cold, staked, lent or bank");
        Require(entry.Part is > 0 and <= 1, $"{field}.part", "expected above 0 and at most 1");
        if (entry.As is { } other) Listed(other, $"{field}.as");
    }

    private void Availability(AvailabilityEntry entry, string field)
    {
        Require(Words.TryPlace(entry.Place, out _), $"{field}.place", "expected hot, cold, staked, lent or bank");
        Require(entry.Hours is >= 0 and <= 87_600, $"{field}.hours", "expected 0 to 87600");
        if (entry.Asset is { } asset) Listed(asset, $"{field}.asset");
        Require((entry.Zone is null) == (entry.Opens is null) && (entry.Zone is null) == (entry.Closes is null), $"{field}.zone", "expected zone, opens and closes together");
    }

    private void Listed(string asset, string field) => Require(assets.Contains(asset), field, $"found '{asset}', expected a listed asset");

    private static void Each<T>(System.Collections.Immutable.ImmutableArray<T> entries, string field, Action<T, string> check)
    {
        for (int i = 0; i < entries.Length; i++) check(entries[i], $"{field}[{i}]");
    }

    private void Require(bool holds, string field, string expected)
    {
        if (!holds) throw new InputException($"{path} {field}", expected);
    }
}
