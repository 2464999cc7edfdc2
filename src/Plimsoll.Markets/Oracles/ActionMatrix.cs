using System.Collections.Immutable;
using Plimsoll.Units;

namespace Plimsoll.Markets.Oracles;

/// <summary>
/// What a price of each status is still good for: a table and not a yes or no, because a stale price may let somebody pay
/// back but never borrow. (After Drift protocol-v2, <c>math/oracle.rs</c>, <c>is_oracle_valid_for_action</c>.)
/// </summary>
/// <remarks>
/// Laws, held by the constructor: what a better status forbids a worse one forbids; deposits and repayments are never
/// forbidden, since no price makes them dangerous to anybody else; where opening is allowed, reducing is.
/// </remarks>
public sealed class ActionMatrix
{
    private readonly ImmutableArray<OracleStatus> worst;

    /// <summary>A table.</summary>
    /// <param name="worst">For each action the worst status that still allows it; an action left out is allowed by a live price only.</param>
    /// <exception cref="InputException">A deposit or a repayment would be forbidden, or reducing where opening is not.</exception>
    public ActionMatrix(IReadOnlyDictionary<OracleAction, OracleStatus> worst)
    {
        foreach (OracleAction action in new[] { OracleAction.Deposit, OracleAction.Repay })
        {
            if (worst.TryGetValue(action, out OracleStatus status) && status != OracleStatus.Halted)
                throw new InputException($"actions {action}", $"found {status}, expected {OracleStatus.Halted}: no price forbids it");
        }

        this.worst = [.. Enum.GetValues<OracleAction>().Select(action => action is OracleAction.Deposit or OracleAction.Repay
            ? OracleStatus.Halted
            : worst.GetValueOrDefault(action, OracleStatus.Live))];
        if (WorstFor(OracleAction.Reduce) < WorstFor(OracleAction.Open)) throw new InputException("actions reduce", "expected it wherever open is allowed: what lowers risk is not forbidden where what raises it is not");
    }

    /// <summary>
    /// The house's table: a degraded price takes no new risk; a stale one still lets risk be reduced and an account be
    /// liquidated or called by the widened band; on none at all only deposits and repayments go on.
    /// </summary>
    public static ActionMatrix House { get; } = new(new Dictionary<OracleAction, OracleStatus>
    {
        [OracleAction.Reduce] = OracleStatus.Stale,
        [OracleAction.Liquidate] = OracleStatus.Degraded,
        [OracleAction.Call] = OracleStatus.Stale,
        [OracleAction.Open] = OracleStatus.Live,
        [OracleAction.Borrow] = OracleStatus.Live,
        [OracleAction.Withdraw] = OracleStatus.Degraded,
    });

    /// <summary>Whether a price of this status allows the action.</summary>
    public bool Allows(OracleAction action, OracleStatus status) => status <= worst[(int)action];

    /// <summary>The worst status that still allows the action.</summary>
    public OracleStatus WorstFor(OracleAction action) => worst[(int)action];
}
