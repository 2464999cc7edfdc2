using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Collateral;

/// <summary>
/// What an account's collateral counts where more than its own first tiers decide.
/// <list type="number">
/// <item>What the owner has of an asset in all his accounts goes through the asset's tiers; in each account no more than
/// its cap.</item>
/// <item>The assets of one issuer count no more than his cap, less what the owner's positions would lose by his fall;
/// filled in a stated order.</item>
/// <item>Claims that count through a root are added to its holding, and the root's tiers see the sum; each has its part
/// of what that counts.</item>
/// <item>Of what the owner's holding counts, the account has the part that it has of the holding.</item>
/// </list>
/// The same is asked again of holdings cut to the venue's caps: what is less then does not count for opening.
/// </summary>
/// <remarks>Each step takes no more than it is given and never falls when it is given more.</remarks>
internal readonly ref struct CollateralCount(
    ReadOnlySpan<int> assets, ReadOnlySpan<double> values, OthersHoldings? others, in Holdings holdings, in PricedColumns priced, MarginModel model, bool cut)
{
    private readonly ReadOnlySpan<int> assets = assets;
    private readonly ReadOnlySpan<double> values = values;
    private readonly OthersHoldings? others = others;
    private readonly Holdings holdings = holdings;
    private readonly PricedColumns priced = priced;
    private readonly MarginModel model = model;
    private readonly CollateralSchedule schedule = model.Schedule;
    private readonly CollateralGroups groups = model.Schedule.Groups;
    private readonly bool cut = cut;

    /// <summary>What the account's holding of the asset at a place counts; its value is above 0.</summary>
    public double Of(int place)
    {
        int asset = assets[place];
        double own = OwnOf(asset);
        double all = own + (others?.ValueOf(asset) ?? 0);
        double counted = OfOwner(asset);

        return own == all ? counted : counted * (own / all);
    }

    private double OfOwner(int asset)
    {
        int root = groups.RootOf(asset);
        ReadOnlySpan<int> claims = groups.Through(root);
        double filled = Filled(asset);
        if (claims.Length < 2) return filled;

        double sum = 0;
        foreach (int claim in claims) sum += claim == asset ? filled : Filled(claim);

        return sum > 0 ? schedule.Counted(root, sum) * (filled / sum) : 0;
    }

    /// <summary>What is left of an asset by its issuer's cap.</summary>
    private double Filled(int asset)
    {
        int issuer = groups.IssuerOf(asset);
        if (issuer < 0 || (groups.Cap(issuer) == double.PositiveInfinity && !groups.HasWrongWay(issuer))) return Tiered(asset);

        double sum = 0;
        foreach (int one in groups.Issued(issuer)) sum += Tiered(one);
        double fall = Math.Max(0, WrongWay.Fall(issuer, holdings, priced, model) + (others?.FallOf(issuer) ?? 0));
        double room = Math.Max(0, Math.Min(groups.Cap(issuer), sum) - fall);
        foreach (int one in groups.Issued(issuer))
        {
            double part = Math.Min(room, Tiered(one));
            if (one == asset) return part;
            room -= part;
        }

        return 0;
    }

    /// <summary>What an asset's own tiers leave; a root that claims count through takes its tiers with them.</summary>
    private double Tiered(int asset)
    {
        double held = (OwnOf(asset) + (others?.ValueOf(asset) ?? 0)) * (cut ? schedule.Kept(asset) : 1);

        return groups.RootOf(asset) == asset && groups.Through(asset).Length > 1 ? held : schedule.Counted(asset, held);
    }

    private double OwnOf(int asset)
    {
        int place = assets.BinarySearch(asset);

        return place >= 0 && values[place] > 0 ? Math.Min(values[place], schedule.AccountCap(asset)) : 0;
    }
}
