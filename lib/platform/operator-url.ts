import { z } from 'zod';
import { isMetadataHost } from './outbound/public-address';

interface UrlRules {
  /** Schemes, without their colon. */
  readonly schemes: readonly string[];
  readonly mayHoldUser?: boolean;
}

// biome keeps control characters out of patterns, so they are named by their property.
const INVISIBLE = /[\p{C}\p{Z}]/u;
/** Each of them ends a quoted text wherever the address is written; a password may hold them. */
const QUOTES = /['"`<>\\]/;

/**
 * Says what is wrong with an address that the operator has set, or null. It may lie in a private network, for there the
 * operator's own servers are; a cloud's metadata service is none of them.
 */
export function operatorUrlFault(text: string, { schemes, mayHoldUser = false }: UrlRules): string | null {
  if (INVISIBLE.test(text)) return 'must not hold blanks or control characters';
  if (!mayHoldUser && QUOTES.test(text)) return 'must not hold quotes';
  if (!URL.canParse(text)) return 'must be a URL';
  const url = new URL(text);
  if (!schemes.includes(url.protocol.slice(0, -1))) return `must begin with ${schemes.join(':// or ')}://`;
  if (!mayHoldUser && (url.username !== '' || url.password !== ''))
    return 'must hold no user and no password';
  if (url.hash !== '') return 'must hold no fragment';
  const host = canonicalHost(url);
  if (host === null) return 'must name a host';
  return isMetadataHost(host) ? 'must not lead to a metadata service' : null;
}

/** A URL that the operator sets. */
export function operatorUrl(rules: UrlRules): z.ZodType<string, string> {
  return z.string().superRefine((text, ctx) => {
    const message = operatorUrlFault(text, rules);
    if (message !== null) ctx.addIssue({ code: 'custom', message });
  });
}

/** Several of them, separated by commas; empty for none. */
export function operatorUrls(rules: UrlRules): z.ZodType<string, string> {
  return z.string().superRefine((text, ctx) => {
    for (const part of text.split(',').map((one) => one.trim())) {
      const message = part === '' ? null : operatorUrlFault(part, rules);
      if (message !== null) ctx.addIssue({ code: 'custom', message });
    }
  });
}

/** Schemes other than those of the web keep a host as it was written, and so 2852039166 for 169.254.169.254. */
function canonicalHost(url: URL): string | null {
  if (url.hostname === '') return null;
  const text = `https://${url.hostname}/`;
  return URL.canParse(text) ? new URL(text).hostname : null;
}
