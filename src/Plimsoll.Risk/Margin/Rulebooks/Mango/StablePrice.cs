using Plimsoll.Units.State;

namespace Plimsoll.Risk.Margin.Rulebooks.Mango;

/// <summary>How fast a stable price follows.</summary>
/// <param name="DelayGrowth">The most an hour's average may differ from the hour's before, a fraction: 0.06.</param>
/// <param name="Growth">The most the price moves per second, a fraction, where it agrees with its delayed self: 0.0003.</param>
public readonly record struct StablePriceTerms(double DelayGrowth, double Growth)
{
    /// <summary>The values Mango v4 was released with.</summary>
    public static StablePriceTerms Released => new(0.06, 0.0003);
}

/// <summary>
/// A price that follows its oracle slowly, so that a market pushed for an hour opens no loans. Source: Mango v4,
/// <c>state/stable_price.rs</c>.
/// <list type="number">
/// <item>Each hour's average is kept for a day, and lies within the delay growth of the hour's before.</item>
/// <item>Every observation moves the price towards the oracle, by at most growth × (price ÷ delayed)² per second, the
/// quotient taken below 1, and counting at most 600 seconds: the further it has run from a day ago, the slower it goes.</item>
/// <item>Observations less than ten seconds after the last one do nothing.</item>
/// </list>
/// </summary>
public sealed class StablePrice
{
    private const int Hours = 24;
    private const long SecondsPerHour = 3_600;
    private const long LeastGap = 10;
    private const long MostGap = 600;

    private StablePriceTerms terms;
    private readonly double[] delayed = new double[Hours];
    private long last;
    private int hour;
    private double sum;
    private long seconds;

    /// <summary>A price that has stood still for a day.</summary>
    /// <param name="start">The price, above 0.</param>
    /// <param name="at">Unix seconds.</param>
    /// <param name="terms">How fast it follows.</param>
    public StablePrice(double start, long at, StablePriceTerms terms)
    {
        if (!(start > 0) || !double.IsFinite(start)) throw new ArgumentOutOfRangeException(nameof(start), start, "A price lies above 0.");
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        (Value, last, this.terms) = (start, at, terms);
        hour = HourOf(at);
        Array.Fill(delayed, start);
    }

    /// <summary>The stable price.</summary>
    public double Value { get; private set; }

    /// <summary>The average kept for an hour of the day, bounded by the hour's before.</summary>
    /// <param name="hourOfDay">0 to 23, UTC.</param>
    public double DelayedAt(int hourOfDay) => delayed[hourOfDay];

    /// <summary>What counts of an asset: the lower of oracle and stable price.</summary>
    public double ForAsset(double oracle) => Math.Min(oracle, Value);

    /// <summary>What counts of a liability: the higher of oracle and stable price.</summary>
    public double ForLiability(double oracle) => Math.Max(oracle, Value);

    /// <summary>Takes an oracle price.</summary>
    /// <param name="price">The oracle's price, above 0.</param>
    /// <param name="at">Unix seconds, not before the last observation.</param>
    public void Observe(double price, long at)
    {
        if (!(price > 0) || !double.IsFinite(price)) throw new ArgumentOutOfRangeException(nameof(price), price, "A price lies above 0.");
        long gap = at - last;
        if (gap < LeastGap) return;

        long counted = Math.Min(gap, MostGap);
        last = at;
        seconds += gap;
        sum += price * counted;
        if (HourOf(at) is var now && now != hour) CloseHours(now, gap);

        double behind = delayed[now];
        double agreement = Value < behind ? Value / behind : behind / Value;
        Value = Within(price, Value, terms.Growth * agreement * agreement * counted);
    }

    /// <summary>Follows by other terms from now on.</summary>
    public void Follow(StablePriceTerms terms) => this.terms = terms;

    /// <summary>Writes everything it remembers, but not its terms.</summary>
    public void Write(StateWriter writer)
    {
        writer.WriteDouble(Value);
        writer.WriteSpan(delayed);
        writer.WriteLong(last);
        writer.WriteInt(hour);
        writer.WriteDouble(sum);
        writer.WriteLong(seconds);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="Plimsoll.Units.InputException">What is read is no such price.</exception>
    public static StablePrice Read(StateReader reader, StablePriceTerms terms)
    {
        double value = reader.ReadDouble();
        double[] hours = new double[Hours];
        reader.ReadSpan(hours.AsSpan());
        (long last, int hour, double sum, long seconds) = (reader.ReadLong(), reader.ReadInt(), reader.ReadDouble(), reader.ReadLong());
        if (!(value > 0) || hours.Any(price => !(price > 0)) || last < 0 || hour is < 0 or >= Hours || seconds < 0) throw reader.Fault("a damped price above 0");

        var price = new StablePrice(value, last, terms) { hour = hour, sum = sum, seconds = seconds };
        hours.CopyTo(price.delayed, 0);

        return price;
    }

    private void CloseHours(int now, long gap)
    {
        double average = Within(sum / seconds, delayed[(hour + Hours - 1) % Hours], terms.DelayGrowth);
        bool wholeDay = gap > Hours * SecondsPerHour;
        for (int k = wholeDay ? now : hour, left = wholeDay ? Hours : (now - hour + Hours) % Hours; left > 0; left--, k = (k + 1) % Hours)
            delayed[k] = average;

        (sum, seconds, hour) = (0, 0, now);
    }

    private static int HourOf(long at) => (int)(at / SecondsPerHour % Hours);

    private static double Within(double target, double center, double growth) =>
        Math.Max(center * (1 - growth), Math.Min(center * (1 + growth), target));
}
