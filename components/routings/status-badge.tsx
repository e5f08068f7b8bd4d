import {
  Archive,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  ClockAlert,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Moon,
  OctagonX,
  PencilLine,
  TriangleAlert,
} from 'lucide-react';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { LABEL_DISPLAY, type RoutingLabel, type Tone } from '@/lib/domain/routing/label';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  'pencil-line': PencilLine,
  hourglass: Hourglass,
  'loader-circle': LoaderCircle,
  'circle-x': CircleX,
  'circle-dashed': CircleDashed,
  'circle-check': CircleCheck,
  'clock-alert': ClockAlert,
  'triangle-alert': TriangleAlert,
  'octagon-x': OctagonX,
  moon: Moon,
  'circle-question-mark': CircleQuestionMark,
  'circle-pause': CirclePause,
  'circle-slash': CircleSlash,
  archive: Archive,
};

const TONES: Readonly<Record<Tone, BadgeTone>> = {
  neutral: 'neutral',
  info: 'info',
  good: 'good',
  warn: 'warn',
  bad: 'bad',
  'bad-solid': 'filled',
};

/** A status as icon, word and tone together; never one of them alone. */
export function StatusBadge({ label }: { readonly label: RoutingLabel }) {
  const { word, icon, tone } = LABEL_DISPLAY[label];
  const Icon = ICONS[icon] ?? CircleQuestionMark;
  return (
    <Badge tone={label === 'unknown' ? 'outline' : TONES[tone]} data-testid="status">
      <Icon aria-hidden />
      {word}
    </Badge>
  );
}
