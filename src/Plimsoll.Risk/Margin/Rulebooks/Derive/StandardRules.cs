using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>Parameters of the standard risk manager; fractions of the spot value unless said otherwise.</summary>
/// <param name="Options">Margin of short options.</param>
/// <param name="PerpMaintenance">Maintenance per perpetual notional at its own price.</param>
/// <param name="PerpInitial">Initial per perpetual notional at its own price.</param>
/// <param name="BaseFactor">The part of the underlying held as collateral that counts.</param>
/// <param name="BaseInitialScale">What initial margin counts of that part.</param>
/// <param name="Confidence">Initial charge on doubtful prices.</param>
/// <param name="Peg">Initial charge per spot value of perpetuals and short options when the stablecoin loses its peg.</param>
public sealed record StandardParameters(
    ShortOptionRequirement Options,
    double PerpMaintenance,
    double PerpInitial,
    double BaseFactor,
    double BaseInitialScale,
    ConfidenceCharge Confidence,
    PegLoss Peg);

/// <summary>
/// Derive's standard margin, SRM: requirements of markets and expiries add; within an expiry the smaller of the sum of
/// isolated requirements and the greatest loss at expiry is asked for. Source: Derive v2-core, <c>StandardManager.sol</c>.
/// </summary>
/// <param name="Parameters">The parameters.</param>
public sealed record StandardRules(StandardParameters Parameters)
{
    /// <summary>Judges an account.</summary>
    /// <exception cref="InputException">A price, size or volatility has no meaning.</exception>
    public StandardVerdict Judge(StandardBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        if (!(book.StablePrice > 0)) throw new InputException("stable price", "expected a price above 0");

        double marked = book.Cash;
        var lines = ImmutableArray.CreateBuilder<RulebookLine>();
        lines.Add(new RulebookLine("cash", book.Cash, book.Cash));
        foreach (StandardMarket market in book.Markets)
        {
            if (!(market.Spot.Price > 0 && double.IsFinite(market.Spot.Price))) throw new InputException("spot", "expected a price above 0");
            if (!double.IsFinite(market.Spot.Confidence + market.Perpetual.Price.Confidence)) throw new InputException("confidence", "expected a number");

            lines.Add(Depeg(market, book.StablePrice));
            marked += Perpetual(market, lines);
            foreach (StandardExpiry expiry in market.Expiries) marked += Expiry(market, expiry, lines);
            marked += Base(market, lines) / book.StablePrice;
        }

        (double initial, double maintenance) = (lines.Sum(l => l.Initial), lines.Sum(l => l.Maintenance));
        if (!double.IsFinite(initial + maintenance + marked)) throw new InputException("book", "holds a size or price that is not a number");

        return new StandardVerdict(initial, maintenance, marked, lines.DrainToImmutable());
    }

    private RulebookLine Depeg(StandardMarket market, double stable)
    {
        double exposed = Math.Abs(market.Perpetual.Size) + market.Expiries.Sum(e => Short(e.Options));

        return new RulebookLine("depeg", 0, -exposed * Parameters.Peg.At(stable) * market.Spot.Price);
    }

    private double Perpetual(StandardMarket market, ImmutableArray<RulebookLine>.Builder lines)
    {
        PerpetualPosition held = market.Perpetual;
        if (held.Size == 0) return 0;

        double size = Math.Abs(held.Size);
        double profit = held.Profit + held.Funding;
        double doubt = Parameters.Confidence.On(Math.Min(market.Spot.Confidence, held.Price.Confidence), market.Spot.Price * size);
        lines.Add(new RulebookLine("perpetual profit", profit, profit));
        lines.Add(new RulebookLine("perpetual", -size * held.Price.Price * Parameters.PerpMaintenance, -size * held.Price.Price * Parameters.PerpInitial));
        lines.Add(new RulebookLine("perpetual confidence", 0, -doubt));

        return profit;
    }

    private double Expiry(StandardMarket market, StandardExpiry expiry, ImmutableArray<RulebookLine>.Builder lines)
    {
        if (expiry.Options.IsEmpty) return 0;

        double spot = market.Spot.Price;
        (ReadOnlySpan<double> unit, double worth) = Marked(expiry);
        (double maintenance, double initial) = (0, 0);
        for (int i = 0; i < unit.Length; i++)
        {
            OptionPosition option = expiry.Options[i];
            if (option.Size >= 0) continue;

            (double keeps, double opens) = Parameters.Options.Isolated(option, spot, unit[i]);
            maintenance += keeps;
            initial += opens;
        }

        (double lossMaintenance, double lossInitial) = Parameters.Options.GreatestLoss(expiry.Options, expiry.Forward.Price);
        double confidence = Math.Min(market.Spot.Confidence, Math.Min(expiry.Forward.Confidence, expiry.VolatilityConfidence));
        lines.Add(new RulebookLine("options", Math.Max(maintenance, lossMaintenance), Math.Max(initial, lossInitial)));
        lines.Add(new RulebookLine("option confidence", 0, -Parameters.Confidence.On(confidence, spot * Short(expiry.Options))));

        return worth;
    }

    private double Base(StandardMarket market, ImmutableArray<RulebookLine>.Builder lines)
    {
        double worth = market.Base * market.Spot.Price;
        if (worth == 0) return 0;

        lines.Add(new RulebookLine("base", worth * Parameters.BaseFactor, worth * Parameters.BaseFactor * Parameters.BaseInitialScale));
        lines.Add(new RulebookLine("base confidence", 0, -Parameters.Confidence.On(market.Spot.Confidence, worth)));

        return worth;
    }

    private static (double[] Unit, double Worth) Marked(StandardExpiry expiry)
    {
        var options = new OptionBlock([(expiry.Options, expiry.Years)]);
        options.Forwards.Fill(expiry.Forward.Price);
        options.Marked.CopyTo(options.Volatilities);
        options.Price();

        return ([.. options.Values], options.Worth(0, expiry.Options.Length));
    }

    private static double Short(ImmutableArray<OptionPosition> options) => options.Sum(o => Math.Max(-o.Size, 0));
}
