using System.Reflection;
using Plimsoll.Engine.Commands;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.House.Tests;

/// <summary>Makes one of any record the journal keeps, with every field set to something that is not its default.</summary>
internal static class Specimen
{
    public static object Of(Type type, bool full)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();

        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter, full))]);
    }

    private static object? Value(ParameterInfo parameter, bool full)
    {
        Type type = parameter.ParameterType;
        Type? inner = Nullable.GetUnderlyingType(type);
        bool optional = inner is not null || new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;

        return optional && !full ? null : Filled(inner ?? type);
    }

    private static object Filled(Type type)
    {
        if (type == typeof(AssetId)) return new AssetId("BTC");
        if (type == typeof(InstrumentId)) return new InstrumentId("BTC-27DEC24-60000-C");
        if (type == typeof(AccountId)) return new AccountId("alice.1_-");
        if (type == typeof(CommandId)) return new CommandId("order-7");
        if (type == typeof(ClassId)) return new ClassId("maker");
        if (type == typeof(BucketId)) return new BucketId("lido");
        if (type == typeof(LimitId)) return new LimitId("btc-vega");
        if (type == typeof(bool)) return true;
        if (type == typeof(Hash256)) return Hash256.Of([1, 2, 3]);
        if (type == typeof(Amount)) return new Amount(Int128.Parse("-123456789012345678901234567890"));
        if (type == typeof(Lots)) return new Lots(-42);
        if (type == typeof(Price)) return new Price(60000.125m);
        if (type == typeof(Instant)) return Instant.Utc(2020, 3, 12, 23);
        if (type == typeof(decimal)) return 0.00012345m;
        if (type == typeof(double)) return 0.1 + 0.2;
        if (type == typeof(int)) return 18;
        if (type == typeof(string)) return "12.5";
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type == typeof(RiskParameters)) return RiskParameters.Default(new Catalog());
        if (type == typeof(AdlFigures)) return Of(type, full: true);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return Listed(type.GenericTypeArguments[0]);

        throw new InvalidOperationException($"A specimen of {type} has not been thought of.");
    }

    private static Array Listed(Type element)
    {
        var list = Array.CreateInstance(element, 2);
        bool isValue = element.IsValueType;
        list.SetValue(isValue ? Filled(element) : Of(element, full: true), 0);
        list.SetValue(isValue ? Filled(element) : Of(element, full: false), 1);

        return list;
    }
}
