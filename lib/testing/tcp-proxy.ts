import { connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** The next bytes that come back are thrown away and the connection is cut: a lost reply. */
  loseNextReply(): void;
  /** Nothing comes back any more, on no connection, until `recover`; requests still arrive. */
  swallowReplies(): void;
  /** Cuts every connection and refuses new ones until `recover`. */
  refuse(): void;
  recover(): void;
  close(): Promise<void>;
}

type Mode = 'pass' | 'lose_one' | 'swallow' | 'refuse';

/** A TCP proxy on loopback in front of one port, with the faults of a network between two machines. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let mode: Mode = 'pass';
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (mode === 'refuse') {
      client.destroy();
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data) => upstream.write(data));
    upstream.on('data', (data) => {
      if (mode === 'pass') client.write(data);
      if (mode !== 'lose_one') return;
      mode = 'pass';
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    loseNextReply: () => {
      mode = 'lose_one';
    },
    swallowReplies: () => {
      mode = 'swallow';
    },
    refuse: () => {
      mode = 'refuse';
      cutAll();
    },
    recover: () => {
      mode = 'pass';
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
