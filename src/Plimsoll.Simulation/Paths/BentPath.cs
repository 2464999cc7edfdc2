using Plimsoll.Units;

namespace Plimsoll.Simulation.Paths;

/// <summary>Paths made out of other paths. What bends prices says so in the label and is synthetic from then on.</summary>
public static class BentPath
{
    /// <summary>The heaviest scaling of returns.</summary>
    public const double MaxFactor = 5;

    /// <summary>
    /// The same story with every log return since the first tick scaled: 1.35 turns a fall of one half into a fall to
    /// 0.5^1.35 = 0.39. Assets that never move stay where they are.
    /// </summary>
    /// <param name="path">The story.</param>
    /// <param name="factor">Above 0, at most <see cref="MaxFactor"/>; below 1 makes it milder.</param>
    /// <exception cref="InputException">The factor lies outside its range, or a price leaves what the venue accepts.</exception>
    public static PricePath Heavier(this PricePath path, double factor)
    {
        if (!(factor > 0 && factor <= MaxFactor)) throw new InputException("factor", $"found {factor}, expected above 0 and at most {MaxFactor}");
        if (factor == 1) return path;

        return new PricePath(
            $"{path.Label}, log returns × {factor} (synthetic)",
            synthetic: true,
            path.Assets,
            path.Start,
            path.End,
            Walk,
            [.. path.Notes, $"Every log return since the first tick is multiplied by {factor}."]);

        IEnumerable<PriceTick> Walk()
        {
            IReadOnlyList<decimal>? first = null;
            foreach (PriceTick tick in path.Ticks())
            {
                first ??= tick.Prices;
                decimal[] prices = [.. tick.Prices.Select((price, i) => price == first[i] ? price : ModelPrice.Scaled(first[i], price, first[i], factor))];

                yield return new PriceTick(tick.At, prices);
            }
        }
    }

    /// <summary>
    /// The same story in smaller steps: between two ticks the price runs in a straight line, one point per step, so that a
    /// fall of a quarter within half an hour meets accounts one after the other as it did in life. Given ticks stay as they are.
    /// </summary>
    /// <param name="path">The story.</param>
    /// <param name="step">The longest time between two ticks; at least a second. Longer gaps than a day are left alone.</param>
    /// <exception cref="InputException">The step is shorter than a second.</exception>
    public static PricePath Finer(this PricePath path, TimeSpan step)
    {
        if (step < TimeSpan.FromSeconds(1)) throw new InputException("step", $"found {step}, expected a second or more");

        return new PricePath(path.Label, path.Synthetic, path.Assets, path.Start, path.End, Walk, [.. path.Notes, $"Between given prices the path runs in straight lines, a point each {step}."]);

        IEnumerable<PriceTick> Walk()
        {
            PriceTick? last = null;
            foreach (PriceTick tick in path.Ticks())
            {
                if (last is not null && tick.At - last.At <= TimeSpan.FromDays(1))
                {
                    foreach (PriceTick between in Between(last, tick, step)) yield return between;
                }

                yield return last = tick;
            }
        }
    }

    private static IEnumerable<PriceTick> Between(PriceTick from, PriceTick to, TimeSpan step)
    {
        long length = to.At.UnixMicroseconds - from.At.UnixMicroseconds;
        long width = step.Ticks / TimeSpan.TicksPerMicrosecond;
        for (long passed = width; passed < length; passed += width)
        {
            decimal part = (decimal)passed / length;
            decimal[] prices = [.. from.Prices.Select((price, i) => price == to.Prices[i] ? price : ModelPrice.Rounded(price + ((to.Prices[i] - price) * part)))];

            yield return new PriceTick(new Instant(from.At.UnixMicroseconds + passed), prices);
        }
    }
}
