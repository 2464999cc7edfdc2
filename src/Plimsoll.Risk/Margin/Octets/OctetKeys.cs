namespace Plimsoll.Risk.Margin;

/// <summary>
/// What belongs together, in one number of 64 bits that travels through the lanes like a price: bits 0 to 15 the root, 16
/// to 31 the asset something settles in, 32 and up the strike (0 for none).
/// </summary>
/// <remarks>Roots of things that belong to nobody lie above every asset, so that none equals another.</remarks>
internal static class OctetKeys
{
    /// <summary>Most assets: their records lie on the stack of the thread that judges.</summary>
    public const int MostAssets = 2_048;

    public const long RootMask = 0xFFFF;

    public const long SettlementMask = 0xFFFF0000;

    public const long StrikeMask = unchecked((long)0xFFFFFFFF00000000);

    /// <summary>This bit of a root says that no scenario moves it.</summary>
    public const long Still = 0x8000;

    private const int NoSettlement = 0xFFFF;
    private const int Pad = 0xFF00;
    private const int PadOfAssets = 0xFF80;

    public static long OfContract(int root, int settlement, int strike) => (uint)root | ((long)settlement << 16) | ((long)(strike + 1) << 32);

    /// <summary>Of an asset: in place of what it settles in it has its own ordinal.</summary>
    public static long OfAsset(int asset, int root, bool moves) => (moves ? root : Still | (long)asset) | ((long)asset << 16);

    /// <summary>Of the contract that nobody holds, in the p-th place.</summary>
    public static long OfPad(int p) => (uint)(Pad + p) | ((long)NoSettlement << 16);

    /// <summary>Of the asset that nobody has, in the a-th place.</summary>
    public static long OfAssetPad(int a) => (uint)(PadOfAssets + a) | ((long)(NoSettlement - 1) << 16);
}
