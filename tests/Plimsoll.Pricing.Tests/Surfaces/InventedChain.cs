using Plimsoll.Markets.Chains;
using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Surfaces;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Options;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Tests.Surfaces;

/// <summary>Chains made from smiles we know.</summary>
internal static class InventedChain
{
    public static readonly Instant At = Instant.Utc(2024, 11, 1, 8);

    public static readonly Instant[] Expiries = [Instant.Utc(2024, 11, 8, 8), Instant.Utc(2024, 11, 29, 8), Instant.Utc(2024, 12, 27, 8), Instant.Utc(2025, 3, 28, 8)];

    /// <summary>The smile of an expiry: extended SSVI, free of arbitrage.</summary>
    public static EssviSlice Smile(Instant expiry)
    {
        var years = At.YearsUntil(expiry);
        var theta = 0.3 * years;
        return EssviSlice.SquareRoot(theta, -0.2 + (0.2 * years), 0.9);
    }

    /// <summary>Quotes on both sides of 15 strikes within two deviations, the mid exactly on the smile.</summary>
    public static List<OptionQuote> Quotes(double halfSpread = 0.002, PriceUnit unit = PriceUnit.Coin, IEnumerable<Instant>? expiries = null, double forward = 70_000)
    {
        var quotes = new List<OptionQuote>();
        foreach (var expiry in expiries ?? Expiries)
            for (var i = -7; i <= 7; i++)
                foreach (var side in new[] { OptionSide.Call, OptionSide.Put })
                    quotes.Add(Quote(quotes.Count + 2, expiry, side, i / 3.5 * Math.Sqrt(Smile(expiry).Theta), halfSpread, unit, forward));
        return quotes;
    }

    public static OptionQuote Quote(int line, Instant expiry, OptionSide side, double k, double halfSpread = 0.002, PriceUnit unit = PriceUnit.Coin, double forward = 70_000)
    {
        var years = At.YearsUntil(expiry);
        var strike = forward * Exact.Exp(k);
        var scale = unit == PriceUnit.Coin ? forward : 1;
        var volatility = Math.Sqrt(Smile(expiry).Variance(k) / years);
        double Price(double vol) => Black76.Price(new OptionInputs(side, forward, strike, years, vol)) / scale;
        var mid = Price(volatility);
        var half = Price(volatility + halfSpread) - mid;
        return new OptionQuote
        {
            Line = line,
            Instrument = $"BTC {expiry} {strike} {side}",
            Underlying = "BTC",
            Side = side,
            Strike = strike,
            Expiry = expiry,
            At = At,
            Forward = forward,
            Unit = unit,
            Bid = mid - half,
            Ask = mid + half,
        };
    }
}
