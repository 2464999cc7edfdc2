using Plimsoll.Markets.Bars;
using Plimsoll.Pricing.Volatility;
using Plimsoll.Units;

namespace Plimsoll.Cli.Liquidity;

/// <summary>Price bars from a file, with volumes, and the name of what they are bars of.</summary>
internal sealed record PriceBars(string Asset, string Path, BarSeries Bars)
{
    private static readonly string[] Quotes = ["usdt", "usdc", "usd", "fdusd", "busd"];

    /// <summary>Reads <c>[ASSET=]FILE</c>; without a name the file's name tells it (<c>binance_spot_btcusdt_1h.csv.gz</c> is BTC).</summary>
    /// <exception cref="InputException">Which file, line and field cannot be used.</exception>
    public static PriceBars Read(string text)
    {
        (string? asset, string path) = Named(text);
        KlineFile file = KlineFile.Open(path);
        BarSeries bars = BarSeries.Of(file.Read(file.First, new Instant(long.MaxValue)).Select(bar =>
            new PriceBar(bar.At, (double)bar.Open, (double)bar.High, (double)bar.Low, (double)bar.Close, (double)bar.Volume)));

        return new PriceBars(asset ?? Guess(path), path, bars);
    }

    /// <summary>Splits <c>ASSET=FILE</c>; a file whose own name holds an equals sign is taken as it is.</summary>
    public static (string? Asset, string Path) Named(string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);

        return at > 0 && !File.Exists(text) && Identifier.IsValid(text.AsSpan(0, at)) ? (text[..at], text[(at + 1)..]) : (null, text);
    }

    /// <summary>The asset a file's name speaks of: what stands before a quote currency, else the first word.</summary>
    public static string Guess(string path)
    {
        string[] words = System.IO.Path.GetFileName(path).Split(['_', '-', '.'], StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in words)
            foreach (string quote in Quotes)
                if (word.Length > quote.Length && word.EndsWith(quote, StringComparison.OrdinalIgnoreCase)) return word[..^quote.Length].ToUpperInvariant();

        return words.Length > 0 && Identifier.IsValid(words[0]) ? words[0].ToUpperInvariant() : "ASSET";
    }
}
