using Plimsoll.Bench;

return args switch
{
    ["product", ..] => ProductBench.Run(),
    ["black76", ..] => Black76Bench.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Plimsoll.Bench product | black76");
    return 2;
}
