using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Risk.Liquidation.Breakers;

/// <summary>
/// A band that moves with the market: a price trips it when it lies further than a stated part below the highest, or above
/// the lowest, price of the time behind it. Source: CME price limits, "dynamic circuit breakers".
/// </summary>
public sealed class DynamicBand
{
    /// <summary>The most prices it remembers on either side; beyond, the newest two are remembered as the more extreme of them, for as long as the later.</summary>
    public const int MostKept = 4096;

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

    /// <summary>The highest price of the time behind the last one; none before the first.</summary>
    public double? Highest => highest.First?.Value.Price;

    /// <summary>The lowest price of the time behind the last one; none before the first.</summary>
    public double? Lowest => lowest.First?.Value.Price;

    /// <summary>Takes a price; whether it trips the band. One that trips it becomes part of the past like any other.</summary>
    /// <param name="at">Not before the last one.</param>
    /// <param name="price">Above 0.</param>
    /// <exception cref="InputException">The price is not above 0, or comes from before the last one.</exception>
    public bool Trips(Instant at, double price) => Broken(at, price) is not null;

    /// <summary>Takes a price as <see cref="Trips"/> does, and says which extreme it lies too far from; none where it trips nothing.</summary>
    /// <inheritdoc cref="Trips"/>
    public double? Broken(Instant at, double price)
    {
        if (!(price > 0) || !double.IsFinite(price)) throw new InputException("price", $"found {price}, expected a number above 0");
        if (highest.Last is { } last && at < last.Value.At) throw new InputException("price time", "lies before the last price");

        Forget(highest, at);
        Forget(lowest, at);
        double? broken = highest.First is { } top && price < top.Value.Price * (1 - width) ? top.Value.Price
            : lowest.First is { } bottom && price > bottom.Value.Price * (1 + width) ? bottom.Value.Price
            : null;
        Keep(highest, at, price, 1);
        Keep(lowest, at, price, -1);

        return broken;
    }

    /// <summary>Forgets the past and begins with one price: that of a reopening.</summary>
    /// <param name="at">When.</param>
    /// <param name="price">Above 0.</param>
    public void Begin(Instant at, double price)
    {
        highest.Clear();
        lowest.Clear();
        Trips(at, price);
    }

    /// <summary>Writes what it remembers, but not its width and window.</summary>
    public void Write(StateWriter writer)
    {
        foreach (LinkedList<(Instant At, double Price)> extremes in (LinkedList<(Instant At, double Price)>[])[highest, lowest])
        {
            writer.WriteInt(extremes.Count);
            foreach ((Instant at, double price) in extremes)
            {
                writer.WriteInstant(at);
                writer.WriteDouble(price);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote into a band without a past.</summary>
    /// <exception cref="InputException">What is read is no such past.</exception>
    public void Read(StateReader reader)
    {
        Read(reader, highest, 1);
        Read(reader, lowest, -1);
        if (highest.Last?.Value != lowest.Last?.Value) throw reader.Fault("two pasts that end with one price");
    }

    private static void Read(StateReader reader, LinkedList<(Instant At, double Price)> extremes, int sign)
    {
        for (int left = reader.ReadCount(16); left > 0; left--)
        {
            (Instant at, double price) = (reader.ReadInstant(), reader.ReadDouble());
            bool follows = extremes.Last is not { } last || (at >= last.Value.At && (last.Value.Price - price) * sign > 0);
            if (!follows || !(price > 0) || !double.IsFinite(price)) throw reader.Fault("prices of a band, each less extreme than the one before");
            extremes.AddLast((at, price));
        }
    }

    private void Forget(LinkedList<(Instant At, double Price)> extremes, Instant at)
    {
        while (extremes.First is { } first && at.UnixMicroseconds - first.Value.At.UnixMicroseconds > window) extremes.RemoveFirst();
    }

    /// <summary>Only what is not outdone by something later can become the extreme: the list stays ordered, and the first is the extreme.</summary>
    private static void Keep(LinkedList<(Instant At, double Price)> extremes, Instant at, double price, int sign)
    {
        while (extremes.Last is { } last && (last.Value.Price - price) * sign <= 0) extremes.RemoveLast();
        if (extremes.Count >= MostKept && extremes.Last is { Previous: { } before })
        {
            // The more extreme of the newest two, for longer than it need: a band that is asked too much trips rather than not.
            before.Value = (extremes.Last.Value.At, before.Value.Price);
            extremes.RemoveLast();
        }

        extremes.AddLast((at, price));
    }
}
