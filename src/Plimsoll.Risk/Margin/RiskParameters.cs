using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The house rulebook as one set: what collateral counts, which scenarios are asked, what each line requires and how a
/// liquidation is priced. Changed only as a whole, so that no two halves of different sets ever judge together.
/// </summary>
/// <remarks>Laws, checked by <see cref="Checked"/>: requirements ascend maintenance ≤ target ≤ initial in factor and floor.</remarks>
public sealed record RiskParameters
{
    /// <summary>Collateral schedule; an asset it does not name counts nothing.</summary>
    public required ImmutableArray<CollateralTerms> Collateral { get; init; }

    /// <summary>One grid per asset class, all with the same scenario ids in the same order.</summary>
    public required ImmutableArray<ScenarioGrid> Grids { get; init; }

    /// <summary>What opening requires.</summary>
    public required Threshold Initial { get; init; }

    /// <summary>What a liquidation restores.</summary>
    public required Threshold Target { get; init; }

    /// <summary>What must never be missed.</summary>
    public required Threshold Maintenance { get; init; }

    /// <summary>The margin ratio (maintenance requirement ÷ counted collateral) from which an account is called, above 0 and at most 1.</summary>
    public required decimal CallAt { get; init; }

    /// <summary>How liquidations are priced.</summary>
    public required LiquidationTerms Liquidation { get; init; }

    /// <summary>What is asked of collateral beyond its schedules.</summary>
    public CollateralPolicy CollateralPolicy { get; init; } = CollateralPolicy.None;

    /// <summary>
    /// The part of the offset between different roots that counts, 0 to 1: the floor under which correlations are not
    /// believed. 1 believes the joint scenarios, 0 requires for each root as if it stood alone.
    /// </summary>
    public decimal OffsetCredit { get; init; } = 1m;

    /// <summary>Leverage by the size of a position; a contract without a line has the lines' own floors.</summary>
    public ImmutableArray<LeverageTerms> Leverage { get; init; } = [];

    /// <summary>How initial rates grow with the venue's open interest; a contract without a line keeps its own.</summary>
    public ImmutableArray<OpenInterestTerms> OpenInterest { get; init; } = [];

    /// <summary>What the joint scenarios do not ask.</summary>
    public MarginContingencies Contingencies { get; init; } = MarginContingencies.None;

    /// <summary>How much is lent, at what price, and how far collateral carries debts.</summary>
    public LendingTerms Lending { get; init; } = LendingTerms.None;

    /// <summary>How a liquidation goes from stage to stage.</summary>
    public PhaseTerms Phases { get; init; } = PhaseTerms.None;

    /// <summary>Who bears what a bankrupt account owes.</summary>
    public InsuranceTerms Insurance { get; init; } = InsuranceTerms.None;

    /// <summary>How positions the fund cannot bear are handed to the other side.</summary>
    public DeleveragingTerms Deleveraging { get; init; } = DeleveragingTerms.None;

    /// <summary>What is asked of feeds, and what a price of each status is still good for.</summary>
    public OracleRules Oracles { get; init; } = OracleRules.None;

    /// <summary>When trading pauses, and how fast may be liquidated.</summary>
    public BreakerTerms Breakers { get; init; } = BreakerTerms.None;

    /// <summary>How many scenarios every grid asks.</summary>
    public int ScenarioCount => Grids[0].Scenarios.Length;

    /// <summary>The house's starting set for a catalog: see <see cref="DefaultRulebook"/>.</summary>
    public static RiskParameters Default(Catalog catalog) => DefaultRulebook.For(catalog);

    /// <summary>Reads and checks a set.</summary>
    /// <exception cref="InputException">Not JSON, a field is unknown or missing, or the set breaks a law.</exception>
    public static RiskParameters FromJson(ReadOnlySpan<byte> utf8) => RiskParametersJson.Read(utf8);

