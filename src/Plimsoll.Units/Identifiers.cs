using System.Buffers;

namespace Plimsoll.Units;

/// <summary>The rule every identifier obeys: 1 to 64 characters of <c>A–Z a–z 0–9 . _ -</c>.</summary>
public static class Identifier
{
    /// <summary>The longest identifier, in characters.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Whether the text obeys the rule.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(Allowed);

    internal static string Checked(string? text, string what) => text is not null && IsValid(text)
        ? text
        : throw new InputException(what, $"'{text}' is not an identifier: expected 1 to {MaxLength} of A-Z a-z 0-9 . _ -");
}

/// <summary>The name of an asset, e.g. <c>BTC</c> or <c>USDC</c>.</summary>
public readonly record struct AssetId : IComparable<AssetId>
{
    /// <summary>Names an asset.</summary>
    /// <exception cref="InputException">The text is not an identifier.</exception>
    public AssetId(string value) => Value = Identifier.Checked(value, "asset");

    /// <summary>The name; empty for <c>default</c>, which names nothing.</summary>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public int CompareTo(AssetId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The name of an instrument in Deribit's grammar, e.g. <c>BTC-27DEC24-60000-C</c>.</summary>
public readonly record struct InstrumentId : IComparable<InstrumentId>
{
    /// <summary>Names an instrument.</summary>
    /// <exception cref="InputException">The text is not an identifier.</exception>
    public InstrumentId(string value) => Value = Identifier.Checked(value, "instrument");

    /// <summary>The name; empty for <c>default</c>, which names nothing.</summary>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public int CompareTo(InstrumentId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The name of an account at the venue.</summary>
public readonly record struct AccountId : IComparable<AccountId>
{
    /// <summary>Names an account.</summary>
    /// <exception cref="InputException">The text is not an identifier.</exception>
    public AccountId(string value) => Value = Identifier.Checked(value, "account");

    /// <summary>The name; empty for <c>default</c>, which names nothing.</summary>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public int CompareTo(AccountId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The client's own name for a command, unique per account: asked again, it answers with the first outcome.</summary>
public readonly record struct CommandId : IComparable<CommandId>
{
    /// <summary>Names a command.</summary>
    /// <exception cref="InputException">The text is not an identifier.</exception>
    public CommandId(string value) => Value = Identifier.Checked(value, "command id");

    /// <summary>The name; empty for <c>default</c>, which names nothing.</summary>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public int CompareTo(CommandId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The name of a class of accounts, e.g. <c>retail</c> or <c>maker</c>.</summary>
public readonly record struct ClassId : IComparable<ClassId>
{
    /// <summary>Names it.</summary>
    /// <exception cref="InputException">The text is not an identifier.</exception>
    public ClassId(string value) => Value = Identifier.Checked(value, "class");

    /// <summary>The name; empty for <c>default</c>, which names nothing.</summary>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public int CompareTo(ClassId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The name of a risk bucket, e.g. <c>lido</c> or <c>chainlink-btc</c>.</summary>
public readonly record struct BucketId : IComparable<BucketId>
{
    /// <summary>Names it.</summary>
    /// <exception cref="InputException">The text is not an identifier.</exception>
    public BucketId(string value) => Value = Identifier.Checked(value, "bucket");

    /// <summary>The name; empty for <c>default</c>, which names nothing.</summary>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public int CompareTo(BucketId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The name of a limit, e.g. <c>btc-vega</c>.</summary>
public readonly record struct LimitId : IComparable<LimitId>
{
    /// <summary>Names it.</summary>
    /// <exception cref="InputException">The text is not an identifier.</exception>
    public LimitId(string value) => Value = Identifier.Checked(value, "limit");

    /// <summary>The name; empty for <c>default</c>, which names nothing.</summary>
    public string Value { get => field ?? ""; }

    /// <inheritdoc/>
    public int CompareTo(LimitId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
