using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Pricing.Responses;
using Plimsoll.Risk.Margin;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>Why an account's requirement is what it is; money in the numeraire.</summary>
/// <param name="Binding">The scenario that loses most, as it is put to large coins; none when none loses.</param>
/// <param name="Scenarios">The account's gain in each.</param>
/// <param name="Collateral">What it has net of each asset, and what of it counts.</param>
/// <param name="Contributions">What each position gains in the worst scenario.</param>
/// <param name="Requirement">What each line requires.</param>
/// <param name="Lines">The same taken apart: initial, target, maintenance.</param>
/// <param name="LiquidationPrices">For every underlying it hangs on, the price nearest to today's that liquidates it.</param>
internal sealed record MarginAnswer(
    ScenarioLine? Binding,
    IReadOnlyList<ChangeLine> Scenarios,
    IReadOnlyList<CollateralFigures> Collateral,
    IReadOnlyList<ContributionLine> Contributions,
    Lines Requirement,
    IReadOnlyList<RequirementLine> Lines,
    IReadOnlyList<LiquidationLine> LiquidationPrices);

/// <summary>What one line requires: the larger of scenario and floor, and the add-ons on top of it.</summary>
/// <param name="Line"><c>initial</c>, <c>target</c> or <c>maintenance</c>.</param>
/// <param name="Scenario">The line's part of the worst loss.</param>
/// <param name="Floor">The line's part of the notional.</param>
/// <param name="AddOns">What is required beside them; each at least 0.</param>
/// <param name="Requirement">All together.</param>
/// <param name="Health">What counts less the requirement.</param>
internal sealed record RequirementLine(string Line, double Scenario, double Floor, IReadOnlyList<AddOnFigures> AddOns, double Requirement, double Health);

/// <summary>One thing required beside the worst loss.</summary>
internal sealed record AddOnFigures(string Name, double Amount);

/// <summary>A scenario: relative moves, and the part of the outcome that counts.</summary>
internal sealed record ScenarioLine(string Id, double Spot, double Vol, double Dampening);

/// <summary>The account's gain in a scenario.</summary>
internal sealed record ChangeLine(string Id, double Change);

/// <summary>One asset: coins net, their value, the part refused, what counts, and its gain in the worst scenario.</summary>
internal sealed record CollateralFigures(string Asset, double Net, double Value, double Haircut, double Counted, double Change);

/// <summary>What a position gains in the worst scenario.</summary>
internal sealed record ContributionLine(string Instrument, double Change);

/// <summary>A liquidation price; <c>state</c> is <c>price</c>, <c>none</c> or <c>already</c>.</summary>
internal sealed record LiquidationLine(string Underlying, double? Price, double? Below, double? Above, string State);

/// <summary>One account copied out of the engine with the market it stands in, so that its margin can be explained at leisure.</summary>
internal sealed class AccountMargin
{
    private readonly Listing _listing;
    private readonly MarketState _market;
    private readonly SparseRows _positions = new();
    private readonly SparseRows _money = new();
    private readonly Explanation? _explanation;

    private AccountMargin(VenueState venue, AccountIndex account)
    {
        _listing = Listing.Of(venue, null);
        _market = _listing.Copy(venue.Market);
        _positions.EnsureRows(1);
        _money.EnsureRows(1);
        _positions.ReplaceRow(0, venue.Judgement.Positions.Columns(account.Value), venue.Judgement.Positions.Values(account.Value));
        _money.ReplaceRow(0, venue.Judgement.Money.Columns(account.Value), venue.Judgement.Money.Values(account.Value));
        _explanation = venue.Judgement.Model is null ? null : venue.Judgement.Explain(account);
    }

    /// <summary>Copies an account out. On the engine's thread.</summary>
    public static AccountMargin Of(VenueState venue, AccountIndex account) => new(venue, account);

    /// <summary>The explanation, with liquidation prices solved.</summary>
    /// <exception cref="InputException">No risk parameters have been set yet.</exception>
    public MarginAnswer Answer()
    {
        if (_explanation is not { } explained || _listing.Model is not { } model) throw new InputException("venue", "no risk parameters have been set yet");

        Verdict verdict = explained.Verdict;
        Scenario? binding = verdict.BindingScenario == Verdict.NoScenario
            ? null
            : model.Parameters.GridOf(AssetClass.Major).Scenarios[verdict.BindingScenario];

        return new MarginAnswer(
            binding is null ? null : new ScenarioLine(binding.Id, (double)binding.Spot, (double)binding.Vol, (double)binding.Dampening),
            [.. explained.Scenarios.Select(s => new ChangeLine(s.Id, s.Change))],
            [.. explained.Collateral.Select(c => new CollateralFigures(NameOf(c.Asset), c.Net, c.Value, c.Haircut, c.Counted, c.Change))],
            [.. explained.Positions.Select(p => new ContributionLine(_listing.Catalog[p.Instrument].Id.Value, p.Change))],
            new Lines(verdict.InitialRequirement, verdict.TargetRequirement, verdict.MaintenanceRequirement),
            [Line(MarginLine.Initial, model.Parameters.Initial, verdict), Line(MarginLine.Target, model.Parameters.Target, verdict), Line(MarginLine.Maintenance, model.Parameters.Maintenance, verdict)],
            [.. Underlyings().Select(underlying => Solve(underlying, model))]);
    }

    private static RequirementLine Line(MarginLine line, Threshold threshold, in Verdict verdict)
    {
        double scenario = (double)threshold.Factor * verdict.ScenarioLoss;
        double floor = (double)threshold.Floor * verdict.Notional;
        double requirement = verdict.Counted - verdict.Health(line);
        double beside = requirement - Math.Max(scenario, floor);

        // What rounding leaves of a difference is no add-on.
        AddOnFigures[] addOns = beside > 1e-9 * Math.Max(1, requirement) ? [new AddOnFigures("beside the scenarios", beside)] : [];

        return new RequirementLine(NameOf(line), scenario, floor, addOns, requirement, verdict.Health(line));
    }

    private static string NameOf(MarginLine line) => line.ToString().ToLowerInvariant();

    private LiquidationLine Solve(AssetIndex underlying, MarginModel model)
    {
        LiquidationPrices prices = LiquidationPrice.Solve(0, underlying, _positions, _money, _market, model);
        string state = prices.State switch
        {
            LiquidationPriceState.Price => "price",
            LiquidationPriceState.Already => "already",
            _ => "none",
        };

        return new LiquidationLine(NameOf(underlying), prices.Nearest(_market.PriceOf(underlying)), prices.Below, prices.Above, state);
    }

    /// <summary>What the account hangs on: its contracts' underlyings, and the coins it has that are not meant to hold still.</summary>
    private SortedSet<AssetIndex> Underlyings()
    {
        var underlyings = new SortedSet<AssetIndex>();
        foreach (int instrument in _positions.Columns(0)) underlyings.Add(_listing.Catalog.Instruments[instrument].Underlying);
        foreach (int asset in _money.Columns(0))
        {
            if (_listing.Catalog.Assets[asset].Class is not (AssetClass.Stable or AssetClass.Fiat)) underlyings.Add(new AssetIndex(asset));
        }

        return underlyings;
    }

    private string NameOf(AssetIndex asset) => _listing.Catalog[asset].Id.Value;
}
