using System.Numerics;
using Plimsoll.Numerics;
using Plimsoll.Pricing.Pools;
using Plimsoll.Units;

namespace Plimsoll.Pricing.Tests.Pools;

public sealed class Fees_in_whole_units
{
    [Fact]
    public void A_fee_is_shared_by_liquidity_in_range()
    {
        var book = new FeeBook(tick: 0);
        book.Move(-10, 10, 300);
        book.Move(-5, 20, 100);
        FeeGrowth first = book.Inside(-10, 10), second = book.Inside(-5, 20);
        book.Accrue(new Amount(1_000)).ShouldBeTrue();
        book.MoveTo(15);
        book.Accrue(new Amount(50)).ShouldBeTrue();

        (book.Inside(-10, 10) - first).OwedTo(300).Units.ShouldBe(750);
        (book.Inside(-5, 20) - second).OwedTo(100).Units.ShouldBe(300);
    }

    [Fact]
    public void Nobody_earns_where_there_is_no_liquidity()
    {
        var book = new FeeBook(tick: 50);
        book.Move(0, 50, 10);

        book.Accrue(new Amount(5)).ShouldBeFalse();
        book.MoveTo(49);
        book.Active.ShouldBe(10);
    }

    [Fact]
    public void More_liquidity_than_is_there_cannot_be_taken_away()
    {
        var book = new FeeBook(0);
        book.Move(-1, 1, 5);

        Should.Throw<LawBrokenException>(() => book.Move(-1, 1, -6));
    }

    /// <summary>Against a ledger that splits every fee by exact fractions among the ranges the tick lies in.</summary>
    [Fact]
    public void What_is_owed_is_what_each_range_earned_and_never_more_than_was_paid()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var chance = new SeededStream(seed);
            var book = new FeeBook(Tick(chance));
            var ranges = new List<(int Lower, int Upper, Int128 Liquidity, FeeGrowth Since, BigInteger Numerator, BigInteger Denominator)>();
            BigInteger paid = 0;
            int accruals = 0;
            for (int step = 0; step < 120; step++)
            {
                switch (chance.NextDouble())
                {
                    case < 0.2:
                        int lower = Tick(chance), upper = lower + 1 + (int)(chance.NextDouble() * 20);
                        Int128 liquidity = 1 + (Int128)(chance.NextDouble() * 1e15);
                        book.Move(lower, upper, liquidity);
                        ranges.Add((lower, upper, liquidity, book.Inside(lower, upper), 0, 1));
                        break;
                    case < 0.6:
                        book.MoveTo(Tick(chance));
                        break;
                    default:
                        var fee = new Amount((Int128)(chance.NextDouble() * 1e9));
                        if (!book.Accrue(fee)) break;
                        accruals++;
                        paid += fee.Units;
                        BigInteger active = ranges.Where(r => r.Lower <= book.Tick && book.Tick < r.Upper).Aggregate(BigInteger.Zero, (sum, r) => sum + r.Liquidity);
                        active.ShouldBe((BigInteger)book.Active, $"seed {seed}");
                        for (int i = 0; i < ranges.Count; i++)
                        {
                            var r = ranges[i];
                            if (r.Lower > book.Tick || book.Tick >= r.Upper) continue;
                            BigInteger numerator = (r.Numerator * active) + (fee.Units * r.Liquidity * r.Denominator), denominator = r.Denominator * active;
                            BigInteger common = BigInteger.GreatestCommonDivisor(numerator, denominator);
                            ranges[i] = r with { Numerator = numerator / common, Denominator = denominator / common };
                        }

                        break;
                }
            }

            BigInteger owed = 0;
            foreach (var r in ranges)
            {
                Amount mine = (book.Inside(r.Lower, r.Upper) - r.Since).OwedTo(r.Liquidity);
                owed += mine.Units;
                BigInteger exact = r.Numerator / r.Denominator;
                ((BigInteger)mine.Units).ShouldBeInRange(exact - 1, exact, $"seed {seed}, range {r.Lower} to {r.Upper}");
            }

            owed.ShouldBeInRange(paid - (2 * ranges.Count), paid, $"seed {seed} after {accruals} fees");
        }
    }

    private static int Tick(SeededStream chance) => (int)(chance.NextDouble() * 60) - 30;
}
