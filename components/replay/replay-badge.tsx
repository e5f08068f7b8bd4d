import { Ban, CircleCheck, CirclePause, Hourglass, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { ReplayView } from '@/lib/domain/replay/view';
import { replayStatus } from './replay-words';

const ICONS = {
  Running: LoaderCircle,
  Waiting: Hourglass,
  Paused: CirclePause,
  Cancelled: Ban,
  Done: CircleCheck,
} as const;

/** A replay's status: icon, word and tone together. */
export function ReplayBadge({ replay }: { readonly replay: ReplayView }) {
  const { word, tone } = replayStatus(replay);
  const Icon = Object.hasOwn(ICONS, word) ? ICONS[word as keyof typeof ICONS] : TriangleAlert;
  return (
    <Badge tone={tone} data-testid="replay-status">
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}
