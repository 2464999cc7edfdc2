using Plimsoll.Markets.Prices;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Backing;

/// <summary>
/// The last hours' prices of every asset in the numeraire: one per full UTC hour, the first one seen in it. Hours in
/// which nothing was seen stay empty; nothing is filled in or carried over. Old hours give way to new ones.
/// </summary>
public sealed class MarketHistory
{
    /// <summary>The most hours kept: three years.</summary>
    public const int MaxHours = 26_280;

    private readonly List<double[]> _prices = [];
    private long _newest = -1;
    private long _oldest;

    /// <summary>An empty history.</summary>
    /// <param name="hours">How many hours are kept, 1 to <see cref="MaxHours"/>.</param>
    /// <exception cref="InputException">Out of that range.</exception>
    public MarketHistory(int hours = 365 * 24)
    {
        if (hours is < 1 or > MaxHours) throw new InputException("history hours", $"found {hours}, expected 1 to {MaxHours}");
        Hours = hours;
    }

    /// <summary>How many hours are kept.</summary>
    public int Hours { get; }

    /// <summary>Whether nothing was recorded yet.</summary>
    public bool IsEmpty => _newest < 0;

    /// <summary>The newest hour recorded, counted from 1970; −1 before the first.</summary>
    public long NewestHour => _newest;

    /// <summary>The oldest hour still kept, counted from 1970.</summary>
    public long OldestHour => _oldest;

    /// <summary>Records what the market says now, where the hour has no price yet.</summary>
    /// <param name="market">Its time and prices are taken.</param>
    /// <param name="assets">How many assets the catalog lists.</param>
    public void Record(MarketState market, int assets)
    {
        const int OnTheStack = 128;
        Span<double> prices = assets <= OnTheStack ? stackalloc double[OnTheStack] : new double[assets];
        for (int a = 0; a < assets; a++) prices[a] = market.PriceOf(new AssetIndex(a));
        Record(market.At, prices[..assets]);
    }

    /// <summary>Records prices, where the hour has none yet.</summary>
    /// <param name="at">When they were seen; not in an hour before the newest, not before 1970.</param>
    /// <param name="prices">By asset index, in the numeraire; 0 or not a finite number is no price.</param>
    public void Record(Instant at, ReadOnlySpan<double> prices)
    {
        long hour = at.UnixMicroseconds / Instant.MicrosecondsPerHour;
        Law.Holds(at.UnixMicroseconds >= 0 && hour >= _newest, "the history's time never goes back");
        MoveTo(hour);
        while (_prices.Count < prices.Length) _prices.Add(new double[Hours]);
        int place = Place(hour);
        for (int a = 0; a < prices.Length; a++)
            if (_prices[a][place] == 0 && double.IsFinite(prices[a]) && prices[a] > 0) _prices[a][place] = prices[a];
    }

    /// <summary>An asset's price in an hour counted from 1970; 0 where there is none.</summary>
    public double PriceAt(AssetIndex asset, long hour) =>
        asset.Value < _prices.Count && hour >= _oldest && hour <= _newest ? _prices[asset.Value][Place(hour)] : 0;

    private void MoveTo(long hour)
    {
        if (IsEmpty) (_newest, _oldest) = (hour, hour);
        // Each place is emptied before its new hour; a gap longer than the ring empties every place once.
        for (long skipped = Math.Max(_newest + 1, hour - Hours + 1); skipped <= hour; skipped++)
            foreach (double[] asset in _prices) asset[Place(skipped)] = 0;

        _newest = hour;
        _oldest = Math.Max(_oldest, hour - Hours + 1);
    }

    private int Place(long hour) => (int)(hour % Hours);
}
