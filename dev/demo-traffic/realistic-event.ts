import { randomUUID } from 'node:crypto';
import { DEMO_SEGMENTS } from './segments';
import { pick, pickVisitor } from './visitors';

const NAMES = [
  'Pageview',
  'Pageview',
  'Pageview',
  'PageviewEngagement',
  'PageviewComplete',
  'SlotViewable',
  'SlotClicked',
  'LinkClick',
  'VideoProgress',
];
const SECTIONS = ['world', 'business', 'culture', 'sport', 'science', 'travel', 'opinion'];
const CITIES = [
  { city: 'London', country: 'United Kingdom', continent: 'Europe', postal_code: 'EC1A' },
  { city: 'Berlin', country: 'Germany', continent: 'Europe', postal_code: '10115' },
  { city: 'New York', country: 'United States', continent: 'North America', postal_code: '10001' },
  { city: 'São Paulo', country: 'Brazil', continent: 'South America', postal_code: '01000' },
];
const AGENTS = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0',
];

/** An event as a publisher's site sends it, about 700 bytes of JSON. */
export function realisticEvent(domain = 'www.aurora.example'): Record<string, unknown> {
  const visitor = pickVisitor();
  const section = pick(SECTIONS);
  const article = Math.floor(Math.random() * 4_000);
  return {
    name: pick(NAMES),
    user_id: visitor.userId,
    session_id: visitor.sessionId,
    view_id: randomUUID(),
    segments: DEMO_SEGMENTS.filter(() => Math.random() < 0.35).map(({ number }) => number),
    cohorts: [],
    properties: {
      client: {
        type: 'web',
        url: `https://${domain}/${section}/article-${article}`,
        domain,
        title: `${section}: article ${article}`,
        referrer: pick([
          'https://www.google.com/',
          'https://news.ycombinator.com/',
          `https://${domain}/`,
          '',
        ]),
        user_agent: pick(AGENTS),
      },
      geo_info: pick(CITIES),
      isp_info: {
        isp: pick(['BT', 'Deutsche Telekom', 'Verizon', 'Vivo']),
        autonomous_system_number: 1_000 + Math.floor(Math.random() * 60_000),
      },
      article: { id: article, section, word_count: 200 + (article % 1_800) },
    },
  };
}
