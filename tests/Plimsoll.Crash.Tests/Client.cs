using System.Globalization;

namespace Plimsoll.Crash.Tests;

/// <summary>
/// Asks for one command after another, each under its own id, and asks again under the same id whatever was not
/// acknowledged when the venue died.
/// </summary>
internal sealed class Client(string name, Func<int, string> command)
{
    private const int MostWaiting = 100;

    private readonly SortedSet<int> _waiting = [];
    private int _next;

    public string Name => name;

    /// <summary>What was acknowledged: under which number, at which sequence, with which outcome.</summary>
    public SortedDictionary<int, (long Sequence, int Outcome)> Acknowledged { get; } = [];

    public void AskAgain(HostProcess host)
    {
        foreach (int number in _waiting) host.Say(Line(number));
    }

    public void AskMore(HostProcess host)
    {
        while (_waiting.Count < MostWaiting)
        {
            _waiting.Add(_next);
            host.Say(Line(_next++));
        }
    }

    public void Hear(string[] ack)
    {
        int number = int.Parse(ack[2].AsSpan(1), CultureInfo.InvariantCulture);
        (long, int) told = (long.Parse(ack[3], CultureInfo.InvariantCulture), int.Parse(ack[4], CultureInfo.InvariantCulture));
        if (Acknowledged.TryGetValue(number, out (long, int) before)) told.ShouldBe(before, $"{name} i{number} is answered once and for all");
        Acknowledged[number] = told;
        _waiting.Remove(number);
    }

    private string Line(int number) => $"{name} i{number} {command(number)}";
}
