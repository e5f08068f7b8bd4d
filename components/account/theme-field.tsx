'use client';

import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { RadioGroup, RadioItem } from '@/components/ui/radio-group';

const THEMES = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['system', 'As the system'],
] as const;

const never = () => () => undefined;

/** The choice is the browser's, so nothing is marked until the page runs in one. */
export function ThemeField() {
  const { theme, setTheme } = useTheme();
  const isInBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <RadioGroup aria-label="Theme" value={isInBrowser ? (theme ?? 'system') : ''} onValueChange={setTheme}>
      {THEMES.map(([value, label]) => (
        <div key={value} className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-11">
          <RadioItem id={`theme-${value}`} value={value} />
          <label htmlFor={`theme-${value}`}>{label}</label>
        </div>
      ))}
    </RadioGroup>
  );
}
