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
  readonly onClick: () => void;
}

export function WishButton({ wish, onClick }: WishButtonProps) {
  const { word, Icon, variant } = DISPLAY[wish];
  return (
    <Button variant={variant} onClick={onClick}>
      <Icon aria-hidden />
      {word}
    </Button>
  );
}
