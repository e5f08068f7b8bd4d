import type { Logger } from '@/lib/platform/logger';
import type { Service } from './service';

/** The services of one process, started and stopped as one. */
export class Supervisor {
  readonly #started: Service[] = [];

  constructor(
    private readonly services: readonly Service[],
    private readonly logger: Logger,
  ) {}

  /** Starts them in order. When one cannot, those before it are stopped and its error is thrown. */
  async start(stopDeadlineMs: number): Promise<void> {
    for (const service of this.services) {
      try {
        await service.start();
      } catch (error) {
        await this.stop(stopDeadlineMs);
        throw error;
      }
      this.#started.push(service);
    }
  }

  /** Names of the services that must get no work now. */
  notReady(): string[] {
    return this.services
      .filter((service) => !this.#started.includes(service) || !service.isReady())
      .map((service) => service.name);
  }

  /** Stops them in reverse order within one deadline; a service that fails to stop does not keep the others from it. */
  async stop(deadlineMs: number): Promise<void> {
    const endsAt = performance.now() + deadlineMs;
    for (let service = this.#started.pop(); service !== undefined; service = this.#started.pop()) {
      const leftMs = Math.max(0, endsAt - performance.now());
      try {
        await withinDeadline(service.stop(leftMs), leftMs);
      } catch (err) {
        this.logger.error({ err, service: service.name }, 'A service did not stop cleanly');
      }
    }
  }
}

async function withinDeadline(work: Promise<void>, deadlineMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The deadline passed')), deadlineMs);
  });
  try {
    await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
