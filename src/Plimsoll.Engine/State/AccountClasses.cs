using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>
/// Whose sub-account an account is, and of which class. Most are neither: only the others are kept. A sub-account has no
/// sub-accounts of its own.
/// </summary>
public sealed class AccountClasses
{
    private const string Section = "CLSS";
    private const ushort Version = 1;

    private readonly SortedDictionary<int, (AccountIndex? Owner, ClassId? Class)> _of = [];

    /// <summary>The owner of a sub-account.</summary>
    public AccountIndex? OwnerOf(AccountIndex account) => _of.GetValueOrDefault(account.Value).Owner;

    /// <summary>Who bears the risk of an account: its owner, or the account itself where nobody owns it.</summary>
    public AccountIndex RootOf(AccountIndex account) => OwnerOf(account) ?? account;

    /// <summary>The class of an account.</summary>
    public ClassId? ClassOf(AccountIndex account) => _of.GetValueOrDefault(account.Value).Class;

    /// <summary>The sub-accounts of an account, ascending.</summary>
    public IEnumerable<AccountIndex> SubAccountsOf(AccountIndex owner) => _of.Where(of => of.Value.Owner == owner).Select(of => new AccountIndex(of.Key));

    /// <summary>The accounts that have sub-accounts, ascending.</summary>
    public IEnumerable<AccountIndex> Parents => _of.Values.Select(of => of.Owner).OfType<AccountIndex>().Distinct().OrderBy(owner => owner.Value);

    /// <summary>The classes there are, by name.</summary>
    public IEnumerable<ClassId> Classes => _of.Values.Select(of => of.Class).OfType<ClassId>().Distinct().Order();

    /// <summary>The class of every account that has one, by account; a copy.</summary>
    public IReadOnlyDictionary<int, ClassId> ByAccount() =>
        _of.Where(of => of.Value.Class is not null).ToDictionary(of => of.Key, of => of.Value.Class!.Value);

    /// <summary>The owner of every account that has one, by account; a copy.</summary>
    public IReadOnlyDictionary<int, int> Owners() =>
        _of.Where(of => of.Value.Owner is not null).ToDictionary(of => of.Key, of => of.Value.Owner!.Value.Value);

    internal void Set(AccountIndex account, AccountIndex? owner, ClassId? @class)
    {
        if (owner is null && @class is null) _of.Remove(account.Value);
        else _of[account.Value] = (owner, @class);
    }

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(_of.Count);
        foreach ((int account, (AccountIndex? owner, ClassId? @class)) in _of)
        {
            writer.WriteInt(account);
            writer.WriteInt(owner?.Value ?? -1);
            writer.WriteText(@class?.Value ?? "");
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        int count = reader.ReadCount(9);
        for (int i = 0; i < count; i++)
        {
            var account = new AccountIndex(reader.ReadInt());
            AccountIndex? owner = reader.ReadInt() is >= 0 and var at ? new AccountIndex(at) : null;
            string name = reader.ReadText(Identifier.MaxLength);
            Set(account, owner, name.Length > 0 ? new ClassId(name) : null);
        }
    }
}
