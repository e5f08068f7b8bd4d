import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '@/lib/domain/errors';
import type { CollectorLimits } from './limits';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** How often Node looks for requests that are too slow. */
const SLOWNESS_CHECK_MS = 1_000;

/** An HTTP server with deadlines that knows which requests are under way. */
export class HttpServer {
  isListening = false;
  isDraining = false;
  private underWay = 0;
  private onIdle: () => void = () => undefined;
  private readonly server: Server;

  constructor(handle: Handle, limits: CollectorLimits) {
    const options = {
      connectionsCheckingInterval: SLOWNESS_CHECK_MS,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
    };
    this.server = createServer(options, (request, response) => void this.run(handle, request, response));
    this.server.maxConnections = limits.connectionsMax;
    // A client that stops reading its answer is cut off by this one.
    this.server.setTimeout(2 * limits.requestTimeoutMs);
  }

  get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === 'string')
      throw new AppError('INTERNAL', 'The collector is not listening');
    return address.port;
  }

  /** Rejects with a sentence when the address cannot be taken. */
  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const onError = (error: Error) =>
        reject(new Error(`The collector cannot listen on ${host}:${port}: ${error.message}`));
      this.server.once('error', onError);
      this.server.listen({ host, port }, () => {
        this.server.off('error', onError);
        this.isListening = true;
        resolve();
      });
    });
  }

  /** Takes no new work; resolves when every request under way is answered, or cut off at the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    this.isDraining = true;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    const idle = new Promise<void>((resolve) => {
      this.onIdle = resolve;
      setTimeout(resolve, deadlineMs).unref();
    });
    if (this.underWay > 0) await idle;
    // What is left are connections without a request, or requests whose time is over.
    this.server.closeAllConnections();
    await closed;
  }

  private async run(handle: Handle, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.underWay += 1;
    // Counted until the answer is written, or the client is gone.
    const finished = new Promise<void>((resolve) => response.once('close', resolve));
    await handle(request, response);
    await finished;
    this.underWay -= 1;
    if (this.underWay === 0) this.onIdle();
  }
}
