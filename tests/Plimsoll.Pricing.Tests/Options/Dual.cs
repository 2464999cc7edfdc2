using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Tests.Options;

/// <summary>What the textbook formula needs of a number.</summary>
internal interface INumber<TSelf> where TSelf : struct, INumber<TSelf>
{
    static abstract TSelf Of(double value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf Exp(TSelf x);

    static abstract TSelf Log(TSelf x);

    static abstract TSelf Sqrt(TSelf x);

    static abstract TSelf NormalCdf(TSelf x);
}

/// <summary>A plain number.</summary>
internal readonly record struct Plain(double Value) : INumber<Plain>
{
    public static Plain Of(double value) => new(value);

    public static Plain operator +(Plain left, Plain right) => new(left.Value + right.Value);

    public static Plain operator -(Plain left, Plain right) => new(left.Value - right.Value);

    public static Plain operator *(Plain left, Plain right) => new(left.Value * right.Value);

    public static Plain operator /(Plain left, Plain right) => new(left.Value / right.Value);

    public static Plain Exp(Plain x) => new(Exact.Exp(x.Value));

    public static Plain Log(Plain x) => new(Exact.Log(x.Value));

    public static Plain Sqrt(Plain x) => new(Math.Sqrt(x.Value));

    public static Plain NormalCdf(Plain x) => new(Exact.NormalCdf(x.Value));
}

/// <summary>A number with its slope along one direction; nested, it carries slopes of slopes.</summary>
internal readonly record struct Dual<T>(T Value, T Slope) : INumber<Dual<T>> where T : struct, INumber<T>
{
    public static Dual<T> Of(double value) => new(T.Of(value), T.Of(0));

    public static Dual<T> operator +(Dual<T> left, Dual<T> right) => new(left.Value + right.Value, left.Slope + right.Slope);

    public static Dual<T> operator -(Dual<T> left, Dual<T> right) => new(left.Value - right.Value, left.Slope - right.Slope);

    public static Dual<T> operator *(Dual<T> left, Dual<T> right) => new(left.Value * right.Value, (left.Value * right.Slope) + (left.Slope * right.Value));

    public static Dual<T> operator /(Dual<T> left, Dual<T> right)
    {
        var ratio = left.Value / right.Value;
        return new(ratio, (left.Slope - (ratio * right.Slope)) / right.Value);
    }

    public static Dual<T> Exp(Dual<T> x)
    {
        var value = T.Exp(x.Value);
        return new(value, value * x.Slope);
    }

    public static Dual<T> Log(Dual<T> x) => new(T.Log(x.Value), x.Slope / x.Value);

    public static Dual<T> Sqrt(Dual<T> x)
    {
        var value = T.Sqrt(x.Value);
        return new(value, x.Slope / (T.Of(2) * value));
    }

    public static Dual<T> NormalCdf(Dual<T> x)
    {
        var density = T.Exp(T.Of(-0.5) * x.Value * x.Value) * T.Of(0.3989422804014327);
        return new(T.NormalCdf(x.Value), density * x.Slope);
    }
}

/// <summary>Black's formula as the textbook has it, over any kind of number.</summary>
internal static class Textbook
{
    public static T Black<T>(double sign, T forward, double strike, T years, T volatility, T rate) where T : struct, INumber<T>
    {
        var (w, k) = (T.Of(sign), T.Of(strike));
        var spread = volatility * T.Sqrt(years);
        var d1 = (T.Log(forward / k) / spread) + (T.Of(0.5) * spread);
        var d2 = d1 - spread;
        return T.Exp(T.Of(0) - (rate * years)) * w * ((forward * T.NormalCdf(w * d1)) - (k * T.NormalCdf(w * d2)));
    }
}
