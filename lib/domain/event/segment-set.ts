import { z } from 'zod';
import { SEGMENTS_MAX } from './limits';

const instant = z.iso.datetime({ offset: true });

/** One segment's metadata as a client sends it; the times are kept by Sluice where the client has none. */
export const segmentInputSchema = z.object({
  number: z.int().min(0),
  id: z.string().min(1).max(255),
  name: z.string().min(1).max(1_024),
  description: z.string().max(10_000).nullish(),
  tags: z.array(z.string().max(255)).max(100).nullish(),
  state: z.enum(['enabled', 'disabled']).nullish(),
  created_at: instant.nullish(),
  last_updated_at: instant.nullish(),
});

/**
 * The full set of a workspace's segments; it replaces the set before. An empty set is refused: a snapshot
 * without lines is no file, so readers would keep the one before.
 */
export const segmentSetSchema = z
  .array(segmentInputSchema)
  .min(1, 'an empty set cannot be published; set the state of a segment to disabled instead')
  .max(SEGMENTS_MAX)
  .superRefine((segments, context) => {
    const numbers = new Set<number>();
    const ids = new Set<string>();
    for (const [index, segment] of segments.entries()) {
      if (numbers.has(segment.number))
        context.addIssue({ code: 'custom', path: [index, 'number'], message: 'is there twice' });
      if (ids.has(segment.id))
        context.addIssue({ code: 'custom', path: [index, 'id'], message: 'is there twice' });
      numbers.add(segment.number);
      ids.add(segment.id);
    }
  });

export type SegmentInput = z.infer<typeof segmentInputSchema>;
