export function CollateralView({ fresh }: { fresh: boolean }) {
  return <main className="desk collateral" data-fresh={fresh}><p /></main>;
}
