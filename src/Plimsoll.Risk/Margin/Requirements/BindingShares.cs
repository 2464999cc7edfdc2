namespace Plimsoll.Risk.Margin;

/// <summary>What one unit of each thing loses where the account's worst case binds; a gain is negative.</summary>
internal readonly ref struct BindingShares
{
    private readonly PricedColumns priced;
    private readonly RequirementTable table;
    private readonly RequirementTally tally;
    private readonly int worst;
    private readonly double joint;
    private readonly double alone;
    private readonly (int Column, int Other) broken;
    private readonly bool curls;

    /// <summary>The binding places of an account whose sums have been taken.</summary>
    /// <param name="requirement">The account.</param>
    /// <param name="priced">The market.</param>
    /// <param name="model">The rulebook.</param>
    /// <param name="losses">Its competing losses.</param>
    /// <param name="worst">Place of its worst joint scenario.</param>
    public BindingShares(in Requirement requirement, in PricedColumns priced, MarginModel model, in WorstCase losses, int worst)
    {
        this.priced = priced;
        (table, tally, this.worst) = (model.Table, requirement.Tally, worst);
        joint = losses.Joint > 0 ? table.Credit : 0;
        alone = table.HasOffsets ? 1 - table.Credit : 0;
        broken = Broken();
        curls = Curls();
    }

    public double OfContract(RequirementPart part, int place)
    {
        int contract = priced.Sides.Contract(place);

        return part switch
        {
            RequirementPart.Basis => -SideOf(place, contract, basis: true),
            RequirementPart.Skew => -SideOf(place, contract, basis: false),
            RequirementPart.Depeg => -Depeg(priced.Sides.Pegs.Slice(place * table.PegStride, table.PegStride)),
            _ => Scenario(priced.Instrument(place), table.RootOfContract(contract)),
        };
    }

    public double OfAsset(RequirementPart part, int asset) => part switch
    {
        RequirementPart.Basis or RequirementPart.Skew => 0,
        RequirementPart.Depeg => -Depeg(priced.Sides.AssetPegs.Slice(asset * table.PegStride, table.PegStride)),
        _ => Scenario(priced.Asset(asset), table.RootOfAsset(asset)),
    };

    private double Scenario(ReadOnlySpan<double> row, int root)
    {
        double loss = joint * -row[worst];
        if (alone == 0) return loss;

        ReadOnlySpan<double> gains = tally.Roots.Of(root)[..ScenarioGrid.MaxScenarios];
        int at = RequirementTally.LeastOf(gains);

        return gains[at] < 0 ? loss + (alone * -row[at]) : loss;
    }

    private double SideOf(int place, int contract, bool basis)
    {
        if (table.Groups[contract] < 0) return 0;

        ReadOnlySpan<double> gains = tally.Groups.Of(table.Groups[contract]);
        ReadOnlySpan<double> each = priced.Sides.Side(place);
        if (basis)
        {
            int side = gains[SideColumns.Up] <= gains[SideColumns.Down] ? SideColumns.Up : SideColumns.Down;

            return gains[side] < 0 ? each[side] : 0;
        }

        int way = curls ? SideColumns.Curl : SideColumns.Tilt;

        return gains[way] > 0 ? -each[way] : each[way];
    }

    private double Depeg(ReadOnlySpan<double> each) =>
        (broken.Column < 0 ? 0 : each[broken.Column]) + (broken.Other < 0 ? 0 : each[broken.Other]);

    private bool Curls()
    {
        double tilt = 0, curl = 0;
        for (int g = 0; g < tally.Groups.Count; g++)
        {
            tilt += Math.Abs(tally.Groups.At(g)[SideColumns.Tilt]);
            curl += Math.Abs(tally.Groups.At(g)[SideColumns.Curl]);
        }

        return curl > tilt;
    }

    /// <summary>The columns of the worst pegs; −1 for none.</summary>
    private (int Column, int Other) Broken()
    {
        (int first, int second) = (-1, -1);
        (double most, double next) = (0, 0);
        for (int e = 0; e < table.Pegs.Length; e++)
        {
            int column = tally.Pegs[2 * e] <= tally.Pegs[(2 * e) + 1] ? 2 * e : (2 * e) + 1;
            double loss = RequirementTally.Loss(tally.Pegs[column]);
            if (loss > most) (first, second, most, next) = (column, first, loss, most);
            else if (loss > next) (second, next) = (column, loss);
        }

        return (first, table.Cover > 1 ? second : -1);
    }
}
