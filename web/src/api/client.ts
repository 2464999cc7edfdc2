import { type AccountDetail, type AccountsPage, readAccountDetail, readAccountsPage } from './accounts';
import { type CollateralReport, readCollateralReport } from './collateral';
import { type Efficiency, readEfficiency } from './efficiency';
import { type VenueEvent, readEvents } from './events';
import { type ExposureReport, readExposure } from './exposure';
import { type HedgeProposal, readProposal } from './hedge';
import { type HistoryPoint, readHistory } from './history';
import { type Limit, readLimits } from './limits';
import {
  type Auctions, type Breakers, type Deleveraging, type Funnel, type LossFund, type Notices, type Oracle, type Override, type Plans,
  readAuctions, readBreakers, readDeleveraging, readFunnel, readLossFund, readNotices, readOracles, readOverrides, readPlans,
} from './liquidations';
import { type MarginExplained, readMargin } from './margin';
import { type Market, readMarket } from './market';
import { Reader, text } from './reader';
import { type Surface, readSurface } from './surface';
import { type Thresholds, type UnderlyingThresholds, readLiquidationPrices, readThresholds } from './thresholds';
import { type Venue, readVenue } from './venue';
import { type WhatIfAnswer, type WhatIfAsk, bodyOf, readWhatIf } from './whatIf';

/** The server's refusal, in its own words where it sent a problem document (RFC 9457). */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

const base = (): URL => new URL('api/v1/', document.baseURI);

