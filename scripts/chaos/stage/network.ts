import { startTcpFaultProxy, type TcpFaultProxy } from '@/dev/tcp-fault-proxy/start';

export interface Link {
  /** Who talks to whom, as `worker-1 to postgres`. */
  readonly name: string;
  readonly proxy: TcpFaultProxy;
}

/** Every way between two parts leads over a proxy of its own. */
export class Network {
  readonly links: Link[] = [];

  /** Opens a way to a port; returns the port to talk to instead. */
  async link(name: string, targetPort: number): Promise<number> {
    const proxy = await startTcpFaultProxy({ targetPort });
    this.links.push({ name, proxy });
    return proxy.port;
  }

  heal(): void {
    for (const { proxy } of this.links) proxy.setFault({});
  }

  async close(): Promise<void> {
    await Promise.all(this.links.map(({ proxy }) => proxy.close()));
  }
}
