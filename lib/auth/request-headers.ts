/** Set by the proxy on every request it lets through; a client's own values are overwritten. */
export const REQUEST_ID_HEADER = 'x-request-id';
/** The path that was asked for, so that signing in can lead back to it. */
export const PATH_HEADER = 'x-sluice-path';
/** The nonce of this answer's script policy, for inline scripts. */
export const NONCE_HEADER = 'x-nonce';