    /// <inheritdoc cref="FromJson(ReadOnlySpan{byte})"/>
    public static RiskParameters FromJson(string json) => RiskParametersJson.Read(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>The one encoding of the set: fixed order of fields, ids ascending, decimals without trailing zeros.</summary>
    public byte[] ToJson() => RiskParametersJson.Write(Checked());

    /// <summary>The grid of a class.</summary>
    public ScenarioGrid GridOf(AssetClass assetClass) => Grids.First(g => g.Class == assetClass);

    /// <summary>The same set in canonical order and digits, if it keeps the laws.</summary>
    /// <exception cref="InputException">It breaks one.</exception>
    public RiskParameters Checked()
    {
        CheckCollateral();
        CheckGrids();
        CheckThresholds();
        if (CallAt is <= 0m or > 1m) throw new InputException("parameters callAt", $"{CallAt} lies outside 0 (excluded) to 1");
        if (Liquidation is null) throw new InputException("parameters liquidation", "is missing");
        Liquidation.Check("parameters liquidation");
        CheckRequirements();
        if (Lending is null) throw new InputException("parameters lending", "is missing");
        Lending.Check("parameters lending");
        if (Phases is null) throw new InputException("parameters phases", "is missing");
        Phases.Check("parameters phases", CallAt);
        if (Insurance is null) throw new InputException("parameters insurance", "is missing");
        Insurance.Check("parameters insurance");
        if (Deleveraging is null) throw new InputException("parameters deleveraging", "is missing");
        Deleveraging.Check("parameters deleveraging");
        if (Oracles is null) throw new InputException("parameters oracles", "is missing");
        Oracles.Check("parameters oracles");
        if (Breakers is null) throw new InputException("parameters breakers", "is missing");
        Breakers.Check("parameters breakers");

        return this with
        {
            Collateral = [.. Collateral.OrderBy(c => c.Asset).Select(c => c.Canonical())],
            CollateralPolicy = CollateralPolicy.Canonical(),
            Grids = [.. Grids.OrderBy(g => g.Class).Select(g => g with { Scenarios = [.. g.Scenarios.Select(s => s.Canonical())] })],
            Initial = Initial.Canonical(),
            Target = Target.Canonical(),
            Maintenance = Maintenance.Canonical(),
            CallAt = Price.Canonical(CallAt),
            Liquidation = Liquidation.Canonical(),
            OffsetCredit = Price.Canonical(OffsetCredit),
            Leverage = [.. Leverage.OrderBy(l => l.Class).ThenBy(l => l.Instrument).Select(l => l.Canonical())],
            OpenInterest = [.. OpenInterest.OrderBy(o => o.Class).ThenBy(o => o.Instrument).Select(o => o.Canonical())],
            Contingencies = Contingencies.Canonical(),
            Lending = Lending.Canonical(),
            Phases = Phases.Canonical(),
            Insurance = Insurance.Canonical(),
            Oracles = Oracles.Canonical(),
            Breakers = Breakers.Canonical(),
        };
    }

    private void CheckCollateral()
    {
        if (Collateral.IsDefault) throw new InputException("parameters collateral", "is missing");
        foreach (CollateralTerms terms in Collateral) terms.Check($"parameters collateral {terms.Asset}");
        if (Collateral.Select(c => c.Asset).Distinct().Count() != Collateral.Length)
            throw new InputException("parameters collateral", "names an asset twice");
        if (CollateralPolicy is null) throw new InputException("parameters collateralPolicy", "is missing");
        CollateralPolicy.Check("parameters collateralPolicy");
    }

    private void CheckGrids()
    {
        AssetClass[] classes = Enum.GetValues<AssetClass>();
        if (Grids.IsDefault || Grids.Length != classes.Length || classes.Any(c => !Grids.Any(g => g.Class == c)))
            throw new InputException("parameters grids", "expected one grid for each asset class");

        foreach (ScenarioGrid grid in Grids)
        {
            string field = $"parameters grids {grid.Class}";
            if (grid.Scenarios.IsDefault || grid.Scenarios.Length is 0 or > ScenarioGrid.MaxScenarios)
                throw new InputException(field, $"expected 1 to {ScenarioGrid.MaxScenarios} scenarios");
            if (!grid.Scenarios.Select(s => s.Id).SequenceEqual(Grids[0].Scenarios.Select(s => s.Id)))
                throw new InputException(field, "expected the same scenario ids in the same order as in the other grids");
            if (grid.Scenarios.Select(s => s.Id).Distinct().Count() != grid.Scenarios.Length)
                throw new InputException(field, "names a scenario twice");
            foreach (Scenario scenario in grid.Scenarios) scenario.Check($"{field} {scenario.Id}");
        }
    }

    private void CheckRequirements()
    {
        Ranges.Check("parameters offsetCredit", OffsetCredit, 0m, 1m);
        if (Leverage.IsDefault) throw new InputException("parameters leverage", "is missing");
        if (OpenInterest.IsDefault) throw new InputException("parameters openInterest", "is missing");
        if (Contingencies is null) throw new InputException("parameters contingencies", "is missing");
        foreach (LeverageTerms line in Leverage) line.Check($"parameters leverage {NameOf(line.Instrument, line.Class)}");
        foreach (OpenInterestTerms line in OpenInterest) line.Check($"parameters openInterest {NameOf(line.Instrument, line.Class)}");
        if (Leverage.Select(l => (l.Instrument, l.Class)).Distinct().Count() != Leverage.Length)
            throw new InputException("parameters leverage", "names an instrument or a class twice");
        if (OpenInterest.Select(o => (o.Instrument, o.Class)).Distinct().Count() != OpenInterest.Length)
            throw new InputException("parameters openInterest", "names an instrument or a class twice");
        Contingencies.Check("parameters contingencies");
    }

    private static string NameOf(InstrumentId? instrument, AssetClass? named) =>
        instrument?.Value ?? (named is { } assetClass ? RiskParametersJson.NameOf(assetClass) : "");

    private void CheckThresholds()
    {
        Initial.Check("initial");
        Target.Check("target");
        Maintenance.Check("maintenance");
        if (Initial.Factor < Target.Factor || Target.Factor < Maintenance.Factor)
            throw new InputException("parameters initial.factor", "expected maintenance ≤ target ≤ initial");
        if (Initial.Floor < Target.Floor || Target.Floor < Maintenance.Floor)
            throw new InputException("parameters initial.floor", "expected maintenance ≤ target ≤ initial");
    }
}
