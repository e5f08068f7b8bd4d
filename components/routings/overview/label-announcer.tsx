'use client';

import { useEffect, useRef, useState } from 'react';
import { LABEL_DISPLAY, type RoutingLabel } from '@/lib/domain/routing/label';

/** Tells screen readers of a change of status, politely and only when there is one. */
export function LabelAnnouncer({ name, label }: { readonly name: string; readonly label: RoutingLabel }) {
  const last = useRef(label);
  const [text, setText] = useState('');
  useEffect(() => {
    if (last.current === label) return;
    last.current = label;
    setText(`${name}: ${LABEL_DISPLAY[label].word}`);
  }, [label, name]);
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
