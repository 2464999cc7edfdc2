using System.Runtime.InteropServices;

namespace Plimsoll.Numerics.Tests;

public sealed class Every_width_gives_the_same_bits
{
    private const ulong Seed = 7;

    [Fact]
    public void Exp() => Agree<ExpFormula>();

    [Fact]
    public void Exp_bounded() => Agree<ExpBoundedFormula>();

    [Fact]
    public void Log() => Agree<LogFormula>();

    [Fact]
    public void Log_bounded() => Agree<LogBoundedFormula>();

    [Fact]
    public void Mills() => Agree<MillsFormula>();

    [Fact]
    public void Log_of_a_ratio() => Agree<LogRatioFormula>();

    [Fact]
    public void Fall_and_rise_of_Mills() => Agree<MillsFallFormula>();

    [Fact]
    public void Normal_density() => Agree<DensityFormula>();

    [Fact]
    public void Normal_cdf() => Agree<CdfFormula>();

    [Fact]
    public void The_plain_operations() => Agree<PlainFormula>();

    private static void Agree<TFormula>() where TFormula : IFormula
    {
        var arguments = Arguments(40_000);
        var (one, four, eight) = (Run<Lane1, TFormula>(arguments), Run<Lane4, TFormula>(arguments), Run<Lane8, TFormula>(arguments));
        for (var i = 0; i < arguments.Length; i++)
        {
            if (Bits(four[i]) != Bits(one[i])) Assert.Fail($"four lanes give {four[i]:R}, one {one[i]:R} at {arguments[i]:R}, seed {Seed}");
            if (Bits(eight[i]) != Bits(one[i])) Assert.Fail($"eight lanes give {eight[i]:R}, one {one[i]:R} at {arguments[i]:R}, seed {Seed}");
        }
    }

    // The payload of a NaN is the one thing IEEE 754 leaves open for plain arithmetic.
    private static long Bits(double value) => double.IsNaN(value) ? long.MinValue : BitConverter.DoubleToInt64Bits(value);

    private static double[] Run<T, TFormula>(double[] arguments) where T : struct, IReal<T> where TFormula : IFormula
    {
        var results = new double[arguments.Length];
        for (var i = 0; i + T.Lanes <= arguments.Length; i += T.Lanes) T.Store(TFormula.At(T.Load(ref arguments[i])), ref results[i]);
        return results;
    }

    private static double[] Arguments(int count)
    {
        var chance = new SeededStream(Seed);
        double[] special = [0.0, -0.0, 1, -1, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 2.2250738585072014e-308, 709.78271289338397, 709.782712893384, -708.4, -745.13, -745.14, 38.5, -38.5, 0.5, 4, 1000, 1e300];
        var all = new double[count];
        for (var i = 0; i < count; i++)
            all[i] = i < special.Length ? special[i]
                : i % 3 == 0 ? BitConverter.UInt64BitsToDouble(chance.NextUInt64())
                : i % 3 == 1 ? (chance.NextDouble() - 0.5) * 1500
                : (chance.NextDouble() - 0.5) * 12;
        return all;
    }

    private interface IFormula
    {
        static abstract T At<T>(T x) where T : struct, IReal<T>;
    }

    private readonly struct ExpFormula : IFormula { public static T At<T>(T x) where T : struct, IReal<T> => T.Exp(x); }

    private readonly struct ExpBoundedFormula : IFormula { public static T At<T>(T x) where T : struct, IReal<T> => T.ExpBounded(Within(x, -700, 700)); }

    private readonly struct LogFormula : IFormula { public static T At<T>(T x) where T : struct, IReal<T> => T.Log(x); }

    private readonly struct LogBoundedFormula : IFormula { public static T At<T>(T x) where T : struct, IReal<T> => T.LogBounded(Within(x, 1e-300, 1e300)); }

    private readonly struct MillsFormula : IFormula { public static T At<T>(T x) where T : struct, IReal<T> => T.Mills(x); }

    private readonly struct LogRatioFormula : IFormula { public static T At<T>(T x) where T : struct, IReal<T> => T.LogRatioBounded(Within(x, 1e-300, 1e300), T.Of(1.7)); }

    private readonly struct MillsFallFormula : IFormula
    {
        public static T At<T>(T x) where T : struct, IReal<T>
        {
            var y = T.Abs(Within(x, -1e200, 1e200));
            var pair = T.MillsFallBounded(y, y + T.Of(0.01), T.Of(0.01));
            return pair.Near + T.Sqrt(pair.Far) + pair.Fall + T.MillsRiseBounded(T.Min(y, T.Of(0.3)));
        }
    }

    private readonly struct DensityFormula : IFormula { public static T At<T>(T x) where T : struct, IReal<T> => T.NormalDensity(x); }

    private readonly struct CdfFormula : IFormula { public static T At<T>(T x) where T : struct, IReal<T> => T.NormalCdf(x); }

    private readonly struct PlainFormula : IFormula
    {
        public static T At<T>(T x) where T : struct, IReal<T>
        {
            var y = T.FusedMultiplyAdd(x, x, T.Of(1) / (x - T.Of(3))) + T.Sqrt(T.Abs(x));
            y = T.Select(T.LessThan(y, x), T.Min(x, T.Of(0)) - y, T.Max(-x, T.Of(0)) * y);
            return T.Xor(T.Or(T.And(y, T.OfBits(0x7FF0FFFF0000FFFF)), T.ShiftRight(x, 60)), T.AddBits(T.ShiftLeft(y, 3), T.OfBits(12345)));
        }
    }

    private static T Within<T>(T x, double low, double high) where T : struct, IReal<T> =>
        T.Select(T.And(T.LessThan(T.Of(low), x), T.LessThan(x, T.Of(high))), x, T.Of(1));
}
