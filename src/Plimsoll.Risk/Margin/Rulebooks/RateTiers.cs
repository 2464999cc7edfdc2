using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>One slice of a schedule.</summary>
/// <param name="UpTo">Where the slice ends, in the unit of the schedule; none for the last slice of a schedule without end.</param>
/// <param name="Rate">What applies to the slice, a fraction.</param>
public readonly record struct RateTier(decimal? UpTo, decimal Rate);

/// <summary>
/// A schedule of rates by size, each slice of a value at its own rate, as income tax is. Exchanges state their collateral
/// discounts (OKX discount rate tiers, Binance collateral ratios) and their maintenance rates (risk limits, leverage
/// brackets) this way; the brackets' "maintenance amount" is <see cref="Deductions"/>.
/// </summary>
public sealed class RateTiers
{
    private readonly ImmutableArray<RateTier> tiers;

    /// <summary>A schedule from 0 upwards.</summary>
    /// <param name="tiers">Slices in order; each begins where the one before ends.</param>
    /// <exception cref="InputException">There is no slice, or one does not end above the one before, or follows one without end.</exception>
    public RateTiers(IEnumerable<RateTier> tiers)
    {
        this.tiers = [.. tiers];
        if (this.tiers.IsEmpty) throw new InputException("tiers", "expected at least one");
        decimal from = 0;
        for (int i = 0; i < this.tiers.Length; i++)
        {
            bool last = i == this.tiers.Length - 1;
            if (this.tiers[i].UpTo is not { } end)
            {
                if (!last) throw new InputException($"tiers[{i}]", "only the last may be without end");
            }
            else if (end <= from) throw new InputException($"tiers[{i}]", $"{end} does not lie above {from}");
            else from = end;
        }
    }

    /// <summary>A schedule without end, stated by where each slice begins.</summary>
    /// <param name="floors">Where each slice begins and its rate; the first begins at 0.</param>
    /// <exception cref="InputException">The floors do not ascend from 0.</exception>
    public static RateTiers FromFloors(IEnumerable<(decimal Floor, decimal Rate)> floors)
    {
        (decimal Floor, decimal Rate)[] all = [.. floors];
        if (all.Length > 0 && all[0].Floor != 0) throw new InputException("tiers[0]", $"found {all[0].Floor}, expected 0");

        return new RateTiers(all.Select((tier, i) => new RateTier(i + 1 < all.Length ? all[i + 1].Floor : null, tier.Rate)));
    }

    /// <summary>The slices in order.</summary>
    public ImmutableArray<RateTier> Tiers => tiers;

    /// <summary>Where the schedule ends; none for one without end.</summary>
    public decimal? Limit => tiers[^1].UpTo;

    /// <summary>
    /// Per slice, the amount d with value × rate − d = <see cref="Amount"/> for values in it: dᵢ = dᵢ₋₁ + floorᵢ × (rateᵢ − rateᵢ₋₁).
    /// </summary>
    public ImmutableArray<decimal> Deductions
    {
        get
        {
            var answers = ImmutableArray.CreateBuilder<decimal>(tiers.Length);
            answers.Add(0);
            for (int i = 1; i < tiers.Length; i++)
                answers.Add(answers[i - 1] + (tiers[i - 1].UpTo!.Value * (tiers[i].Rate - tiers[i - 1].Rate)));

            return answers.MoveToImmutable();
        }
    }

    /// <summary>The sum of the slices of a value, each at its own rate. What lies above <see cref="Limit"/>, or is not above 0, adds nothing.</summary>
    /// <param name="value">In the unit of the schedule.</param>
    public decimal Amount(decimal value)
    {
        decimal amount = 0;
        decimal from = 0;
        foreach (RateTier tier in tiers)
        {
            if (value <= from) break;

            decimal end = tier.UpTo is { } limit && limit < value ? limit : value;
            amount += (end - from) * tier.Rate;
            from = end;
        }

        return amount;
    }

    /// <summary>The place of the slice a value ends in: the last whose end it does not pass, or the last of all.</summary>
    /// <param name="value">In the unit of the schedule.</param>
    public int Place(decimal value)
    {
        int place = 0;
        while (place < tiers.Length - 1 && value > tiers[place].UpTo) place++;

        return place;
    }
}
