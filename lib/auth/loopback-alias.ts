const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a browser came to this machine by another of its own names (localhost for 127.0.0.1): its cookies and its
 * Origin would not fit, so it is sent to the configured address. `host` is the Host header.
 */
export function isLoopbackAlias(host: string | null, configuredHost: string): boolean {
  if (host === null || host === configuredHost) return false;
  const [given, configured] = [splitHost(host), splitHost(configuredHost)];
  return (
    given.port === configured.port && LOOPBACK.includes(given.name) && LOOPBACK.includes(configured.name)
  );
}

function splitHost(host: string): { name: string; port: string } {
  const [, name = '', port = ''] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  return { name, port };
}
