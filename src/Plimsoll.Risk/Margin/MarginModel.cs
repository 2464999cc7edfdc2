using System.Runtime.CompilerServices;
using Plimsoll.Markets.Instruments;
using Plimsoll.Pricing.Responses;
using Plimsoll.Pricing.Valuation;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Lending;
using Plimsoll.Risk.Liquidation;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The rulebook resolved against what is listed: names have become ordinals and decimals model numbers. It never changes;
/// a listing or a change of parameters makes a new one.
/// </summary>
public sealed class MarginModel
{
    private readonly ContractTerms[] contracts;
    private readonly int[] classOf;
    private readonly int scenarioCount;
    private readonly Shock[][] shocks;
    private readonly (double Base, double PerMillion, double Max)[] slippage;
    private readonly double[] refusedProfits;

    /// <summary>Resolves a rulebook.</summary>
    /// <exception cref="InputException">The parameters break a law.</exception>
    public MarginModel(Catalog catalog, RiskParameters parameters)
    {
        Catalog = catalog;
        Parameters = parameters.Checked();
        scenarioCount = Parameters.ScenarioCount;
        contracts = [.. catalog.Instruments.Select(ContractTerms.Of)];
        classOf = [.. catalog.Assets.Select(a => (int)a.Class)];
        shocks = [.. Parameters.Grids.Select(ShocksOf)];
        slippage = [.. Parameters.Liquidation.Slippage.Select(s => ((double)s.Base, (double)s.PerMillion, (double)s.Max))];
        Pledges = PledgeTable.Of(catalog, Parameters.Lending);
        PenaltyRate = (double)Parameters.Liquidation.PenaltyRate;
        Schedule = new CollateralSchedule(catalog, Parameters);
        refusedProfits = ProfitTerms.Refused(catalog, Parameters.CollateralPolicy.Profits);
        HasThinProfits = Array.Exists(refusedProfits, part => part > 0);
        Initial = new Line(Parameters.Initial);
        Target = new Line(Parameters.Target);
        Maintenance = new Line(Parameters.Maintenance);
        Factors = new LineFigures(Initial.Factor, Target.Factor, Maintenance.Factor);
        Floors = new LineFigures(Initial.Floor, Target.Floor, Maintenance.Floor);
        CallAt = (double)Parameters.CallAt;
        WatchAt = (double)(Parameters.Phases.WarnAt ?? Parameters.CallAt);
        Table = new RequirementTable(catalog, Parameters, contracts);
    }

    /// <summary>What is listed.</summary>
    public Catalog Catalog { get; }

    /// <summary>The rulebook, in canonical form.</summary>
    public RiskParameters Parameters { get; }

    /// <summary>How many assets were listed when the model was made.</summary>
    public int AssetCount => classOf.Length;

    /// <summary>How many instruments were listed when the model was made.</summary>
    public int InstrumentCount => contracts.Length;

    /// <summary>How many scenarios are asked.</summary>
    public int ScenarioCount => Parameters.ScenarioCount;

    /// <summary>The part of counted collateral that maintenance may take up before an account is called.</summary>
    public double CallAt { get; }

    /// <summary>The part from which anything can follow for an account: of a warning where there are any, else of a call.</summary>
    public double WatchAt { get; }

    /// <summary>How crowded the venue is, as the model knows it.</summary>
    public VenueSizes Sizes { get; private set; } = VenueSizes.None;

    internal double PenaltyRate { get; }

    internal CollateralSchedule Schedule { get; private set; }

    /// <summary>The optional sections of the rulebook.</summary>
    internal RequirementTable Table { get; }

    /// <summary>The part of the worst loss that each line asks.</summary>
    internal LineFigures Factors { get; }

    /// <summary>The part of the notional that each line asks at least.</summary>
    internal LineFigures Floors { get; }

    internal Line Initial { get; }

    internal Line Target { get; }

    internal Line Maintenance { get; }

    /// <summary>How far collateral carries debts; none where the rulebook does not say.</summary>
    internal PledgeTable? Pledges { get; }

