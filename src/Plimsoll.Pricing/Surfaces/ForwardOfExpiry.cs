using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>Where the forward of an expiry was taken from.</summary>
public enum ForwardSource
{
    /// <summary>Nothing told it.</summary>
    None = 0,

    /// <summary>The venue's own forward beside the quotes: the median of what it printed.</summary>
    Venue = 1,

    /// <summary>Put-call parity.</summary>
    Parity = 2,
}

/// <summary>
/// The forward of one expiry. The venue's own wins; else put-call parity at no discount, C − P = F − K (in coin
/// c − p = 1 − K/F), strike by strike, and of those answers the median weighted by how narrow the quotes are: one crazy
/// strike does not move it.
/// </summary>
/// <param name="Value">The forward, in quote units; NaN where nothing told it.</param>
/// <param name="Source">Where it was taken from.</param>
public readonly record struct ForwardOfExpiry(double Value, ForwardSource Source)
{
    /// <summary>Finds the forward.</summary>
    /// <param name="quotes">All quotes of the expiry.</param>
    public static ForwardOfExpiry Of(IReadOnlyList<OptionQuote> quotes)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        var stated = quotes.Where(quote => quote.Forward > 0 && double.IsFinite(quote.Forward)).Select(quote => (quote.Forward, Weight: 1.0)).ToList();
        if (stated.Count > 0) return new ForwardOfExpiry(Median(stated), ForwardSource.Venue);

        var implied = ByParity(quotes);
        return implied.Count > 0 ? new ForwardOfExpiry(Median(implied), ForwardSource.Parity) : new ForwardOfExpiry(double.NaN, ForwardSource.None);
    }

    private static List<(double Forward, double Weight)> ByParity(IReadOnlyList<OptionQuote> quotes)
    {
        var sorted = quotes.Where(IsTwoSided).OrderBy(quote => quote.Strike).ThenBy(quote => quote.Side).ToList();
        var implied = new List<(double, double)>();
        for (var i = 1; i < sorted.Count; i++)
        {
            var (call, put) = (sorted[i - 1], sorted[i]);
            if (call.Strike != put.Strike || call.Side != OptionSide.Call || put.Side != OptionSide.Put || call.Unit != put.Unit) continue;

            var gap = ((call.Bid + call.Ask) - (put.Bid + put.Ask)) / 2;
            var forward = call.Unit == PriceUnit.Coin ? call.Strike / (1 - gap) : call.Strike + gap;
            var doubt = (call.Ask - call.Bid) + (put.Ask - put.Bid);
            if (forward > 0 && double.IsFinite(forward)) implied.Add((forward, 1 / Math.Max(doubt * doubt, 1e-18)));
        }

        return implied;
    }

    private static bool IsTwoSided(OptionQuote quote) => quote is { Strike: > 0, Bid: > 0 } && quote.Ask >= quote.Bid && double.IsFinite(quote.Ask);

    private static double Median(List<(double Value, double Weight)> sample)
    {
        sample.Sort((one, other) => one.Value.CompareTo(other.Value));
        var half = sample.Sum(one => one.Weight) / 2;
        var (below, at) = (0.0, 0);
        while (at < sample.Count - 1 && below + sample[at].Weight < half) below += sample[at++].Weight;

        // An even sample has two middles.
        return below + sample[at].Weight == half && at < sample.Count - 1 ? (sample[at].Value + sample[at + 1].Value) / 2 : sample[at].Value;
    }
}
