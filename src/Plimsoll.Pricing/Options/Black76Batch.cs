using Plimsoll.Numerics;

namespace Plimsoll.Pricing.Options;

/// <summary>
/// <see cref="Black76"/> for columns of options: the same formula, the same bits, in as wide registers as the machine has.
/// Allocates nothing.
/// </summary>
public static class Black76Batch
{
    /// <summary>Value and four sensitivities of every option.</summary>
    /// <param name="options">The options.</param>
    /// <param name="answers">Receives the answers, NaN where an option's arguments have no meaning.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or too little room.</exception>
    public static void Greeks(in OptionColumns options, in GreekColumns answers)
    {
        options.MustAgree();
        answers.MustHold(options.Length);
        if (Lane8.IsAccelerated) Black76Tiles.Run<Lane8>(options, answers);
        else if (Lane4.IsAccelerated) Black76Tiles.Run<Lane4>(options, answers);
        else Black76Tiles.Run<Lane1>(options, answers);
    }

    /// <summary>Value of every option.</summary>
    /// <param name="options">The options.</param>
    /// <param name="values">Receives the values in quote units, NaN where an option's arguments have no meaning.</param>
    /// <exception cref="ArgumentException">Columns of unequal length, or too little room.</exception>
    public static void Values(in OptionColumns options, Span<double> values)
    {
        options.MustAgree();
        if (values.Length < options.Length) throw new ArgumentException($"Room for {options.Length} values is needed.", nameof(values));
        var answers = new GreekColumns { Value = values, Delta = default, Gamma = default, Vega = default, Theta = default };
        if (Lane8.IsAccelerated) Black76Tiles.Run<Lane8>(options, answers);
        else if (Lane4.IsAccelerated) Black76Tiles.Run<Lane4>(options, answers);
        else Black76Tiles.Run<Lane1>(options, answers);
    }
}
