import type { ProcessKind } from '@/lib/domain/system/process';
import { DEMO_SECRET_MARK } from './demo-secret';
import type { Env } from './env';
import { isLoopbackHost } from './loopback-host';

/** How little a secret may repeat itself: fewer different characters are a word, not a random number. */
const DIFFERENT_SIGNS_MIN = 12;

/**
 * What of the settings is for trying out and not for production, each as a sentence that names the setting and says
 * what to do. Empty in demo mode. No sentence holds a value that may be secret.
 */
export function findProductionFaults(env: Env, kind: ProcessKind): string[] {
  if (env.SLUICE_MODE === 'demo') return [];
  const ofKind = { web: webFaults, collector: collectorFaults, worker: workerFaults };
  return [...commonFaults(env), ...ofKind[kind](env)];
}

/** The faults as one text for stderr. */
export function describeProductionFaults(faults: readonly string[]): string {
  const lines = faults.map((fault) => `  ${fault}`).join('\n');
  return `This is not ready for production:\n${lines}\nMend it, or set SLUICE_MODE=demo to only try Sluice out.`;
}

function commonFaults(env: Env): string[] {
  const faults: string[] = [];
  const standIns = listOf(env.SLUICE_S3_ENDPOINTS).filter((endpoint) => isLoopbackHost(hostOf(endpoint)));
  if (standIns.length > 0)
    faults.push(
      `SLUICE_S3_ENDPOINTS: ${standIns.join(', ')} is on this machine, as the stand-in for S3 is. Name the real stores, or none for AWS alone.`,
    );
  if (env.NODE_ENV !== 'production')
    faults.push(`NODE_ENV: it is ${env.NODE_ENV}. Set it to production, or leave it out.`);
  if (env.SLUICE_CRASH_AT !== undefined) faults.push('SLUICE_CRASH_AT: it is for tests. Unset it.');
  if (listOf(env.SLUICE_OUTBOUND_ORIGINS).length > 0)
    faults.push(
      'SLUICE_OUTBOUND_ORIGINS: it opens private addresses to webhooks and is for the demo. Unset it.',
    );
  return faults;
}

function webFaults(env: Env): string[] {
  const faults: string[] = [];
  const address = env.NEXTAUTH_URL;
  if (address !== undefined && !address.startsWith('https:') && !isLoopbackHost(hostOf(address)))
    faults.push(
      'NEXTAUTH_URL: browsers would send passwords and cookies unencrypted. Put TLS in front and name the https address.',
    );
  faults.push(...secretFaults('NEXTAUTH_SECRET', env.NEXTAUTH_SECRET, 'openssl rand -base64 32'));
  if (env.SLUICE_SEAL_PUBLIC_KEY?.includes(DEMO_SECRET_MARK) === true)
    faults.push(demoKey('SLUICE_SEAL_PUBLIC_KEY'));
  faults.push(...noPrivateKeys(env, 'web only seals'));
  return faults;
}

function collectorFaults(env: Env): string[] {
  return noPrivateKeys(env, 'a collector opens nothing');
}

function workerFaults(env: Env): string[] {
  return env.SLUICE_SEAL_PRIVATE_KEYS?.includes(DEMO_SECRET_MARK) === true
    ? [demoKey('SLUICE_SEAL_PRIVATE_KEYS')]
    : [];
}

function noPrivateKeys(env: Env, why: string): string[] {
  return env.SLUICE_SEAL_PRIVATE_KEYS === undefined
    ? []
    : [`SLUICE_SEAL_PRIVATE_KEYS: ${why}. Give the private keys to workers alone.`];
}

function secretFaults(name: string, secret: string | undefined, how: string): string[] {
  if (secret === undefined) return [];
  if (secret.startsWith(DEMO_SECRET_MARK))
    return [`${name}: it was made for an embedded demo. Make one of your own: ${how}`];
  return new Set(secret).size < DIFFERENT_SIGNS_MIN
    ? [`${name}: it is easy to guess. Make a random one: ${how}`]
    : [];
}

function demoKey(name: string): string {
  return `${name}: it was made for an embedded demo. Make a key pair of your own: docs/operations/secrets.md`;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}
