namespace Plimsoll.Units;

/// <summary>In whose favour a fraction of a smallest unit falls. Amounts are signed from the account's side.</summary>
public enum Rounding
{
    /// <summary>Towards minus infinity: a credit becomes smaller, a debit larger.</summary>
    AgainstTheAccount,

    /// <summary>Towards plus infinity: a credit becomes larger, a debit smaller.</summary>
    ForTheAccount,

    /// <summary>To the nearest unit, a half to the even one: for marks and reports, never for what is charged.</summary>
    Nearest,
}
