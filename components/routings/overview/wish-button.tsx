'use client';

import { Pause, Play } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { RoutingWish } from '@/lib/domain/routing/transition';

const DISPLAY = {
  start: { word: 'Start', Icon: Play, variant: 'primary' },
  pause: { word: 'Pause', Icon: Pause, variant: 'secondary' },
  resume: { word: 'Resume', Icon: Play, variant: 'primary' },
} as const;

interface WishButtonProps {
  readonly wish: RoutingWish;
  /** While the last click is being answered; the button stays, so that the focus does. */
  readonly isBusy: boolean;
  readonly onClick: () => void;
}

export function WishButton({ wish, isBusy, onClick }: WishButtonProps) {
  const { word, Icon, variant } = DISPLAY[wish];
  return (
    <Button
      variant={variant}
      aria-disabled={isBusy}
      onClick={isBusy ? undefined : onClick}
      className="aria-disabled:opacity-60"
    >
      <Icon aria-hidden />
      {word}
    </Button>
  );
}
