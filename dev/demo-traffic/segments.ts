const CREATED_AT = '2025-11-03T09:00:00Z';

function segment(number: number, id: string, given: { name: string; description: string; tags: string[] }) {
  return { number, id, ...given, state: 'enabled', created_at: CREATED_AT, last_updated_at: CREATED_AT };
}

/** The segments of the demo's news site; events carry their numbers. */
export const DEMO_SEGMENTS = [
  segment(10_101, 'readers-daily', {
    name: 'Daily readers',
    description: 'Came on at least five of the last seven days',
    tags: ['loyalty'],
  }),
  segment(10_102, 'readers-lapsed', {
    name: 'Lapsed readers',
    description: 'Came weekly and not within 30 days',
    tags: ['loyalty'],
  }),
  segment(10_103, 'subscribers', {
    name: 'Subscribers',
    description: 'Signed in with a running subscription',
    tags: ['first-party', 'crm'],
  }),
  segment(10_104, 'trial', {
    name: 'Trial about to end',
    description: 'A trial that ends within seven days',
    tags: ['crm'],
  }),
  segment(10_201, 'sport-fans', {
    name: 'Sport fans',
    description: 'Three sport articles or more in 14 days',
    tags: ['interest'],
  }),
  segment(10_202, 'business-leaders', {
    name: 'Business decision makers',
    description: 'Reads business on weekdays from company networks',
    tags: ['interest', 'b2b'],
  }),
  segment(10_203, 'culture', {
    name: 'Culture and books',
    description: 'Reads culture, clicks on reviews',
    tags: ['interest'],
  }),
  segment(10_204, 'travel-intent', {
    name: 'Planning a trip',
    description: 'Two travel guides or more in seven days',
    tags: ['interest', 'in-market'],
  }),
  segment(10_205, 'science', {
    name: 'Science and climate',
    description: 'Finishes long science articles',
    tags: ['interest'],
  }),
  segment(10_301, 'car-buyers', {
    name: 'In the market for a car',
    description: 'Engages with car content and its ads',
    tags: ['in-market'],
  }),
  segment(10_302, 'video', {
    name: 'Watches video',
    description: 'Completed three videos or more in a week',
    tags: ['engagement'],
  }),
  segment(10_401, 'newsletter', {
    name: 'Newsletter readers',
    description: 'Arrived from a newsletter in the last 14 days',
    tags: ['first-party', 'engagement'],
  }),
];
