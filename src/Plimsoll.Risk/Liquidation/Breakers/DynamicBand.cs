using Plimsoll.Units;

namespace Plimsoll.Risk.Liquidation.Breakers;

/// <summary>
/// A band that moves with the market: a price trips it when it lies further than a stated part below the highest, or above
/// the lowest, price of the time behind it. Source: CME price limits, "dynamic circuit breakers".
/// </summary>
public sealed class DynamicBand
{
    private readonly double width;
    private readonly long window;
    private readonly LinkedList<(Instant At, double Price)> highest = [];
    private readonly LinkedList<(Instant At, double Price)> lowest = [];

    /// <summary>A band without a past.</summary>
    /// <param name="width">How far a price may lie from the extremes, above 0 and below 1: 0.035 for 3.5 %.</param>
    /// <param name="windowMicroseconds">How long an extreme counts, above 0.</param>
    /// <exception cref="InputException">A figure out of its range.</exception>
    public DynamicBand(double width, long windowMicroseconds)
    {
        if (width is not (> 0 and < 1)) throw new InputException("band width", $"found {width}, expected between 0 and 1");
        if (windowMicroseconds <= 0) throw new InputException("band window", $"found {windowMicroseconds}, expected above 0");
        (this.width, window) = (width, windowMicroseconds);
    }

    /// <summary>Takes a price; whether it trips the band. One that trips it becomes part of the past like any other.</summary>
    /// <param name="at">Not before the last one.</param>
    /// <param name="price">Above 0.</param>
    /// <exception cref="InputException">The price is not above 0, or comes from before the last one.</exception>
    public bool Trips(Instant at, double price)
    {
        if (!(price > 0) || !double.IsFinite(price)) throw new InputException("price", $"found {price}, expected a number above 0");
        if (highest.Last is { } last && at < last.Value.At) throw new InputException("price time", "lies before the last price");

        Forget(highest, at);
        Forget(lowest, at);
        bool trips = (highest.First is { } top && price < top.Value.Price * (1 - width))
            || (lowest.First is { } bottom && price > bottom.Value.Price * (1 + width));
        Keep(highest, at, price, 1);
        Keep(lowest, at, price, -1);

        return trips;
    }

    private void Forget(LinkedList<(Instant At, double Price)> extremes, Instant at)
    {
        while (extremes.First is { } first && at.UnixMicroseconds - first.Value.At.UnixMicroseconds > window) extremes.RemoveFirst();
    }

    /// <summary>Only what is not outdone by something later can become the extreme: the list stays ordered, and the first is the extreme.</summary>
    private static void Keep(LinkedList<(Instant At, double Price)> extremes, Instant at, double price, int sign)
    {
        while (extremes.Last is { } last && (last.Value.Price - price) * sign <= 0) extremes.RemoveLast();
        extremes.AddLast((at, price));
    }
}
