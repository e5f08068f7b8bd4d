/** What every secret that the embedded demo makes says of itself, so that production can refuse it. */
export const DEMO_SECRET_MARK = 'sluice-demo';
