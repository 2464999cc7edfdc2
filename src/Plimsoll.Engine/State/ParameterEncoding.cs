using Plimsoll.Risk.Margin;
using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>The canonical encoding of <see cref="ParameterSets"/>, and its reading.</summary>
internal static class ParameterEncoding
{
    private const string Section = "PARM";
    private const ushort Version = 1;
    private const int MaxParameterBytes = 16 << 20;

    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReason = 256;

    public static void Write(ParameterSets sets, StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(sets.LastVersion);
        Write(sets.InForce, writer);
        writer.WriteInt(sets.History.Count);
        foreach (ParameterVersion version in sets.History)
        {
            writer.WriteInt(version.Version);
            writer.WriteBytes(version.Hash.ToArray());
            writer.WriteInstant(version.AppliedAt);
            writer.WriteText(version.Reason ?? "");
        }

        writer.WriteInt(sets.Proposals.Count);
        foreach (ParameterProposal proposal in sets.Proposals)
        {
            writer.WriteInt(proposal.Version);
            writer.WriteInstant(proposal.ProposedAt);
            writer.WriteInstant(proposal.EffectiveAt);
            writer.WriteText(proposal.Reason);
            writer.WriteInt(proposal.MaxLiquidations ?? -1);
            writer.WriteBool(proposal.IsHeld);
            Write(proposal.Parameters, writer);
        }
    }

    public static void Read(ParameterSets sets, StateReader reader)
    {
        reader.Section(Section, Version);
        int last = reader.ReadInt();
        RiskParameters? inForce = ReadSet(reader);
        var history = new ParameterVersion[reader.ReadCount(20)];
        for (int i = 0; i < history.Length; i++)
        {
            int version = reader.ReadInt();
            var hash = new Hash256(reader.ReadBytes());
            Instant at = reader.ReadInstant();
            history[i] = new ParameterVersion(version, hash, at, reader.ReadText(4 * MaxReason) is { Length: > 0 } reason ? reason : null);
        }

        var proposals = new ParameterProposal[reader.ReadCount(20)];
        for (int i = 0; i < proposals.Length; i++)
        {
            int version = reader.ReadInt();
            Instant proposed = reader.ReadInstant();
            Instant effective = reader.ReadInstant();
            string reason = reader.ReadText(4 * MaxReason);
            int most = reader.ReadInt();
            bool held = reader.ReadBool();
            RiskParameters set = ReadSet(reader) ?? throw reader.Fault("the parameters of a proposal");
            proposals[i] = new ParameterProposal(version, ParameterSets.HashOf(set), proposed, effective, reason, most < 0 ? null : most, held, set);
        }

        sets.Restore(inForce, last, history, proposals);
    }

    private static void Write(RiskParameters? set, StateWriter writer) => writer.WriteBytes(set is null ? [] : set.ToJson());

    private static RiskParameters? ReadSet(StateReader reader)
    {
        ReadOnlySpan<byte> json = reader.ReadBytes();
        if (json.Length > MaxParameterBytes) throw reader.Fault("parameters of at most 16 MB");

        return json.IsEmpty ? null : RiskParameters.FromJson(json);
    }
}
