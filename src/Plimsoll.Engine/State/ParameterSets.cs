using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>A set of risk parameters that is or was in force.</summary>
/// <param name="Version">Its number: the first set is 1, and none is given twice.</param>
/// <param name="Hash">SHA-256 of its canonical JSON.</param>
/// <param name="AppliedAt">The venue's time when it took force.</param>
/// <param name="Reason">Why it was proposed; none for a set that was set at once.</param>
public sealed record ParameterVersion(int Version, Hash256 Hash, Instant AppliedAt, string? Reason);

/// <summary>A set of risk parameters that waits for its time.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Hash">SHA-256 of its canonical JSON.</param>
/// <param name="ProposedAt">When it was proposed.</param>
/// <param name="EffectiveAt">When it takes force: with the first command at or after this time.</param>
/// <param name="Reason">Why it was proposed.</param>
/// <param name="MaxLiquidations">The most accounts it may liquidate when it takes force; none for any number.</param>
/// <param name="IsHeld">Whether its time came and it would have liquidated more than that: it waits for a decision.</param>
/// <param name="Parameters">The set.</param>
public sealed record ParameterProposal(
    int Version, Hash256 Hash, Instant ProposedAt, Instant EffectiveAt, string Reason, int? MaxLiquidations, bool IsHeld, RiskParameters Parameters);

/// <summary>
/// The venue's risk parameters as numbered sets: the one in force, those that wait for their time, and what was in force
/// before. Whole sets only are ever exchanged, and a set's number and hash say which one judged.
/// </summary>
public sealed class ParameterSets
{
    /// <summary>The most sets that may wait at once.</summary>
    public const int MaxProposals = 16;

    /// <summary>The latest sets that are remembered here; the journal knows all of them.</summary>
    public const int MaxHistory = 256;

    private readonly SortedDictionary<int, ParameterProposal> _proposals = [];
    private readonly List<ParameterVersion> _history = [];

    /// <summary>The set in force; none before the first.</summary>
    public RiskParameters? InForce { get; private set; }

    /// <summary>Number, hash and time of the set in force; none before the first.</summary>
    public ParameterVersion? Current => _history.Count > 0 ? _history[^1] : null;

    /// <summary>The sets that were in force, the one in force last.</summary>
    public IReadOnlyList<ParameterVersion> History => _history;

    /// <summary>The sets that wait, by number.</summary>
    public IReadOnlyCollection<ParameterProposal> Proposals => _proposals.Values;

    /// <summary>The number the last set was given; 0 before the first.</summary>
    public int LastVersion { get; private set; }

    /// <summary>A set that waits.</summary>
    public ParameterProposal? Proposal(int version) => _proposals.GetValueOrDefault(version);

    /// <summary>The hash that names a set: SHA-256 of its canonical JSON.</summary>
    public static Hash256 HashOf(RiskParameters parameters) => Hash256.Of(parameters.ToJson());

    /// <summary>The sets whose time has come, in the order they take force: by time, then by number.</summary>
    internal IReadOnlyList<ParameterProposal> Due(Instant now)
    {
        // Asked before every command, and nearly always nothing waits.
        if (_proposals.Count == 0) return [];

        return [.. _proposals.Values.Where(p => !p.IsHeld && p.EffectiveAt <= now).OrderBy(p => p.EffectiveAt).ThenBy(p => p.Version)];
    }

    internal void Set(RiskParameters parameters, Instant now) =>
        Enter(parameters, new ParameterVersion(++LastVersion, HashOf(parameters), now, null));

    internal void Propose(ParameterProposal proposal)
    {
        Law.Holds(proposal.Version == LastVersion + 1, "sets of parameters are numbered without a gap");
        LastVersion = proposal.Version;
        _proposals[proposal.Version] = proposal;
    }

    internal void Apply(int version, Instant now)
    {
        ParameterProposal proposal = Standing(version);
        _proposals.Remove(version);
        Enter(proposal.Parameters, new ParameterVersion(version, proposal.Hash, now, proposal.Reason));
    }

    internal void Hold(int version) => _proposals[version] = Standing(version) with { IsHeld = true };

    internal void Withdraw(int version) => Law.Holds(_proposals.Remove(version), "a set that is withdrawn was waiting");

    internal void Restore(RiskParameters? inForce, int lastVersion, IEnumerable<ParameterVersion> history, IEnumerable<ParameterProposal> proposals)
    {
        (InForce, LastVersion) = (inForce, lastVersion);
        _history.AddRange(history);
        foreach (ParameterProposal proposal in proposals) _proposals.Add(proposal.Version, proposal);
    }

    private void Enter(RiskParameters parameters, ParameterVersion version)
    {
        InForce = parameters;
        if (_history.Count == MaxHistory) _history.RemoveAt(0);
        _history.Add(version);
    }

    private ParameterProposal Standing(int version) =>
        Proposal(version) ?? throw new LawBrokenException($"an event names a set of parameters that waits, not number {version}");
}
