using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Server.Projections;
using Plimsoll.Units;

namespace Plimsoll.Server.Api;

/// <summary>Why an account's requirement is what it is; money in the numeraire.</summary>
/// <param name="Binding">The scenario that loses most, as it is put to large coins; none when none loses.</param>
/// <param name="Scenarios">The account's gain in each.</param>
/// <param name="Collateral">What it has net of each asset, and what of it counts.</param>
/// <param name="Contributions">What each position gains in the worst scenario.</param>
/// <param name="Requirement">What each line requires.</param>
/// <param name="Parts">The same taken apart by what asks for it; sums to the requirement at each line.</param>
/// <param name="Worst">The losses that compete for the worst case.</param>
/// <param name="Offsets">How much of it rests on prices moving together.</param>
/// <param name="LiquidationPrices">For every underlying it hangs on, the price nearest to today's that liquidates it.</param>
internal sealed record MarginAnswer(
    ScenarioLine? Binding,
    IReadOnlyList<ChangeLine> Scenarios,
    IReadOnlyList<CollateralFigures> Collateral,
    IReadOnlyList<ContributionLine> Contributions,
    Lines Requirement,
    IReadOnlyList<RequiredFigures> Parts,
    WorstFigures Worst,
    OffsetFigures Offsets,
    IReadOnlyList<LiquidationLine> LiquidationPrices);

/// <summary>A part of what is required, by the position, asset or root that it is asked for.</summary>
/// <param name="Part"><c>scenarios</c>, <c>basis</c>, <c>skew</c>, <c>depeg</c>, <c>floor</c>, <c>naked-short</c>, <c>close-out</c>, <c>confidence</c>, <c>concentration</c>, <c>crowding</c> or <c>debts</c>.</param>
/// <param name="Instrument">The position; none for an asset or a root.</param>
/// <param name="Asset">The asset or the root; none for a position.</param>
/// <param name="Required">At each line; below 0 for what lessens the binding loss.</param>
internal sealed record RequiredFigures(string Part, string? Instrument, string? Asset, Lines Required);

/// <summary>Losses that compete for the worst case, each at least 0, before any line's factor.</summary>
/// <param name="Binding">The one that binds: <c>scenarios</c>, <c>basis</c>, <c>skew</c>, <c>depeg</c> or <c>apart</c>; <c>none</c> where nothing loses.</param>
/// <param name="Scenarios">In the scenarios, offsets between roots counted as far as they are credited.</param>
/// <param name="Basis">When forwards drift from their index.</param>
/// <param name="Skew">When smiles tilt or curl.</param>
/// <param name="Depeg">When the worst pegs break.</param>
/// <param name="Apart">Every instrument at its own worst, of an account that offsets nothing.</param>
internal sealed record WorstFigures(string Binding, double Scenarios, double Basis, double Skew, double Depeg, double Apart);

/// <summary>How much of an account's safety rests on prices moving together.</summary>
/// <param name="Alone">What its roots would lose, each in its own worst scenario.</param>
/// <param name="Joint">What they lose in the worst joint one.</param>
/// <param name="Part">The part of <paramref name="Alone"/> that they pay for each other, 0 to 1.</param>
/// <param name="Believed">What would be required if correlations held as the grid has them.</param>
/// <param name="Broken">What would be required if no root paid for another.</param>
/// <param name="Roots">By root.</param>
internal sealed record OffsetFigures(double Alone, double Joint, double Part, Lines Believed, Lines Broken, IReadOnlyList<RootFigures> Roots);

/// <summary>One root: its loss in its own worst scenario, and its gain in the worst joint one.</summary>
internal sealed record RootFigures(string Root, double Alone, double Joint);

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
    private readonly WhatIfBook _book = WhatIfBook.Empty;
    private readonly VenueSizes _sizes = VenueSizes.None;
    private readonly Explanation? _explanation;

    private AccountMargin(VenueState venue, AccountIndex account)
    {
        _listing = Listing.Of(venue, null);
        _market = _listing.Copy(venue.Market);
        Judgement judged = venue.Judgement;
        if (judged is not { Model: { } model, Responses: { } responses }) return;

        // With all the judge knows of it: its mode, its owner's other accounts, how crowded the venue is.
        _book = WhatIfBook.Of(account.Value, judged.Positions, judged.Money, responses, model, judged.Terms);
        (_sizes, _explanation) = (model.Sizes, judged.Explain(account));
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
            [.. explained.Requirement.Select(Required)],
            new WorstFigures(Name(explained.Worst.Term), explained.Worst.Scenarios, explained.Worst.Basis, explained.Worst.Skew, explained.Worst.Depeg, explained.Worst.Apart),
            Offsets(explained.Offsets),
            [.. new WhatIfDesk(_market, model.With(_sizes)).Thresholds(_book).Select(Solved)]);
    }

    private RequiredFigures Required(RequirementLine line) => new(
        Name(line.Part),
        line.Instrument is { } instrument ? _listing.Catalog[instrument].Id.Value : null,
        line.Asset is { } asset ? NameOf(asset) : null,
        Told(line.Required));

    private OffsetFigures Offsets(OffsetReliance offsets) => new(
        offsets.Alone, offsets.Joint, offsets.Part, Told(offsets.Believed), Told(offsets.Broken), [.. offsets.Roots.Select(root => new RootFigures(NameOf(root.Root), root.Alone, root.Joint))]);

    private static Lines Told(Risk.Margin.LineFigures figures) => new(figures.Initial, figures.Target, figures.Maintenance);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private LiquidationLine Solved(PriceThresholds found)
    {
        LiquidationPrices prices = found.Maintenance.Nearest(found.Price);
        string state = prices.State switch
        {
            LiquidationPriceState.Price => "price",
            LiquidationPriceState.Already => "already",
            _ => "none",
        };

        return new LiquidationLine(NameOf(found.Underlying), prices.Nearest(found.Price), prices.Below, prices.Above, state);
    }

    private string NameOf(AssetIndex asset) => _listing.Catalog[asset].Id.Value;
}
