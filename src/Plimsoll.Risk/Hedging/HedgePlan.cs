using System.Collections.Immutable;
using System.Text.Json;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Risk.Hedging;

/// <summary>Where one sensitivity to one underlying may lie, as a plan states it.</summary>
/// <param name="Underlying">The asset.</param>
/// <param name="Band">The band, in the numeraire: delta, gamma per 1 %, vega per vol point.</param>
public sealed record PlannedBand(AssetId Underlying, GreekBand Band);

/// <summary>An instrument a plan allows, with what it says about its costs; the rest is <see cref="UsualCosts"/>.</summary>
/// <param name="Instrument">Its name.</param>
/// <param name="HalfSpread">Numeraire per unit.</param>
/// <param name="Fee">Numeraire per unit.</param>
/// <param name="Impact">Numeraire per unit squared.</param>
/// <param name="BuyDepth">The most units bought.</param>
/// <param name="SellDepth">The most units sold.</param>
public sealed record PlannedInstrument(
    InstrumentId Instrument, double? HalfSpread, double? Fee, double? Impact, double? BuyDepth, double? SellDepth);

/// <summary>What a desk asks of a hedge. See <c>docs/formats/hedge.md</c>.</summary>
public sealed record HedgePlan
{
    /// <summary>The most steps of the ladder, either way.</summary>
    public const int MaxLadder = 41;

    /// <summary>1/10,000: a loss of 10,000 in the numeraire hurts e-fold.</summary>
    public const double UsualRiskAversion = 1e-4;

    /// <summary>The plan that says nothing: delta within its no-trade band, everything listed may be traded at the usual costs.</summary>
    public static HedgePlan Usual { get; } = new();

    /// <summary>Bands; an underlying without one for delta gets the no-trade band.</summary>
    public ImmutableArray<PlannedBand> Bands { get; init; } = [];

    /// <summary>What may be traded; empty for everything listed.</summary>
    public ImmutableArray<PlannedInstrument> Instruments { get; init; } = [];

    /// <summary>γ of the no-trade band, per numeraire, above 0.</summary>
    public double RiskAversion { get; init; } = UsualRiskAversion;

    /// <summary>Moves of the underlying in the ladder, fractions above −1.</summary>
    public ImmutableArray<double> SpotMoves { get; init; } = [-0.3, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.3];

    /// <summary>Shifts of volatility in the ladder, 0.1 for ten points.</summary>
    public ImmutableArray<double> VolatilityShifts { get; init; } = [-0.2, -0.1, 0, 0.1, 0.2];

    /// <summary>Reads a plan strictly.</summary>
    /// <exception cref="InputException">Not a plan; the message names the field.</exception>
    public static HedgePlan FromJson(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });

            return Of(document.RootElement);
        }
        catch (JsonException fault)
        {
            throw new InputException($"plan line {fault.LineNumber + 1}", fault.Message.Split('.')[0], fault);
        }
    }

    /// <summary>Reads a plan from a parsed document.</summary>
    /// <exception cref="InputException">Not a plan; the message names the field.</exception>
    public static HedgePlan Of(JsonElement json)
    {
        var fields = new JsonFields(json, "plan");
        HedgePlan plan = new()
        {
            Bands = [.. fields.OptionalObjects("bands").Select(BandOf)],
            Instruments = [.. fields.OptionalObjects("instruments").Select(InstrumentOf)],
            RiskAversion = Within(fields, "riskAversion", 1e-12, 1e6) ?? UsualRiskAversion,
            SpotMoves = Steps(fields.OptionalNumbers("spotMoves"), "spotMoves", -0.99, 10) ?? Usual.SpotMoves,
            VolatilityShifts = Steps(fields.OptionalNumbers("volatilityShifts"), "volatilityShifts", -5, 5) ?? Usual.VolatilityShifts,
        };
        fields.End();
        PlannedBand? twice = plan.Bands.FirstOrDefault(b => plan.Bands.Count(other => other.Underlying == b.Underlying && other.Band.Greek == b.Band.Greek) > 1);
        if (twice is not null) throw new InputException("plan.bands", $"{twice.Band.Greek} of {twice.Underlying} has two bands");
        if (plan.Instruments.Length > HedgePlanner.MaxInstruments) throw new InputException("plan.instruments", $"found {plan.Instruments.Length}, expected at most {HedgePlanner.MaxInstruments}");
        PlannedInstrument? named = plan.Instruments.FirstOrDefault(i => plan.Instruments.Count(other => other.Instrument == i.Instrument) > 1);
        if (named is not null) throw new InputException("plan.instruments", $"{named.Instrument} is named twice");

        return plan;
    }

    private static PlannedBand BandOf(JsonFields fields)
    {
        string underlying = fields.Text("underlying");
        if (!Identifier.IsValid(underlying)) throw new InputException(fields.Place("underlying"), $"'{underlying}' is not the name of an asset");
        HedgedGreek greek = fields.Name<HedgedGreek>("greek");
        double lower = Within(fields, "lower", -1e15, 1e15) ?? double.NegativeInfinity;
        double upper = Within(fields, "upper", -1e15, 1e15) ?? double.PositiveInfinity;
        fields.End();
        if (lower > upper) throw new InputException(fields.Place("lower"), $"found {lower:R}, expected at most the upper end {upper:R}");

        return new PlannedBand(new AssetId(underlying), new GreekBand(greek, lower, upper));
    }

    private static PlannedInstrument InstrumentOf(JsonFields fields)
    {
        string name = fields.Text("instrument");
        if (!Identifier.IsValid(name)) throw new InputException(fields.Place("instrument"), $"'{name}' is not a name like BTC-PERPETUAL");
        const double Most = 1e12;
        var planned = new PlannedInstrument(
            new InstrumentId(name),
            Within(fields, "halfSpread", 0, Most),
            Within(fields, "fee", 0, Most),
            Within(fields, "impact", 0, Most),
            Within(fields, "buyDepth", 0, Most),
            Within(fields, "sellDepth", 0, Most));
        fields.End();

        return planned;
    }

    private static double? Within(JsonFields fields, string name, double least, double most)
    {
        if (fields.OptionalDecimal(name) is not { } value) return null;
        double number = (double)value;

        return number >= least && number <= most ? number : throw new InputException(fields.Place(name), $"found {value}, expected {least:R} to {most:R}");
    }

    private static ImmutableArray<double>? Steps(IReadOnlyList<decimal>? steps, string name, double least, double most)
    {
        if (steps is null) return null;
        double[] numbers = [.. steps.Select(step => (double)step)];
        bool ascending = numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);
        if (numbers.Length is 0 or > MaxLadder || !ascending || numbers[0] < least || numbers[^1] > most)
            throw new InputException($"plan.{name}", $"expected 1 to {MaxLadder} numbers from {least:R} to {most:R}, ascending");

        return [.. numbers];
    }
}
