namespace Plimsoll.Markets.Depth;

/// <summary>
/// How hard sizes press the price, as measured: having taken Q coins the price has moved by c·√Q. With a day's volatility and
/// volume c is Y·σ/√V, which is what makes markets comparable (<see cref="ImpactLaw"/>).
/// </summary>
/// <param name="PerRootCoin">c: the move, as a part of the price, per square root of a coin.</param>
/// <param name="Low">The lower end of c's 95 % interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Exponent">
/// The power of size with which the books' own cost rises, fitted freely: ½ is the law; nearer 1 is a book of even density,
/// whose price for sizes it does not show would be worse than the law's. None where no side shows three levels.
/// </param>
/// <param name="Samples">Levels it rests on.</param>
public readonly record struct ImpactFit(double PerRootCoin, double Low, double High, double? Exponent, int Samples)
{
    /// <summary>Y of a coefficient, given a day's volatility (a part of the price) and volume (coins), both above 0.</summary>
    public static double Scale(double perRootCoin, double dailyVolatility, double dailyVolume) =>
        perRootCoin * Math.Sqrt(dailyVolume) / dailyVolatility;
}
