using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>How far each asset's price may be relied on, and what may be done on it.</summary>
public sealed class OracleBook
{
    /// <summary>How far an asset's price may be relied on; live where the rulebook asks nothing of its feeds.</summary>
    public OracleStatus StatusOf(AssetIndex asset) => OracleStatus.Live;

    /// <summary>Whether the prices an account hangs on let it do this, or let it be done to it.</summary>
    public bool Allows(AccountIndex account, OracleAction action) => true;

    /// <summary>When a price's status changes next by age alone, if nobody reports; none where none does.</summary>
    public Instant? NextDue => null;
}
