using System.Runtime.InteropServices;

namespace Plimsoll.Bench;

/// <summary>QuantLib's pricers in this process, where bench/quantlib/build.sh has been run; on the same data, in the same run.</summary>
internal sealed unsafe class QuantLib
{
    private readonly delegate* unmanaged<nuint, double*, double*, double*, double*, double*, double*, double*, double*, double*, double*, void> _greeks;
    private readonly delegate* unmanaged<nuint, double*, double*, double*, double*, double*, double*, nuint, double*, double*, double*, void> _scenarios;
    private readonly delegate* unmanaged<int, nuint, double*, double*, double*, double*, double*, double, double*, nuint> _implied;

    private QuantLib(nint library)
    {
        _greeks = (delegate* unmanaged<nuint, double*, double*, double*, double*, double*, double*, double*, double*, double*, double*, void>)NativeLibrary.GetExport(library, "quantlib_greeks");
        _scenarios = (delegate* unmanaged<nuint, double*, double*, double*, double*, double*, double*, nuint, double*, double*, double*, void>)NativeLibrary.GetExport(library, "quantlib_scenarios");
        _implied = (delegate* unmanaged<int, nuint, double*, double*, double*, double*, double*, double, double*, nuint>)NativeLibrary.GetExport(library, "quantlib_implied");
        Version = Marshal.PtrToStringAnsi(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "quantlib_version"))())!;
    }

    public string Version { get; }

    /// <summary>The library, or null with a line that says how to get it.</summary>
    public static QuantLib? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "bench", "quantlib", "bin", "libquantlibbench.so");
            if (File.Exists(path) && NativeLibrary.TryLoad(path, out var library)) return new QuantLib(library);
        }

        Console.WriteLine("QuantLib is not here, so nothing is compared with it: apt-get install g++ libquantlib0-dev, then bench/quantlib/build.sh");
        return null;
    }

    public void Greeks(OptionBook book, double[][] answers)
    {
        fixed (double* sign = book.Sign, forward = book.Forward, strike = book.Strike, years = book.Years, volatility = book.Volatility)
        fixed (double* value = answers[0], delta = answers[1], gamma = answers[2], vega = answers[3], theta = answers[4])
            _greeks((nuint)book.Count, sign, forward, strike, years, volatility, value, delta, gamma, vega, theta);
    }

    public void Scenarios(OptionBook book, double[] quantity, double[] move, double[] volatilityFactor, double[] total)
    {
        fixed (double* sign = book.Sign, forward = book.Forward, strike = book.Strike, years = book.Years, volatility = book.Volatility)
        fixed (double* held = quantity, moves = move, factors = volatilityFactor, totals = total)
            _scenarios((nuint)book.Count, sign, forward, strike, years, volatility, held, (nuint)move.Length, moves, factors, totals);
    }

    /// <summary>Implied volatilities by safe Newton or the rational method; returns how many QuantLib refused.</summary>
    public int Implied(bool rational, OptionBook book, double[] price, double accuracy, double[] answers)
    {
        fixed (double* sign = book.Sign, forward = book.Forward, strike = book.Strike, years = book.Years, prices = price, found = answers)
            return (int)_implied(rational ? 1 : 0, (nuint)book.Count, sign, forward, strike, years, prices, accuracy, found);
    }
}
