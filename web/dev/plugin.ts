import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Http2SecureServer } from 'node:http2';
import type { Connect, Plugin } from 'vite';
import { type WebSocket, WebSocketServer } from 'ws';
import { accountDetail, accounts, margin, market, thresholds, venue } from './answers.ts';
import { collateral, efficiency, liquidationPrices, whatIf } from './collateral.ts';
import { exposure, hedge, limits, surface } from './exposure.ts';
import { auctions, breakers, deleveraging, fund, funnel, notices, oracles, overrides, plans } from './liquidations.ts';
import { World } from './world.ts';

const api = '/api/v1/';
const beat = 250;

/** `npm run mock`: the page against an invented venue, over exactly the API's addresses. MOCK_START is the share already played. */
export const mockVenue = (): Plugin => ({
  name: 'plimsoll-mock-venue',
  configureServer: (server) => serve(server.middlewares, server.httpServer),
  configurePreviewServer: (server) => serve(server.middlewares, server.httpServer),
});

function serve(middlewares: Connect.Server, http: Server | Http2SecureServer | null): void {
  let world = begun();
  let silentUntil = 0;
  const sockets = new WebSocketServer({ noServer: true });
  http?.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (request.url?.startsWith(`${api}stream`) === true) sockets.handleUpgrade(request, socket, head, () => undefined);
  });

  let beats = 0;
  const timer = setInterval(() => {
    const point = world.pass(beat / 1_000);
    const events = world.fresh.splice(0);
    if (Date.now() < silentUntil) return;
    beats += 1;
    tell(sockets.clients, { kind: 'venue', venue: venue(world) });
    tell(sockets.clients, { kind: 'accounts', rows: accounts(world, new URLSearchParams({ limit: '50' }))?.rows ?? [] });
    if (events.length > 0) tell(sockets.clients, { kind: 'events', rows: events });
    if (point !== null) tell(sockets.clients, { kind: 'point', point });
    if (beats % 4 === 0) tell(sockets.clients, { kind: 'thresholds', ...thresholds(world, 'BTC') });
  }, beat);
  http?.on('close', () => clearInterval(timer));

  middlewares.use((request, response, next) => {
    const url = new URL(request.url ?? '/', 'http://mock');
    if (url.pathname === '/mock/silence') silentUntil = Date.now() + 1_000 * Number(url.searchParams.get('seconds') ?? 10);
    else if (url.pathname === '/mock/cut') for (const socket of sockets.clients) socket.terminate();
    else if (url.pathname === '/mock/halt') [world.halted, world.speed] = ['Entry 20478 could not be written: the disk is full.', 0];
    else if (url.pathname === '/mock/again') world = begun();
    else if (url.pathname === `${api}demo/speed`) return void speed(request, response, world);
    else if (url.pathname === `${api}commands`) return void commanded(request, response, world);
    else if (url.pathname.endsWith('/what-if')) return void asked(request, response, world, url);
    else if (url.pathname.startsWith(api)) return answer(response, route(world, url));
    else return next();
    response.end('done\n');
  });
}

function begun(): World {
  const world = new World(8_000);
  const played = Number(process.env['MOCK_START'] ?? '0');
  while (world.progress < played) world.pass(1);
  return world;
}

function tell(clients: ReadonlySet<WebSocket>, frame: object): void {
  const text = JSON.stringify(frame);
  for (const client of clients) if (client.readyState === client.OPEN) client.send(text);
}

/** Null when there is no such thing. */
function route(world: World, url: URL): object | null {
  const path = url.pathname.slice(api.length).split('/').map(decodeURIComponent);
  const row = path[0] === 'accounts' ? world.rows.find((r) => r.customer.account === path[1]) : undefined;
  switch (path.length === 1 ? path[0] : `${path[0]}/${path[2] ?? ''}`) {
    case 'venue': return venue(world);
    case 'accounts': return accounts(world, url.searchParams);
    case 'accounts/': return row === undefined ? null : accountDetail(world, row);
    case 'accounts/margin': return row === undefined ? null : margin(world, row);
    case 'accounts/liquidation-prices': return row === undefined ? null : liquidationPrices(world, row);
    case 'accounts/efficiency': return row === undefined ? null : efficiency(row);
    case 'collateral': return collateral(world);
    case 'exposure': return exposure(world);
    case 'limits': return limits(world);
    case 'surface': return surface(world, url.searchParams.get('surface'));
    case 'hedge/': return hedge(world);
    case 'market': return market();
    case 'liquidations': return plans(world);
    case 'liquidations/': return path[1] === 'funnel' ? funnel(world) : null;
    case 'auctions': return auctions(world);
    case 'fund': return fund(world);
    case 'deleveraging': return deleveraging(world);
    case 'oracles': return oracles(world);
    case 'breakers': return breakers(world);
    case 'notices': return notices(world);
    case 'overrides': return overrides(world);
    case 'thresholds': return thresholds(world, url.searchParams.get('underlying') ?? 'BTC');
    case 'history': return { points: world.points.slice(-2_000) };
    case 'events': return { rows: eventsAfter(world, url.searchParams) };
    default: return null;
  }
}

/** The newest when nothing is known yet, else the next ones after the last known. */
function eventsAfter(world: World, query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 100);
  const after = query.get('after');
  return after === null ? world.events.slice(-limit) : world.events.filter((e) => e.sequence > Number(after)).slice(0, limit);
}

function answer(response: ServerResponse, body: object | null): void {
  const problem = { type: 'about:blank', title: 'Not found', status: 404, detail: 'The mock venue has no such thing.' };
  response.statusCode = body === null ? 404 : 200;
  response.setHeader('content-type', body === null ? 'application/problem+json' : 'application/json');
  response.end(JSON.stringify(body ?? problem));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const part of request) body += String(part);
  return JSON.parse(body);
}

async function asked(request: IncomingMessage, response: ServerResponse, world: World, url: URL): Promise<void> {
  const name = decodeURIComponent(url.pathname.slice(api.length).split('/')[1] ?? '');
  const row = world.rows.find((r) => r.customer.account === name);
  const body = await bodyOf(request);
  answer(response, row === undefined ? null : whatIf(world, row, body as { prices?: Record<string, string> }));
}

/** The one command the page sends: that somebody has seen a call. */
async function commanded(request: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  const asked = await bodyOf(request) as { account?: string; command?: { account?: string } };
  world.seen.set(asked.command?.account ?? '', asked.account ?? '');
  answer(response, { sequence: world.sequence, outcome: 'accepted' });
}

async function speed(request: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  const asked = await bodyOf(request);
  if (typeof asked === 'object' && asked !== null && 'speed' in asked && typeof asked.speed === 'number') world.speed = asked.speed;
  answer(response, { speed: world.speed });
}
