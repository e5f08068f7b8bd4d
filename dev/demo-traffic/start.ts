import { randomUUID } from 'node:crypto';
import { busyness } from './day-curve';
import { realisticEvent } from './realistic-event';
import { DEMO_SEGMENTS } from './segments';
import { pickVisitor } from './visitors';

export interface DemoTraffic {
  stop(): Promise<void>;
}

/** A site that sends events; each kind of call as its own people and servers would make it. */
export interface DemoSite {
  readonly serverKey: string;
  readonly domain: string;
  /** In the busiest hour of the day. */
  readonly eventsPerSecond: number;
  /** Also says who its visitors are, and which segments there are. */
  readonly isWhole: boolean;
}

const INTERVAL_MS = 1_000;
const IDENTIFIES_PER_SECOND = 0.6;

/** Sends a small, uneven stream of calls to the collector until stopped; a refused one is simply not sent again. */
export function startDemoTraffic(target: { collectorUrl: string; sites: readonly DemoSite[] }): DemoTraffic {
  let inFlight: Promise<unknown> = Promise.resolve();
  const published = new Set<DemoSite>();
  const timer = setInterval(() => {
    inFlight = Promise.all(target.sites.map((site) => sendSecond(target.collectorUrl, site, published)));
  }, INTERVAL_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await inFlight;
    },
  };
}

async function sendSecond(collectorUrl: string, site: DemoSite, published: Set<DemoSite>): Promise<void> {
  const call = (method: 'POST' | 'PUT', path: string, body: unknown) =>
    send({ method, url: `${collectorUrl}/v2.0/${path}`, key: site.serverKey, body });
  const mean = Math.max(1, site.eventsPerSecond * busyness(Date.now()));
  const events = Array.from({ length: 1 + Math.floor(Math.random() * 2 * mean) }, () =>
    realisticEvent(site.domain),
  );
  const calls = [call('POST', 'batch/events', events)];
  if (site.isWhole && Math.random() < IDENTIFIES_PER_SECOND) calls.push(call('POST', 'identify', identity()));
  await Promise.all(calls);
  // Once per start: the same set again changes nothing.
  if (site.isWhole && !published.has(site) && (await call('PUT', 'segments', DEMO_SEGMENTS))) {
    published.add(site);
  }
}

function identity(): Record<string, unknown> {
  const { userId } = pickVisitor();
  const aliases = [
    { tag: 'subscriber_id', id: `S-${userId.slice(0, 8).toUpperCase()}`, priority: 0 },
    { tag: 'newsletter', id: randomUUID(), priority: 1 },
  ];
  return { user_id: userId, aliases: aliases.slice(0, Math.random() < 0.3 ? 2 : 1) };
}

async function send(call: { method: string; url: string; key: string; body: unknown }): Promise<boolean> {
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: { 'X-API-Key': call.key, 'Content-Type': 'application/json' },
      body: JSON.stringify(call.body),
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // The collector is busy or going down: demo traffic is worth no retry.
    return false;
  }
}
