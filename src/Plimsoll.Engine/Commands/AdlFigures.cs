namespace Plimsoll.Engine.Commands;

/// <summary>What a takeover did to those who bore it. Money is in the numeraire.</summary>
/// <param name="Policy">The policy it was shared by.</param>
/// <param name="Candidates">Who could have been asked.</param>
/// <param name="PassedOver">Who was not, because it would have harmed him.</param>
/// <param name="GivenUp">What those who took over lose against the mark.</param>
/// <param name="Overshoot">What of that lies beyond the deficit it was to cover.</param>
/// <param name="Gini">How unevenly the burden lies: 0 where all give the same part, towards 1 where one gives all.</param>
/// <param name="Jain">The same the other way round: 1 where all give the same part.</param>
/// <param name="Hedged">Candidates whose position hedges another.</param>
/// <param name="HedgesBroken">Those of them who gave more than a tenth of it.</param>
public sealed record AdlFigures(
    string Policy,
    int Candidates,
    int PassedOver,
    double GivenUp,
    double Overshoot,
    double Gini,
    double Jain,
    int Hedged,
    int HedgesBroken);
