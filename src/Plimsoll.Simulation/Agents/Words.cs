using System.Diagnostics.CodeAnalysis;
using Plimsoll.Ledger.Accounts;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Simulation.Agents;

/// <summary>The words a venue file uses for kinds of things.</summary>
internal static class Words
{
    /// <summary>The kinds of customers, as a person reads them.</summary>
    public const string Kinds = "retail, whale, miner, staker, borrower or saver";

    public static bool TryClass(string word, out AssetClass value) => TryEnum(word, out value);

    public static bool TryKind(string word, out CustomerKind value) => TryEnum(word, out value);

    public static bool TryPlace(string word, out Fund value) => TryEnum(word, out value) && Funds.Places.Contains(value);

    /// <summary>A word that the file's check has let through.</summary>
    public static T Of<T>(string word) where T : struct, Enum => TryEnum(word, out T value) ? value : throw new ArgumentOutOfRangeException(nameof(word), word, null);

    private static bool TryEnum<T>(string word, [NotNullWhen(true)] out T value) where T : struct, Enum
    {
        // Only lower-case words with hyphens are the file's; names and numbers of our own enums are not.
        bool plain = word.Length > 0 && !word.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz-");
        value = default;

        return plain && Enum.TryParse(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out value);
    }
}

/// <summary>What a customer does.</summary>
internal enum CustomerKind
{
    /// <summary>Small, many, mostly long, some far too leveraged.</summary>
    Retail,

    /// <summary>Few and large.</summary>
    Whale,

    /// <summary>Owns coins and sells them forward.</summary>
    Miner,

    /// <summary>Owns a claim on staked coins and sells the coins forward: safe until the claim sells at a discount.</summary>
    Staker,

    /// <summary>Pledges coins, borrows stablecoins and takes them away.</summary>
    Borrower,

    /// <summary>Keeps coins at the venue and does nothing, until he runs.</summary>
    Saver,
}
