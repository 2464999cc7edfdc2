import { useLayoutEffect, useRef } from 'react';
import { getAccount, getMargin } from '../api/client';
import { usePoll } from '../live/usePoll';
import { addressOf } from '../view/view';
import { AccountSummary } from './AccountSummary';
import { BalancesTable } from './BalancesTable';
import { CollateralTable } from './CollateralTable';
import { LiquidationPrices } from './LiquidationPrices';
import { OrdersTable } from './OrdersTable';
import { PositionsTable } from './PositionsTable';
import { ScenarioBars } from './ScenarioBars';

const again = 2_000;

/** One account, and why its margin is what it is. Esc closes and gives the focus back. */
export function AccountDrawer({ account, onClose }: { account: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const detail = usePoll(account, again, getAccount);
  const margin = usePoll(account, again, getMargin);

  // In the layout phase the dialog is still in the page when it closes, so the focus finds its way back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);

  return (
    <dialog
      ref={dialog} className="drawer" aria-labelledby="drawer-title"
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
      onClick={(e) => {
        if (e.target === dialog.current) onClose();
      }}
    >
      <div className="drawer-body">
        <header>
          <h2 id="drawer-title">{account}</h2>
          <a className="drawer-page" href={addressOf('account', null, account)} onClick={onClose}>Open the account’s page</a>
          <button type="button" onClick={onClose}>Close <kbd>Esc</kbd></button>
        </header>
        {detail.problem !== null && <p className="problem">{detail.problem}</p>}
        {detail.data === null
          ? detail.problem === null && <p className="empty">Loading the account…</p>
          : (
            <>
              <AccountSummary account={detail.data} />
              <PositionsTable positions={detail.data.positions} />
              <BalancesTable balances={detail.data.balances} />
              {detail.data.orders.length > 0 && <OrdersTable orders={detail.data.orders} />}
            </>
          )}
        {margin.problem !== null && <p className="problem">The margin could not be explained. {margin.problem}</p>}
        {margin.data !== null && (
          <>
            <LiquidationPrices prices={margin.data.liquidationPrices} />
            <ScenarioBars margin={margin.data} />
            <CollateralTable collateral={margin.data.collateral} />
          </>
        )}
      </div>
    </dialog>
  );
}
