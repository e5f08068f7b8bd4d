import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { FaultPipe } from './fault-pipe';
import type { Direction, TcpFault } from './tcp-fault';

export interface TcpFaultProxy {
  readonly port: number;
  /** Connections taken since the start, also those that were refused. */
  readonly connectionsTaken: number;
  /** Replaces the present fault; `{}` ends it. */
  setFault(fault: TcpFault): void;
  /** Resets every open connection. */
  cutAll(): void;
  close(): Promise<void>;
}

export interface TcpFaultProxyOptions {
  readonly targetPort: number;
  /** Default 127.0.0.1. */
  readonly targetHost?: string;
}

class Connection {
  readonly #pipes: FaultPipe[];

  constructor(
    private readonly client: Socket,
    private readonly target: Socket,
    faultNow: () => TcpFault,
  ) {
    const faultOn = (direction: Direction) => () => {
      const fault = faultNow();
      return typeof fault.blackHole === 'string'
        ? { ...fault, blackHole: fault.blackHole === direction }
        : fault;
    };
    const limitOf = (direction: Direction) => ({
      limitBytes: () => {
        const { cutAfter } = faultNow();
        return cutAfter?.direction === direction ? cutAfter.bytes : Number.POSITIVE_INFINITY;
      },
      act: () => this.cut(),
    });
    this.#pipes = [
      new FaultPipe({ from: client, to: target }, faultOn('to-target'), limitOf('to-target')),
      new FaultPipe({ from: target, to: client }, faultOn('to-client'), limitOf('to-client')),
    ];
    for (const [end, other] of [
      [client, target],
      [target, client],
    ] as const) {
      // An error of one end is passed on as a reset of the other; a close follows every error.
      end.on('error', () => void other.resetAndDestroy());
      end.on('close', () => {
        if (!end.readableEnded) other.resetAndDestroy();
      });
    }
  }

  look(): void {
    for (const pipe of this.#pipes) pipe.look();
  }

  cut(): void {
    this.client.resetAndDestroy();
    this.target.resetAndDestroy();
  }
}

/** Starts a proxy on loopback, on a free port, that does to a TCP connection what networks do. */
export async function startTcpFaultProxy(options: TcpFaultProxyOptions): Promise<TcpFaultProxy> {
  const connections = new Set<Connection>();
  let fault: TcpFault = {};
  let connectionsTaken = 0;
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    connectionsTaken++;
    if (fault.refuse) {
      client.resetAndDestroy();
      return;
    }
    const target = connect({
      port: options.targetPort,
      host: options.targetHost ?? '127.0.0.1',
      noDelay: true,
      allowHalfOpen: true,
    });
    const connection = new Connection(client, target, () => fault);
    connections.add(connection);
    client.on('close', () => connections.delete(connection));
  });
  const cutAll = () => {
    for (const connection of connections) connection.cut();
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get connectionsTaken() {
      return connectionsTaken;
    },
    setFault: (next) => {
      fault = next;
      for (const connection of connections) connection.look();
    },
    cutAll,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cutAll();
      await closed;
    },
  };
}