    /// <summary>The same rulebook in a venue that is crowded otherwise: sizes a verdict depends on are part of the model.</summary>
    /// <param name="sizes">How crowded it is.</param>
    /// <param name="prices">Prices of the same moment by asset; without them no holding is known to be too large.</param>
    public MarginModel With(VenueSizes sizes, ReadOnlySpan<double> prices = default)
    {
        var other = (MarginModel)MemberwiseClone();
        other.Sizes = sizes;
        other.Schedule = Schedule.With(sizes, prices);

        return other;
    }

    /// <summary>Whether some instrument's unrealised profit counts only in part.</summary>
    public bool HasThinProfits { get; }

    /// <summary>The part of an instrument's unrealised profit that does not count as collateral, 0 to 1.</summary>
    public double RefusedProfit(int instrument) => refusedProfits.Length == 0 ? 0 : refusedProfits[instrument];

    /// <summary>What the standard says of an asset as collateral; none where there is no standard.</summary>
    public QualityVerdict? QualityOf(int asset) => Schedule.Verdicts[asset];

    /// <summary>The terms of a contract as model numbers.</summary>
    public ref readonly ContractTerms Contract(int instrument) => ref contracts[instrument];

    /// <summary>The shocks of an asset, one per scenario.</summary>
    public ReadOnlySpan<Shock> Shocks(int asset) => shocks[classOf[asset]];

    /// <summary>The part of a value above 0 of one asset that counts as collateral, both in the numeraire.</summary>
    public double CountedValue(int asset, double value) => Schedule.Counted(asset, value);

    /// <summary>Whether an asset is money or means to be: stable or fiat.</summary>
    public bool IsCash(int asset) => (AssetClass)classOf[asset] is AssetClass.Stable or AssetClass.Fiat;

    /// <summary>The part of the mark lost by closing so much at once.</summary>
    /// <param name="asset">The asset sold or bought, or a contract's underlying.</param>
    /// <param name="notional">What is closed, in the numeraire, at least 0.</param>
    public double Slippage(int asset, double notional)
    {
        (double least, double perMillion, double most) = slippage[classOf[asset]];

        return Math.Min(most, least + (perMillion * (notional / 1_000_000)));
    }

    /// <summary>
    /// The place of a scenario that was asked: an account may gain in all of them and yet be required for offsets that are
    /// not credited, and then its least gain lies behind the last.
    /// </summary>
    internal int AskedAt(int place) => place < scenarioCount ? place : 0;

    /// <summary>The verdict on sums already taken.</summary>
    internal Verdict Verdict(double equity, double counted, double least, int at, double notional)
    {
        double loss = least < 0 ? -least : 0;

        return new Verdict(
            equity,
            counted,
            loss,
            least < 0 ? (short)at : Margin.Verdict.NoScenario,
            notional,
            counted - Initial.Requires(loss, notional),
            counted - Target.Requires(loss, notional),
            counted - Maintenance.Requires(loss, notional));
    }

    /// <summary>The verdict on what is required part by part.</summary>
    internal Verdict VerdictOn(double equity, double counted, double notional, in RequirementParts parts)
    {
        LineFigures required = parts.Total(Table);

        return new Verdict(
            equity,
            counted,
            parts.Worst.Loss,
            parts.Binding,
            notional,
            counted - required.Initial,
            counted - required.Target,
            counted - required.Maintenance);
    }

    private static Shock[] ShocksOf(ScenarioGrid grid) =>
        [.. grid.Scenarios.Select(s => new Shock((double)s.Spot, (double)s.Vol, (double)s.Dampening))];

    /// <summary>A threshold as model numbers.</summary>
    internal readonly record struct Line(double Factor, double Floor)
    {
        public Line(Threshold threshold)
            : this((double)threshold.Factor, (double)threshold.Floor)
        {
        }

        /// <summary>Both are numbers, at least 0: the machine's own maximum is then one and the same everywhere.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Requires(double loss, double notional) => double.MaxNative(Factor * loss, Floor * notional);
    }
}
