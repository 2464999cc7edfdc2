using Plimsoll.Units;
using Plimsoll.Units.State;

namespace Plimsoll.Engine;

/// <summary>Who said that he has seen an account's call, and when.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Note">What he said; empty where nothing.</param>
public sealed record CallAcknowledgement(AccountId By, Instant At, string Note);

/// <summary>Which of the calls that stand somebody has acknowledged. It changes nothing about the call itself: its deadline runs on.</summary>
public sealed class CallRegister
{
    private const string Section = "ACKN";
    private const ushort Version = 1;

    private readonly SortedDictionary<int, CallAcknowledgement> _seen = [];

    /// <summary>Who acknowledged the call of an account that stands; none where nobody has.</summary>
    public CallAcknowledgement? Of(AccountIndex account) => _seen.GetValueOrDefault(account.Value);

    internal void Acknowledge(AccountIndex account, CallAcknowledgement by) =>
        Law.Holds(_seen.TryAdd(account.Value, by), "a call is acknowledged once");

    /// <summary>The call is over, or another one began.</summary>
    internal void Forget(AccountIndex account) => _seen.Remove(account.Value);

    internal void Write(StateWriter writer)
    {
        writer.Section(Section, Version);
        writer.WriteInt(_seen.Count);
        foreach ((int account, CallAcknowledgement seen) in _seen)
        {
            writer.WriteInt(account);
            writer.WriteText(seen.By.Value);
            writer.WriteInstant(seen.At);
            writer.WriteText(seen.Note);
        }
    }

    internal void Read(StateReader reader)
    {
        reader.Section(Section, Version);
        for (int left = reader.ReadCount(16); left > 0; left--)
        {
            int account = reader.ReadInt();
            _seen.Add(account, new CallAcknowledgement(new AccountId(reader.ReadText(Identifier.MaxLength)), reader.ReadInstant(), reader.ReadText(4 * OverrideBook.MaxReason)));
        }
    }
}
