/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.NEXT_DIST_DIR || '.next',
  output: process.env.NEXT_OUTPUT === 'standalone' ? 'standalone' : undefined,
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run verify`; once more here would only make the first start slower.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@node-rs/argon2', '@prisma/adapter-pg', '@prisma/client', 'bullmq', 'pg', 'pino'],
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'x-content-type-options', value: 'nosniff' },
        { key: 'x-frame-options', value: 'DENY' },
        { key: 'referrer-policy', value: 'same-origin' },
        { key: 'cross-origin-opener-policy', value: 'same-origin' },
        { key: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=(), payment=()' },
      ],
    },
    {
      // Pages for people without an account: no cache, search engine or other site learns of their address.
      source: '/:kind(h|s)/:path*',
      headers: [
        { key: 'cache-control', value: 'no-store' },
        { key: 'referrer-policy', value: 'no-referrer' },
        { key: 'x-robots-tag', value: 'noindex, nofollow, noarchive' },
      ],
    },
  ],
};

export default config;
