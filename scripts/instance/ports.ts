import { createServer } from 'node:net';

export interface InstancePorts {
  readonly web: number;
  readonly collector: number;
  readonly objectStore: number;
}

/** SLUICE_PORT moves all three together; each has a setting of its own too. */
export function readPorts(env: NodeJS.ProcessEnv): InstancePorts {
  const web = readPort(env, 'SLUICE_PORT', 3000);
  return {
    web,
    collector: readPort(env, 'SLUICE_COLLECTOR_PORT', web + 1),
    objectStore: readPort(env, 'SLUICE_S3_PORT', web + 2),
  };
}

function readPort(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_533) {
    throw new Error(`${name} must be a port between 1 and 65533; it is "${text}".`);
  }
  return port;
}

/** Fails with the setting that frees the way when a port is taken. */
export async function requireFreePorts(ports: InstancePorts): Promise<void> {
  for (const [part, port] of Object.entries(ports)) {
    if (!(await isFree(port))) {
      throw new Error(
        `Port ${port} (${part}) is taken. Stop what listens there, or choose other ports: SLUICE_PORT=${ports.web + 100} npm start`,
      );
    }
  }
}

/** Free ports of this moment, for a private instance. */
export async function findFreePorts(): Promise<InstancePorts> {
  const servers = await Promise.all([0, 0, 0].map((port) => listen(port)));
  const [web = 0, collector = 0, objectStore = 0] = servers.map((server) => server?.port ?? 0);
  await Promise.all(servers.map((server) => server?.close()));
  return { web, collector, objectStore };
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port);
  await server?.close();
  return server !== null;
}

function listen(port: number): Promise<{ port: number; close(): Promise<void> } | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(null) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const actual = address !== null && typeof address === 'object' ? address.port : port;
      resolve({ port: actual, close: () => new Promise((done) => server.close(() => done())) });
    });
  });
}
