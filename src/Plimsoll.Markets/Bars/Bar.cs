using Plimsoll.Units;

namespace Plimsoll.Markets.Bars;

/// <summary>What one asset's price did within one stretch of time.</summary>
/// <param name="At">When the stretch begins.</param>
/// <param name="Open">The first price.</param>
/// <param name="High">The highest.</param>
/// <param name="Low">The lowest.</param>
/// <param name="Close">The last.</param>
/// <param name="Volume">Coins traded, 0 or more.</param>
public readonly record struct Bar(Instant At, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume = 0)
{
    /// <summary>Points a bar is walked through.</summary>
    public const int Points = 4;

    /// <summary>A wick longer than this part of the body's nearer end is reported as suspicious: one half.</summary>
    public const decimal SuspiciousWick = 0.5m;

    /// <summary>
    /// Whether an extreme lies more than <see cref="SuspiciousWick"/> beyond both open and close: a bad tick, or a crash
    /// that came and went within the bar. Nothing is filtered; the reader is told.
    /// </summary>
    public bool HasSuspiciousWick
    {
        get
        {
            decimal bottom = Math.Min(Open, Close);
            decimal top = Math.Max(Open, Close);

            return bottom - Low > SuspiciousWick * bottom || High - top > SuspiciousWick * top;
        }
    }

    /// <summary>
    /// The price at one of the four points of the walk: open, the extreme farther from it, the other extreme, close.
    /// Where both are as far, the low comes first.
    /// </summary>
    public decimal PriceAt(int point)
    {
        bool highFirst = High - Open > Open - Low;

        return point switch
        {
            0 => Open,
            1 => highFirst ? High : Low,
            2 => highFirst ? Low : High,
            _ => Close,
        };
    }
}
