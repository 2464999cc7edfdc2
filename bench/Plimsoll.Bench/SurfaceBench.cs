using Plimsoll.Markets.Chains;
using Plimsoll.Pricing.Surfaces;

namespace Plimsoll.Bench;

/// <summary>A whole option chain, from parsed rows to a surface that was checked for arbitrage; the mark is 100 ms.</summary>
internal static class SurfaceBench
{
    private const int Rounds = 25;
    private const double Mark = 100;

    public static int Run(string path)
    {
        var text = File.ReadAllText(path);
        var chain = ChainReader.Read(text, path);
        Console.WriteLine($"{"surface",-8} {"options",8} {"used",6} {"expiries",9} {"read ms",8} {"fit ms",8} {"RMSE vp",8} {"free vp",8} {"out %",7} {"free out %",11} {"least g",8}");
        var slow = false;
        foreach (var name in chain.Surfaces)
        {
            SurfaceFit? fit = null;
            var best = Race.BestMilliseconds(Rounds, () => ChainReader.Read(text, path), () => fit = SurfaceCalibration.Fit(chain.Quotes, name));
            var (published, free) = (fit!.Published, fit.Free);
            Console.WriteLine(
                $"{name,-8} {chain.Quotes.Count(quote => quote.Surface == name),8} {published.Quotes,6} {fit.Expiries.Count,9} {best[0],8:F1} {best[1],8:F1} {100 * published.Volatility,8:F3} {100 * free.Volatility,8:F3} {100 * published.OutOfBand,7:F1} {100 * free.OutOfBand,11:F1} {fit.Arbitrage.Density.Value,8:F3}");
            slow |= best[1] > Mark || !fit.Arbitrage.IsFree;
        }

        return slow ? 1 : 0;
    }
}