export function streamUrl(): string {
  const url = new URL('stream', base());
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

export interface AccountsQuery { order: string; limit: number; offset: number; find: string }

export const getVenue = (signal: AbortSignal): Promise<Venue> => get('venue', {}, readVenue, signal);

export const getHistory = (signal: AbortSignal): Promise<HistoryPoint[]> => get('history', {}, readHistory, signal);

export const getMarket = (signal: AbortSignal): Promise<Market> => get('market', {}, readMarket, signal);

export const eventsPerPage = 200;

/** The newest events, or those after a sequence number already seen. */
export const getEvents = (after: number | null, signal: AbortSignal): Promise<VenueEvent[]> =>
  get('events', { limit: String(eventsPerPage), ...(after === null ? {} : { after: String(after) }) }, readEvents, signal);

export const getThresholds = (underlying: string, signal: AbortSignal): Promise<Thresholds> =>
  get('thresholds', { underlying }, readThresholds, signal);

export function getAccounts(query: AccountsQuery, signal: AbortSignal): Promise<AccountsPage> {
  const { order, limit, offset, find } = query;
  const asked = { order, limit: String(limit), offset: String(offset), ...(find === '' ? {} : { find }) };
  return get('accounts', asked, readAccountsPage, signal);
}

export const getAccount = (id: string, signal: AbortSignal): Promise<AccountDetail> =>
  get(`accounts/${encodeURIComponent(id)}`, {}, readAccountDetail, signal);

export const getMargin = (id: string, signal: AbortSignal): Promise<MarginExplained> =>
  get(`accounts/${encodeURIComponent(id)}/margin`, {}, readMargin, signal);

/** Every price of each underlying that takes an account below a line. */
export const getLiquidationPrices = (id: string, signal: AbortSignal): Promise<UnderlyingThresholds[]> =>
  get(`accounts/${encodeURIComponent(id)}/liquidation-prices`, {}, readLiquidationPrices, signal);

/** How well an account uses its collateral, and what it may take out now. */
export const getEfficiency = (id: string, signal: AbortSignal): Promise<Efficiency> =>
  get(`accounts/${encodeURIComponent(id)}/efficiency`, {}, readEfficiency, signal);

/** What would become of an account; asks, and changes nothing. */
export const askWhatIf = (id: string, ask: WhatIfAsk, signal: AbortSignal): Promise<WhatIfAnswer> =>
  post(`accounts/${encodeURIComponent(id)}/what-if`, bodyOf(ask), readWhatIf, signal);

export const getExposure = (signal: AbortSignal): Promise<ExposureReport> => get('exposure', {}, readExposure, signal);

export const getCollateral = (signal: AbortSignal): Promise<CollateralReport> => get('collateral', {}, readCollateralReport, signal);

export const getLimits = (signal: AbortSignal): Promise<Limit[]> => get('limits', {}, readLimits, signal);

export const getFunnel = (signal: AbortSignal): Promise<Funnel> => get('liquidations/funnel', {}, readFunnel, signal);

export const getPlans = (signal: AbortSignal): Promise<Plans> => get('liquidations', {}, readPlans, signal);

export const getAuctions = (signal: AbortSignal): Promise<Auctions> => get('auctions', {}, readAuctions, signal);

export const getLossFund = (signal: AbortSignal): Promise<LossFund> => get('fund', { sizing: 'false' }, readLossFund, signal);

export const getDeleveraging = (signal: AbortSignal): Promise<Deleveraging> => get('deleveraging', {}, readDeleveraging, signal);

export const getOracles = (signal: AbortSignal): Promise<Oracle[]> => get('oracles', {}, readOracles, signal);

export const getBreakers = (signal: AbortSignal): Promise<Breakers> => get('breakers', {}, readBreakers, signal);

export const getNotices = (signal: AbortSignal): Promise<Notices> => get('notices', { limit: '200' }, readNotices, signal);

export const getOverrides = (signal: AbortSignal): Promise<Override[]> => get('overrides', {}, readOverrides, signal);

/** Says under a name, for ever, that the call of an account has been seen. With keys the name is the key's own. */
export async function acknowledgeCall(account: string, by: string): Promise<void> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const id = `seen-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
  const body = JSON.stringify({ id, account: by, command: { type: 'acknowledge-call', account } });
  const answer = await fetch(new URL('commands', base()), { method: 'POST', headers, body });
  if (!answer.ok) throw await problem(answer);
}

/** The fitted surface of that name; the one with the most quotes where none is named. */
export const getSurface = (surface: string | null, signal: AbortSignal): Promise<Surface> =>
  get('surface', surface === null ? {} : { surface }, readSurface, signal);

export async function setDemoSpeed(speed: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(new URL('demo/speed', base()), { method: 'POST', headers, body: JSON.stringify({ speed }) });
  if (!answer.ok) throw await problem(answer);
}

/** Bands of gamma and vega in USD; delta without one keeps to its no-trade band. */
export interface AskedBand { underlying: string; greek: string; lower: number; upper: number }

/** The cheapest trades for an account, or for the liquidity provider where none is named; asks, and trades nothing. */
export function proposeHedge(account: string | null, bands: readonly AskedBand[], signal: AbortSignal): Promise<HedgeProposal> {
  return post('hedge/proposal', { ...(account === null ? {} : { accounts: [account] }), plan: { bands } }, readProposal, signal);
}

async function post<T>(path: string, body: object, read: (r: Reader) => T, signal: AbortSignal): Promise<T> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await fetch(new URL(path, base()), { method: 'POST', headers, body: JSON.stringify(body), signal });
  if (!answer.ok) throw await problem(answer);

  const told: unknown = await answer.json();
  return read(new Reader(told, path));
}

async function get<T>(path: string, query: Record<string, string>, read: (r: Reader) => T, signal: AbortSignal): Promise<T> {
  const url = new URL(path, base());
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);

  const answer = await fetch(url, { signal, headers: { accept: 'application/json' } });
  if (!answer.ok) throw await problem(answer);

  const body: unknown = await answer.json();
  return read(new Reader(body, path));
}

async function problem(answer: Response): Promise<ApiError> {
  const plain = `The server answered ${answer.status} ${answer.statusText}`.trim();
  try {
    const body: unknown = await answer.json();
    const r = new Reader(body, 'problem');
    const words = [r.at('title').maybe(text), r.at('detail').maybe(text)].filter((part) => part !== null);
    return new ApiError(answer.status, words.length > 0 ? words.join(': ') : plain);
  } catch {
    return new ApiError(answer.status, plain);
  }
}

/** True for the error a request ends with when the page itself gave it up. */
export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** An error in one sentence for a person. */
export function inWords(error: unknown): string {
  if (error instanceof SyntaxError) return 'The server answered with something that is not JSON.';
  if (error instanceof TypeError) return 'The server cannot be reached.';
  return error instanceof Error ? error.message : String(error);
}
