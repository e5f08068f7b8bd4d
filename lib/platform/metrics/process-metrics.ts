import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { PRODUCT_VERSION } from '@/lib/platform/version';

/** The figures of one process, in the text format of Prometheus 0.0.4. */
export interface ProcessMetrics {
  readonly registry: Registry;
  readonly contentType: string;
  /** Everything measured until now; gauges are read at this moment. */
  text(): Promise<string>;
}

/** A registry with what every process tells of itself: CPU, memory, event loop, and `sluice_build_info`. */
export function createProcessMetrics(role: 'web' | 'collector' | 'worker'): ProcessMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'sluice_build_info',
    help: 'Always 1; the labels say which version runs as what.',
    labelNames: ['version', 'role'],
    registers: [registry],
  }).set({ version: PRODUCT_VERSION, role }, 1);
  return { registry, contentType: registry.contentType, text: () => registry.metrics() };
}
