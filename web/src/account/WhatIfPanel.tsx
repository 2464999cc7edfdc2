import type { AccountDetail } from '../api/accounts';
import { Panel } from '../Panel';

export function WhatIfPanel({ account }: { account: string; detail: AccountDetail | null }) {
  return <Panel id="whatif" title="What if"><p className="empty">{account}</p></Panel>;
}
