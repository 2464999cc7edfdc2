using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>Where an account stands between health and the end.</summary>
public enum AccountPhase : byte
{
    /// <summary>Nothing is asked of it.</summary>
    Healthy = 0,

    /// <summary>It was called for margin and has not recovered.</summary>
    Called = 1,

    /// <summary>Some of it was liquidated and it has not recovered.</summary>
    Liquidated = 2,

    /// <summary>It lost more than it had; someone else bore the rest.</summary>
    Bankrupt = 3,

    /// <summary>It was warned: its requirement comes near to what counts for it.</summary>
    Warned = 4,

    /// <summary>It is being sold slice by slice.</summary>
    Liquidating = 5,

    /// <summary>What is left of it is being auctioned.</summary>
    Auctioned = 6,

    /// <summary>Nobody bid for what is left of it: the backstop takes it, and after the backstop the last resort.</summary>
    Backstopped = 7,

    /// <summary>Its book went to the other side: a backstop that lost what it may lose.</summary>
    Deleveraged = 8,
}

/// <summary>The venue's accounts by name and by ordinal, in the order of opening, and the phase each is in.</summary>
public sealed class AccountRegister
{
    /// <summary>The most accounts a venue opens.</summary>
    public const int MaxAccounts = 16_777_216;

    private const string Section = "ACCT";
    private const ushort Version = 1;

    private readonly Dictionary<AccountId, AccountIndex> _byName = [];
    private AccountId[] _names = new AccountId[16];
    private AccountPhase[] _phases = new AccountPhase[16];

    /// <summary>Accounts opened so far.</summary>
    public int Count { get; private set; }

    /// <summary>The name of an account.</summary>
    public AccountId this[AccountIndex index] => _names[index.Value];

    /// <summary>Finds an account by name.</summary>
    public bool TryFind(AccountId id, out AccountIndex index) => _byName.TryGetValue(id, out index);

    /// <summary>The phase an account is in.</summary>
    public AccountPhase PhaseOf(AccountIndex index) => _phases[index.Value];

    /// <summary>The phases of all accounts, by ordinal.</summary>
    internal ReadOnlySpan<AccountPhase> Phases => _phases.AsSpan(0, Count);

    internal void SetPhase(AccountIndex index, AccountPhase phase) => _phases[index.Value] = phase;

    internal AccountIndex Add(AccountId id)
    {
        Law.Holds(Count < MaxAccounts, "the register has room for the account");
        var index = new AccountIndex(Count);
        Law.Holds(_byName.TryAdd(id, index), "an account is opened once");
        if (Count == _names.Length)
        {
            Array.Resize(ref _names, 2 * Count);
            Array.Resize(ref _phases, 2 * Count);
        }

        _names[Count++] = id;

        return index;
    }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(Count);
        for (int i = 0; i < Count; i++)
        {
            writer.WriteText(_names[i].Value);
            writer.WriteByte((byte)_phases[i]);
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        int count = reader.ReadCount(5);
        for (int i = 0; i < count; i++)
        {
            AccountIndex index = Add(new AccountId(reader.ReadText(Identifier.MaxLength)));
            SetPhase(index, (AccountPhase)reader.ReadByte());
        }
    }
}
