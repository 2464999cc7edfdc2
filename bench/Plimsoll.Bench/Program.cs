using Plimsoll.Bench;

return args switch
{
    ["product", ..] => ProductBench.Run(),
    ["black76", ..] => Black76Bench.Run(),
    ["scenarios", ..] => ScenarioBench.Run(),
    ["implied", ..] => ImpliedBench.Run(),
    ["greeks", ..] => GreeksBench.Run(),
    ["tick", ..] => TickBench.Run(),
    ["addons", ..] => AddOnBench.Run(),
    ["plans", ..] => PlansBench.Run(),
    ["thresholds", ..] => ThresholdBench.Run(),
    ["adl", ..] => AdlBench.Run(),
    ["whatif", ..] => WhatIfBench.Run(),
    ["oracle", ..] => OracleBench.Run(),
    ["durable", ..] => DurableBench.Run(),
    ["surface", var path, ..] => SurfaceBench.Run(path),
    ["rulebooks", var folder, ..] => RulebookBench.Run(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Plimsoll.Bench product | black76 | greeks | scenarios | implied | tick | addons | plans | thresholds | adl | whatif | oracle | durable | surface CHAIN | rulebooks FOLDER");
    return 2;
}
