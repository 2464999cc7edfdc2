namespace Plimsoll.Engine.Commands;

/// <summary>What a command was answered: a refusal, or the events that carry it out.</summary>
public readonly struct Decision
{
    private Decision(Refusal refusal, string? detail, Event? first, Event? second, Event? third)
    {
        Refusal = refusal;
        Detail = detail;
        First = first;
        Second = second;
        Third = third;
    }

    /// <summary>Why it was refused; <see cref="Refusal.None"/> when it was not.</summary>
    public Refusal Refusal { get; }

    /// <summary>More about the refusal, for the one who asked; never journaled.</summary>
    public string? Detail { get; }

    internal Event? First { get; }

    internal Event? Second { get; }

    internal Event? Third { get; }

    /// <summary>Accepts, with what then happens.</summary>
    public static Decision Accept(Event first, Event? second = null, Event? third = null) => new(Refusal.None, null, first, second, third);

    /// <summary>Accepts, and of itself nothing happens.</summary>
    public static Decision AcceptNothing { get; }

    /// <summary>Refuses, with more than the code says.</summary>
    public static Decision Refuse(Refusal refusal, string? detail = null) => new(refusal, detail, null, null, null);

    /// <summary>Refuses.</summary>
    public static implicit operator Decision(Refusal refusal) => Refuse(refusal);
}
