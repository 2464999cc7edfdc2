namespace Plimsoll.Ledger.Accounts;

/// <summary>Which of a customer's two balances in an asset. Journaled: numbers are append-only.</summary>
public enum Purse : byte
{
    /// <summary>What he has on deposit; a realised loss or a fee may take it below zero.</summary>
    Cash = 0,

    /// <summary>What he has borrowed; never above zero.</summary>
    Loan = 1,
}
