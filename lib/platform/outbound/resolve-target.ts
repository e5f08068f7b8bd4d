import { isIP } from 'node:net';
import { OutboundError } from './outbound-error';
import { isPublicAddress } from './public-address';

/** All addresses of a name, as the system resolves it. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface OutboundTarget {
  readonly url: URL;
  /** The address that is dialled: the name is not resolved a second time. */
  readonly address: string;
}

export interface TargetRules {
  /** Origins that may be plain HTTP and private, for tests and the demo; exactly as `URL.origin` writes them. */
  readonly allowedOrigins: readonly string[];
  readonly resolve: Resolve;
}

/**
 * Decides where a call may go and pins it there. Throws OutboundError `FORBIDDEN_ADDRESS` unless the URL is HTTPS and
 * every address of its name is public, and `UNRESOLVED` for a name that has none.
 */
export async function resolveTarget(text: string, rules: TargetRules): Promise<OutboundTarget> {
  if (!URL.canParse(text)) throw new OutboundError('FORBIDDEN_ADDRESS');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new OutboundError('FORBIDDEN_ADDRESS');
  const isAllowed = rules.allowedOrigins.includes(url.origin);
  if (url.protocol !== 'https:' && !(isAllowed && url.protocol === 'http:'))
    throw new OutboundError('FORBIDDEN_ADDRESS');
  // Below 1024 other services listen: nobody's webhook does, and a name may be made to point at them.
  if (!isAllowed && url.port !== '' && Number(url.port) < 1_024) throw new OutboundError('FORBIDDEN_ADDRESS');
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(hostname) === 0 ? await resolved(rules.resolve, hostname) : [hostname];
  // One private address among public ones is how a name is made to point inside: then none of them is trusted.
  if (!isAllowed && !addresses.every(isPublicAddress)) throw new OutboundError('FORBIDDEN_ADDRESS');
  const [address] = addresses;
  if (address === undefined) throw new OutboundError('UNRESOLVED');
  return { url, address };
}

/** Whether a URL names an address outright that is not of the public Internet: it can be refused without a look-up. */
export function namesPrivateAddress(url: URL): boolean {
  const hostname = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return hostname === 'localhost' || (isIP(hostname) !== 0 && !isPublicAddress(hostname));
}

async function resolved(resolve: Resolve, hostname: string): Promise<readonly string[]> {
  try {
    return await resolve(hostname);
  } catch (cause) {
    throw new OutboundError('UNRESOLVED', { cause });
  }
}
