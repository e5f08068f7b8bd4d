import { Gauge, Registry } from 'prom-client';
import type { FleetGauge } from '@/lib/domain/system/fleet-samples';

/** Gauges of one moment in the text format of Prometheus 0.0.4; a gauge without values is left out. */
export async function writeGauges(
  gauges: readonly FleetGauge[],
): Promise<{ text: string; contentType: string }> {
  const registry = new Registry();
  for (const { name, help, values } of gauges) {
    const [first] = values;
    if (first === undefined) continue;
    const gauge = new Gauge({ name, help, labelNames: Object.keys(first.labels), registers: [registry] });
    for (const { labels, value } of values) gauge.set(labels, value);
  }
  return { text: await registry.metrics(), contentType: registry.contentType };
}
