using Plimsoll.Markets.Prices;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Responses;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Backing;

/// <summary>
/// What the venue's own book would have lost if recent days came again: historical Expected Shortfall over overlapping
/// windows, through the same product that margins the customers.
/// </summary>
/// <remarks>
/// <para>1. A window ends at each recorded hour and begins some hours before; one that lacks a price of any asset held is left out.</para>
/// <para>2. One unit of an asset answers to a window with: price now × (price at its end ÷ price at its beginning − 1).</para>
/// <para>3. The book is one row of net open positions; positions × responses is a profit or loss per window, all weighed alike.</para>
/// <para>4. Value at Risk is the k-th greatest loss, k = ⌈n·(1 − confidence)⌉; Expected Shortfall is the mean of the n·(1 −
/// confidence) greatest losses, the last of them by its part (Acerbi and Tasche 2002). Losses are positive; a negative answer is a gain.</para>
/// <para>The history is taken as it was: volatility of today is not read into it.</para>
/// </remarks>
/// <param name="Value">Expected Shortfall in the numeraire; none where <paramref name="Reason"/> says why.</param>
/// <param name="ValueAtRisk">Value at Risk in the numeraire, at the same confidence.</param>
/// <param name="WorstLoss">The greatest loss of all windows, in the numeraire.</param>
/// <param name="WorstWindowEnd">When the window of the greatest loss ended; the earliest of equals.</param>
/// <param name="Windows">How many windows there were.</param>
/// <param name="Confidence">The part of windows not in the tail.</param>
/// <param name="Reason">Why there is no answer; none where there is one.</param>
public sealed record ExpectedShortfall(
    double? Value, double? ValueAtRisk, double? WorstLoss, Instant? WorstWindowEnd, int Windows, decimal Confidence, string? Reason)
{
    /// <summary>Estimates the venue's own loss over one window.</summary>
    /// <param name="book">Net open positions, each asset once; a position of nothing does not matter.</param>
    /// <param name="market">Today's prices.</param>
    /// <param name="history">The hours the windows come from.</param>
    /// <param name="settings">Confidence, length of a window, fewest windows.</param>
    public static ExpectedShortfall Measure(IReadOnlyList<OpenPosition> book, MarketState market, MarketHistory history, ShortfallSettings settings)
    {
        OpenPosition[] held = [.. book.Where(position => !position.Net.IsZero).OrderBy(position => position.Asset)];
        foreach (OpenPosition position in held)
            if (!market.HasPrice(position.Asset)) return None(settings, 0, $"{position.Name} has no price yet");

        long[] ends = WindowEnds(held, history, settings.WindowHours);
        if (ends.Length < settings.MinWindows) return None(settings, ends.Length, $"the history holds {ends.Length} windows, at least {settings.MinWindows} are needed");

        double[] outcomes = Outcomes(held, Responses(held, ends, market, history, settings.WindowHours));
        int worst = Array.IndexOf(outcomes, outcomes.Min());
        double[] losses = Array.ConvertAll(outcomes, outcome => 0 - outcome);
        Array.Sort(losses);

        return new ExpectedShortfall(
            Quantiles.UpperTailMean(losses, (double)(1 - settings.Confidence)),
            Quantiles.OrderStatistic(losses, (double)settings.Confidence),
            losses[^1], new Instant(ends[worst] * Instant.MicrosecondsPerHour), ends.Length, settings.Confidence, Reason: null);
    }

    private static ExpectedShortfall None(ShortfallSettings settings, int windows, string reason) =>
        new(null, null, null, null, windows, settings.Confidence, reason);

    /// <summary>The hours at which a window with all its prices ends, ascending.</summary>
    private static long[] WindowEnds(OpenPosition[] held, MarketHistory history, int windowHours)
    {
        var ends = new List<long>();
        if (history.IsEmpty) return [];

        for (long end = history.OldestHour + windowHours; end <= history.NewestHour; end++)
        {
            bool whole = true;
            foreach (OpenPosition position in held)
                whole &= history.PriceAt(position.Asset, end) > 0 && history.PriceAt(position.Asset, end - windowHours) > 0;

            if (whole) ends.Add(end);
        }

        return [.. ends];
    }

    private static ResponseMatrix Responses(OpenPosition[] held, long[] ends, MarketState market, MarketHistory history, int windowHours)
    {
        var responses = new ResponseMatrix(held.Length, ends.Length);
        for (int row = 0; row < held.Length; row++)
        {
            AssetIndex asset = held[row].Asset;
            double price = market.PriceOf(asset);
            Span<double> answers = responses.Row(row);
            for (int w = 0; w < ends.Length; w++)
                answers[w] = price * ((history.PriceAt(asset, ends[w]) / history.PriceAt(asset, ends[w] - windowHours)) - 1);
        }

        return responses;
    }

    private static double[] Outcomes(OpenPosition[] held, ResponseMatrix responses)
    {
        var rows = new SparseRows(held.Length);
        rows.EnsureRows(1);
        rows.ReplaceRow(0, [.. Enumerable.Range(0, held.Length)], Array.ConvertAll(held, position => position.Scale.ToModel(position.Net)));
        double[] outcomes = new double[responses.Columns];
        Product.All(rows, responses, .., outcomes);

        return outcomes;
    }
}
