import { fixed, nothing, usd, usdSigned } from '../format/numbers';
import { useDesk } from '../live/store';

/** The insurance fund beside the largest loss one account could leave it. */
export function FundGauge() {
  const fund = useDesk((s) => s.venue?.fund);
  const feeds = useDesk((s) => s.venue?.feeds);
  if (fund === undefined) return null;

  const most = Math.max(fund.balance, fund.start, fund.largestLoss, 1);
  const width = (value: number): string => `${(100 * Math.max(0, value)) / most}%`;
  const times = fund.largestLoss > 0 ? fund.balance / fund.largestLoss : null;
  const covers = times === null || times >= 1;

  return (
    <div className="fund" data-covers={covers}>
      <h3>Insurance fund</h3>
      <p className="fund-balance">
        <strong className="num">{usd(fund.balance)}</strong>
        <span className="num">{usdSigned(fund.balance - fund.start)} since start</span>
      </p>
      <div className="bars" aria-hidden="true">
        <div className="bar fund-bar"><i style={{ width: width(fund.balance) }} /><b style={{ left: width(fund.start) }} /></div>
        <div className="bar loss-bar"><i style={{ width: width(fund.largestLoss) }} /></div>
      </div>
      <p className="fund-against">
        Largest single loss <strong className="num">{usd(fund.largestLoss)}</strong>
        <span className="num">{times === null ? nothing : `covered ${fixed(Math.min(times, 999), times >= 10 ? 0 : 2)}×`}</span>
      </p>
      <ul className="fund-assets">
        {fund.byAsset.map((a) => (
          <li key={a.asset}>
            <span>{a.asset}</span>
            <span className="num">{fixed(a.amount, Math.abs(a.amount) >= 1_000 ? 0 : 2)}</span>
            <span className="num worth">{usd(worth(a.amount, feeds?.find((feed) => feed.asset === a.asset)?.price ?? null))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const worth = (amount: number, price: number | null): number | null => (price === null ? null : amount * price);
