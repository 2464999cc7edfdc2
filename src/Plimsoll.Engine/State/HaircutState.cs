using Plimsoll.Numerics;
using Plimsoll.Risk.Collateral;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// What the venue's own prices say of one asset's volatility, and the haircut that follows: an exponentially weighted
/// variance of sampled log returns, and a floor that rises at once and falls by so much a day.
/// </summary>
internal struct HaircutState
{
    /// <summary>Variance of a day's log return.</summary>
    public double Variance { get; private set; }

    /// <summary>The last sampled price; 0 before the first.</summary>
    public double Price { get; private set; }

    /// <summary>When that was.</summary>
    public Instant SampledAt { get; private set; }

    /// <summary>The haircut the market asks for at least.</summary>
    public double Floor { get; private set; }

    /// <summary>When it was last asked.</summary>
    public Instant AskedAt { get; private set; }

    /// <summary>Takes a price up, where the last one is a whole interval old, and asks for the haircut.</summary>
    public void Take(DynamicHaircutTerms terms, HaircutMarket market, double price, double holding, Instant now)
    {
        if (Price == 0) Variance = (double)market.Volatility * (double)market.Volatility;
        double days = Days(SampledAt, now);
        bool isDue = Price == 0 || days >= terms.SampleMinutes / (24.0 * 60);
        if (isDue)
        {
            if (Price > 0) Variance = Next(terms, price, days);
            (Price, SampledAt) = (price, now);
        }

        double asked = DynamicHaircut.Of(terms, market, Math.Sqrt(Variance), holding);
        Floor = AskedAt == default ? asked : DynamicHaircut.Next(Floor, asked, Days(AskedAt, now), (double)terms.FallPerDay);
        AskedAt = now;
    }

    public readonly void Write(StateWriter writer)
    {
        writer.WriteDouble(Variance);
        writer.WriteDouble(Price);
        writer.WriteInstant(SampledAt);
        writer.WriteDouble(Floor);
        writer.WriteInstant(AskedAt);
    }

    public static HaircutState Read(StateReader reader) => new()
    {
        Variance = reader.ReadDouble(),
        Price = reader.ReadDouble(),
        SampledAt = reader.ReadInstant(),
        Floor = reader.ReadDouble(),
        AskedAt = reader.ReadInstant(),
    };

    /// <summary>What a longer gap tells of weighs more: a day of it as much as a day of samples.</summary>
    private readonly double Next(DynamicHaircutTerms terms, double price, double days)
    {
        double move = Exact.LogRatio(price, Price);
        double kept = terms.Decay > 0m ? Exact.Exp(days * Exact.Log((double)terms.Decay)) : 0;

        return (kept * Variance) + ((1 - kept) * (move * move / days));
    }

    private static double Days(Instant from, Instant to) => (to.UnixMicroseconds - from.UnixMicroseconds) / (double)Instant.MicrosecondsPerDay;
}
